import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { QualityRow } from '../../quality/linkage-quality.ts';
import { fixedWords } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import { SHARE_AXIS } from './share-axis.ts';

const SERIES = [
  { name: message('Precision'), color: 'var(--blindjoin-accent)' },
  { name: message('Recall'), color: 'var(--blindjoin-warning)', strokeDasharray: '6 4' },
  { name: message('F1'), color: 'var(--mantine-color-text)', strokeDasharray: '2 3' },
];

/** Precision, recall and F1 over thresholds. The table beside it says the same. */
export default function QualityChart({ rows }: { readonly rows: readonly QualityRow[] }) {
  const data = rows.map(({ threshold, precision, recall, f1 }) => ({
    threshold: fixedWords(threshold, 2),
    Precision: precision,
    Recall: recall,
    F1: f1,
  }));
  return (
    <div aria-hidden="true">
      <LineChart
        h={320}
        data={data}
        dataKey="threshold"
        series={SERIES.map((line) => ({ ...line, label: t(line.name) }))}
        withLegend
        legendProps={{ verticalAlign: 'top' }}
        withDots={false}
        curveType="linear"
        xAxisLabel={t('Threshold')}
        valueFormatter={(value) => fixedWords(value, 3)}
        yAxisProps={SHARE_AXIS}
        xAxisProps={{ interval: 4 }}
        // Without room at the right the last label is cut.
        lineChartProps={{ accessibilityLayer: false, tabIndex: -1, margin: { right: 24, bottom: 30 } }}
        lineProps={{ isAnimationActive: false }}
      />
    </div>
  );
}
