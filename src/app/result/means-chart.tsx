import { BarChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import '@mantine/charts/styles.css';
import type { ResearcherResult } from '../../agreement/result.ts';
import { groupName } from './result-files.ts';

interface MeansChartProps {
  readonly result: ResearcherResult;
  /** Index of the payload. */
  readonly payload: number;
}

const ROW_HEIGHT = 30;

/** Means by group as lying bars; a sealed group has none. The table beside it holds the same figures. */
export default function MeansChart({ result, payload }: MeansChartProps) {
  const name = result.agreement.terms.payloads[payload]?.name ?? '';
  const series = `Mean of ${name}`;
  const data = result.rows.map((row) => ({
    group: groupName(result, row),
    [series]: row.payloads[payload]?.mean ?? null,
  }));
  return (
    <figure style={{ margin: 0 }} aria-hidden="true">
      <Text component="figcaption" fw={600} mb="xs">
        {series}
      </Text>
      <BarChart
        h={ROW_HEIGHT * data.length + 40}
        data={data}
        dataKey="group"
        orientation="vertical"
        series={[{ name: series, color: 'var(--blindjoin-accent)' }]}
        valueFormatter={(value) => value.toLocaleString('en', { maximumFractionDigits: 2 })}
        yAxisProps={{ width: 140 }}
        maxBarWidth={16}
        barProps={{ isAnimationActive: false, radius: 3 }}
        barChartProps={{ accessibilityLayer: false, tabIndex: -1 }}
        gridAxis="y"
      />
    </figure>
  );
}
