import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { SimilarityBin } from '../../quality/linkage-quality.ts';
import { fixedWords, numberWords } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';

const MATCHES = message('Same person');
const NON_MATCHES = message('Different people');

/** Pairs by similarity, on a logarithmic scale since different people are so many more. The table beside it says the same. */
export default function SimilarityChart({ bins }: { readonly bins: readonly SimilarityBin[] }) {
  const data = bins.map(({ from, matches, nonMatches }) => ({
    similarity: fixedWords(from, 2),
    [MATCHES]: matches > 0 ? matches : null,
    [NON_MATCHES]: nonMatches > 0 ? nonMatches : null,
  }));
  return (
    <div aria-hidden="true">
      <BarChart
        h={320}
        data={data}
        dataKey="similarity"
        series={[
          { name: NON_MATCHES, label: t(NON_MATCHES), color: 'var(--blindjoin-warning)' },
          { name: MATCHES, label: t(MATCHES), color: 'var(--blindjoin-accent)' },
        ]}
        withLegend
        legendProps={{ verticalAlign: 'top' }}
        xAxisLabel={t('Similarity')}
        yAxisLabel={t('Pairs')}
        valueFormatter={(value) => numberWords(value)}
        yAxisProps={{
          scale: 'log',
          domain: [0.5, 'auto'],
          allowDataOverflow: true,
          width: 76,
          tickFormatter: (value: number) => (value < 1 ? '' : numberWords(value, { notation: 'compact' })),
        }}
        barProps={{ isAnimationActive: false }}
        barChartProps={{
          accessibilityLayer: false,
          tabIndex: -1,
          barGap: 0,
          barCategoryGap: '10%',
          // Without room at the right the last label is cut.
          margin: { right: 24, bottom: 30, left: 10 },
        }}
        xAxisProps={{ interval: 'equidistantPreserveStart' }}
      />
    </div>
  );
}
