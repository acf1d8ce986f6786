import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { HEALTHY, type PopcountBin } from '../../clk/popcount-health.ts';

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
    <div aria-hidden="true">
      <BarChart
        h={300}
        data={data}
        dataKey="bits"
        type="stacked"
        series={[
          { name: INSIDE, color: 'var(--blindjoin-accent)' },
          { name: OUTSIDE, color: 'var(--blindjoin-warning)' },
        ]}
        withLegend
        legendProps={{ verticalAlign: 'top' }}
        xAxisLabel={`Bits set, of ${length}`}
        valueFormatter={(value) => value.toLocaleString('en')}
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
        barProps={{ isAnimationActive: false }}
        barChartProps={{ accessibilityLayer: false, tabIndex: -1 }}
        yAxisProps={{ width: 64 }}
      />
    </div>
  );
}
