import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { WeightStep } from '../../agreement/result.ts';

interface WeightsChartProps {
  readonly steps: readonly WeightStep[];
  readonly threshold: number;
}

const TAKEN = 'From the threshold up';
const LEFT = 'Below the threshold';

/** Candidates by weight, those below the threshold in another colour. The table beside it says the same. */
export default function WeightsChart({ steps, threshold }: WeightsChartProps) {
  const data = steps.map(({ weight, candidates }) => ({
    weight: String(weight),
    [TAKEN]: weight >= threshold ? candidates : 0,
    [LEFT]: weight >= threshold ? 0 : candidates,
  }));
  return (
    <div aria-hidden="true">
      <BarChart
        h={240}
        data={data}
        dataKey="weight"
        type="stacked"
        series={[
          { name: LEFT, color: 'var(--blindjoin-warning)' },
          { name: TAKEN, color: 'var(--blindjoin-accent)' },
        ]}
        withLegend
        legendProps={{ verticalAlign: 'top' }}
        xAxisLabel="Weight"
        valueFormatter={(value) => value.toLocaleString('en')}
        barProps={{ isAnimationActive: false }}
        barChartProps={{ accessibilityLayer: false, tabIndex: -1 }}
        yAxisProps={{ width: 64 }}
      />
    </div>
  );
}
