import { HEALTHY, type PopcountBin } from '../../clk/popcount-health.ts';
import { t } from '../../words/translate.ts';
import { StackedBars } from './stacked-bars.tsx';

interface PopcountChartProps {
  readonly bins: readonly PopcountBin[];
  readonly mean: number;
  /** Bits of a CLK. */
  readonly length: number;
}

export const binName = ({ from, to }: PopcountBin) => (from === to ? `${from}` : `${from}–${to}`);

/** CLKs by number of bits set, the healthy ones in another colour. The table beside it says the same. */
export default function PopcountChart({ bins, mean, length }: PopcountChartProps) {
  const inside = t('Healthy ({{low}} to {{high}} % of the bits)', { low: 100 * HEALTHY.low, high: 100 * HEALTHY.high });
  const outside = t('Outside of it');
  const data = bins.map((bin) => ({
    bits: binName(bin),
    [inside]: bin.healthy ? bin.clks : 0,
    [outside]: bin.healthy ? 0 : bin.clks,
  }));
  const meanBin = bins.find(({ to }) => to >= Math.floor(mean));
  return (
    <StackedBars
      height={300}
      data={data}
      dataKey="bits"
      parts={[
        { name: inside, good: true },
        { name: outside, good: false },
      ]}
      xAxisLabel={t('Bits set, of {{length}}', { length })}
      referenceLines={
        meanBin
          ? [
              {
                x: binName(meanBin),
                label: t('mean'),
                labelPosition: 'insideTopRight',
                color: 'var(--mantine-color-text)',
              },
            ]
          : []
      }
    />
  );
}
