import type { WeightStep } from '../../agreement/result.ts';
import { StackedBars } from '../ui/stacked-bars.tsx';

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
    <StackedBars
      height={240}
      data={data}
      dataKey="weight"
      parts={[
        { name: LEFT, good: false },
        { name: TAKEN, good: true },
      ]}
      xAxisLabel="Weight"
    />
  );
}
