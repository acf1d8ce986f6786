import type { HistogramBar } from '../../statistics/ranges.ts';
import { numberWords } from '../../words/format.ts';
import type { ChartColours } from '../ui/chart-frame.tsx';
import { hatched, Plot } from '../ui/plot.tsx';
import { linearScale } from '../ui/plot-scale.ts';

/** Years stay without a comma. */
const EDGE = { maximumSignificantDigits: 6, useGrouping: 'min2' } as const;

/** Pixels between two edges that are written. */
const EDGE_ROOM = 44;

const HEIGHT = 220;
const TOP = 10;
const BOTTOM = 30;
const SIDE = 20;

interface HistogramPlotProps {
  readonly label: string;
  readonly bars: readonly HistogramBar[];
  readonly width: number;
  readonly colours: ChartColours;
}

/** People by ranges: a bar's area is its share of them. Sealed ranges are hatched, open ones have no width and are left out. */
export function HistogramPlot({ label, bars, width, colours }: HistogramPlotProps) {
  const closed = bars.filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to));
  const place = linearScale(
    closed.flatMap(({ from, to }) => [from, to]),
    width - 2 * SIDE,
  ).place;
  const highest = Math.max(...closed.map(({ density = 0 }) => density), Number.MIN_VALUE);
  const ground = HEIGHT - BOTTOM;
  const edges = [...new Set(closed.flatMap(({ from, to }) => [from, to]))];
  let written = Number.NEGATIVE_INFINITY;
  const hasRoom = (edge: number) => {
    if (place(edge) - written < EDGE_ROOM) return false;
    written = place(edge);
    return true;
  };
  const top = (density: number) => ground - (density / highest) * (ground - TOP);
  return (
    <Plot label={label} width={width} height={HEIGHT} side={SIDE} colours={colours} hatch="sealed">
      {closed.map(({ from, to, density }) => (
        <rect
          key={from}
          x={place(from) + 0.5}
          y={density === undefined ? TOP : top(density)}
          width={Math.max(0, place(to) - place(from) - 1)}
          height={ground - (density === undefined ? TOP : top(density))}
          fill={density === undefined ? hatched('sealed') : colours.accent}
          opacity={density === undefined ? 0.35 : 1}
        />
      ))}
      <line x1={place(edges[0] ?? 0)} x2={place(edges.at(-1) ?? 0)} y1={ground} y2={ground} stroke={colours.line} />
      {edges.filter(hasRoom).map((edge) => (
        <text key={edge} x={place(edge)} y={ground + 18} textAnchor="middle" fill={colours.quiet}>
          {numberWords(edge, EDGE)}
        </text>
      ))}
    </Plot>
  );
}
