import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { t } from '../../words/translate.ts';
import { matchChance } from './match-chance.ts';

interface ChanceChartProps {
  readonly values: readonly number[];
  readonly agreeing: number;
}

const SIMILARITIES = Array.from({ length: 41 }, (_, i) => i / 40);
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Chance of a match against similarity. A picture beside the table that says the same. */
export default function ChanceChart({ values, agreeing }: ChanceChartProps) {
  const chance = t('Chance of a match');
  const data = SIMILARITIES.map((similarity) => ({
    similarity: percent(similarity),
    [chance]: matchChance(similarity, values, agreeing),
  }));
  return (
    <div aria-hidden="true">
      <LineChart
        h={240}
        data={data}
        dataKey="similarity"
        series={[{ name: chance, color: 'var(--blindjoin-accent)' }]}
        withDots={false}
        curveType="linear"
        valueFormatter={percent}
        xAxisLabel={t('Similarity of two records')}
        yAxisProps={{ domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], width: 56 }}
        xAxisProps={{ interval: 9 }}
        // Without room at the right the last label is cut.
        lineChartProps={{ accessibilityLayer: false, tabIndex: -1, margin: { right: 24, bottom: 30 } }}
        lineProps={{ isAnimationActive: false }}
      />
    </div>
  );
}
