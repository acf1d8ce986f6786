import { Text } from '@mantine/core';
import { type ComponentType, startTransition, useEffect, useState } from 'react';
import { t } from '../../words/translate.ts';

interface LateChartProps<Props extends object> {
  /** Loads the chart's code. One and the same function on every render. */
  load(): Promise<{ readonly default: ComponentType<Props> }>;
  /** Pixels kept free until the chart is there. */
  readonly height: number;
  readonly chart: Props;
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

let turns: Promise<void> = Promise.resolve();

/** Charts take long to draw, and React draws what becomes ready together in one task: so each waits for a frame of its own. */
function inTurn(draw: () => Promise<void>): void {
  turns = turns
    .then(draw)
    .then(frame)
    .then(() => undefined);
}

/** A chart that is loaded and drawn after the rest of the page, one at a time, so that the page answers in between. */
export function LateChart<Props extends object>({ load, height, chart }: LateChartProps<Props>) {
  const [state, setState] = useState<{ readonly Chart?: ComponentType<Props>; readonly failed?: boolean }>({});
  useEffect(() => {
    let wanted = true;
    inTurn(async () => {
      if (!wanted) return;
      const next = await load().then(
        (module) => ({ Chart: module.default }),
        () => ({ failed: true }),
      );
      // As a transition it is drawn in slices.
      if (wanted) startTransition(() => setState(next));
    });
    return () => {
      wanted = false;
    };
  }, [load]);
  const { Chart, failed } = state;
  if (Chart) {
    return (
      // A tooltip that was shown keeps its place, unseen, when the window narrows, and would widen the page.
      <div style={{ overflowX: 'clip' }}>
        <Chart {...chart} />
      </div>
    );
  }
  return (
    <div style={{ height }}>
      {failed && <Text c="dimmed">{t('The chart could not be loaded. The table says the same.')}</Text>}
    </div>
  );
}
