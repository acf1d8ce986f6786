import { HEALTHY, type PopcountBin } from '../../clk/popcount-health.ts';
import { StackedBars } from './stacked-bars.tsx';

interface PopcountChartProps {
  readonly bins: readonly PopcountBin[];
  readonly mean: number;
  /** Bits of a CLK. */
  readonly length: number;
}

const INSIDE = `Healthy (${100 * HEALTHY.low} to ${100 * HEALTHY.high} % of the bits)`;
const OUTSIDE = 'Outside of it';

export const binName = ({ from, to }: PopcountBin) => (from === to ? `${from}` : `${from}–${to}`);

/** CLKs by number of bits set, the healthy ones in another colour. The table beside it says the same. */
export default function PopcountChart({ bins, mean, length }: PopcountChartProps) {
  const data = bins.map((bin) => ({
    bits: binName(bin),
    [INSIDE]: bin.healthy ? bin.clks : 0,
    [OUTSIDE]: bin.healthy ? 0 : bin.clks,
  }));
  const meanBin = bins.find(({ to }) => to >= Math.floor(mean));
  return (
    <StackedBars
      height={300}
      data={data}
      dataKey="bits"
      parts={[
        { name: INSIDE, good: true },
        { name: OUTSIDE, good: false },
      ]}
      xAxisLabel={`Bits set, of ${length}`}
      referenceLines={
        meanBin
          ? [
              {
                x: binName(meanBin),
                label: 'mean',
                labelPosition: 'insideTopRight',
                color: 'var(--mantine-color-text)',
              },
            ]
          : []
      }
    />
  );
}
