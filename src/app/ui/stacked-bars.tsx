import { BarChart, type BarChartProps } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { ResponsiveContainer } from 'recharts';
import { numberWords } from '../../words/format.ts';
import { useChartWidth } from './use-chart-width.ts';

interface StackedBarsProps extends Pick<BarChartProps, 'data' | 'dataKey' | 'xAxisLabel' | 'referenceLines'> {
  /** Pixels. */
  readonly height: number;
  /** From the ground up: what each part of a bar is, and whether it is what one hopes for. */
  readonly parts: readonly { readonly name: string; readonly good: boolean }[];
}

/** Counts by a scale, each bar in parts. For the eye only: a table beside it says the same. */
export function StackedBars({ height, parts, ...chart }: StackedBarsProps) {
  const { ref, width } = useChartWidth();
  return (
    <div ref={ref} aria-hidden="true" style={{ minHeight: height }}>
      {width !== undefined && (
        // The chart's own container draws nothing in a closed fold, and takes the size of one around it.
        <ResponsiveContainer width={width} height={height}>
          <BarChart
            {...chart}
            h={height}
            type="stacked"
            series={parts.map(({ name, good }) => ({
              name,
              color: good ? 'var(--blindjoin-accent)' : 'var(--blindjoin-warning)',
            }))}
            withLegend
            legendProps={{ verticalAlign: 'top' }}
            valueFormatter={(value) => numberWords(value)}
            barProps={{ isAnimationActive: false }}
            // Without room at the right the last label is cut.
            barChartProps={{ accessibilityLayer: false, tabIndex: -1, margin: { right: 24, bottom: 30 } }}
            xAxisProps={{ interval: 'equidistantPreserveStart' }}
            yAxisProps={{ width: 64, allowDecimals: false }}
          />
        </ResponsiveContainer>
      )}
    </div>
  );
}
