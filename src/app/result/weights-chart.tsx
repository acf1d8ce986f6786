import type { WeightStep } from '../../agreement/result.ts';
import { message, t } from '../../words/translate.ts';
import { StackedBars } from '../ui/stacked-bars.tsx';

interface WeightsChartProps {
  readonly steps: readonly WeightStep[];
  readonly threshold: number;
}

const TAKEN = message('From the threshold up');
const LEFT = message('Below the threshold');

/** Candidates by weight, those below the threshold in another colour. The table beside it says the same. */
export default function WeightsChart({ steps, threshold }: WeightsChartProps) {
  const data = steps.map(({ weight, candidates }) => ({
    weight: String(weight),
    [t(TAKEN)]: weight >= threshold ? candidates : 0,
    [t(LEFT)]: weight >= threshold ? 0 : candidates,
  }));
  return (
    <StackedBars
      height={240}
      data={data}
      dataKey="weight"
      parts={[
        { name: t(LEFT), good: false },
        { name: t(TAKEN), good: true },
      ]}
      xAxisLabel={t('Weight')}
    />
  );
}
