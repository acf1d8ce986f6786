import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { PairWaterfall } from '../../quality/pair-waterfall.ts';
import { fixedWords } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import { SHARE_AXIS } from './share-axis.ts';

const SERIES = message('Adds to the similarity');

/** Each field's part of the similarity, one on top of the other. The table beside it says the same. */
export default function WaterfallChart({ waterfall: { similarity, fields } }: { readonly waterfall: PairWaterfall }) {
  const data: Record<string, string | number | boolean>[] = fields.map(({ field, adds }) => ({
    field,
    [SERIES]: adds,
  }));
  data.push({ field: t('Similarity'), [SERIES]: similarity, standalone: true, color: 'var(--mantine-color-dimmed)' });
  return (
    <div aria-hidden="true">
      <BarChart
        h={300}
        data={data}
        dataKey="field"
        type="waterfall"
        series={[{ name: SERIES, label: t(SERIES), color: 'var(--blindjoin-accent)' }]}
        valueFormatter={(value) => fixedWords(value, 3)}
        yAxisProps={SHARE_AXIS}
        xAxisProps={{ angle: -35, textAnchor: 'end', height: 90, interval: 0 }}
        barProps={{ isAnimationActive: false }}
        barChartProps={{ accessibilityLayer: false, tabIndex: -1 }}
      />
    </div>
  );
}
