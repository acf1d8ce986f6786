import { isEstimate } from '../../statistics/estimate.ts';
import type { ReportBlock } from '../../statistics/report.ts';
import type { ChartColours } from '../ui/chart-frame.tsx';
import { Plot } from '../ui/plot.tsx';
import { linearScale, type PlotScale, ratioScale } from '../ui/plot-scale.ts';
import { drawable, estimateWords, figureWords, intervalWords } from './report-words.ts';

const ROW = 42;
const AXIS = 34;
const SIDE = 14;

interface ForestPlotProps {
  readonly block: ReportBlock;
  readonly rounded: boolean;
  readonly width: number;
  readonly colours: ChartColours;
}

/** Estimates with their intervals, one below the other on one scale; the label stands above its interval, so that none is cut. */
export function ForestPlot({ block, rounded, width, colours }: ForestPlotProps) {
  const lines = drawable(block.lines);
  const height = ROW * lines.length + AXIS;
  const scale = scaleOf(block, width - 2 * SIDE);
  return (
    <Plot label={block.quantity} width={width} height={height} side={SIDE} colours={colours}>
      <Axis scale={scale} rows={lines.length} none={block.none} colours={colours} />
      {lines.map(({ label, outcome }, i) => {
        if (!isEstimate(outcome)) return null;
        const middle = ROW * i + 28;
        const words = `${estimateWords(outcome, rounded)} (${intervalWords(outcome)})`;
        const [from, to] = [scale.place(outcome.lower), scale.place(outcome.upper)];
        return (
          <g key={label}>
            <text x={-SIDE + 2} y={middle - 12} fill={colours.ink}>
              {fitting(label, width - 8 - 6.4 * words.length)}
            </text>
            <text x={width - SIDE - 2} y={middle - 12} textAnchor="end" fill={colours.ink}>
              {words}
            </text>
            <path
              d={`M${from} ${middle - 5}v10M${from} ${middle}H${to}M${to} ${middle - 5}v10`}
              stroke={colours.accent}
              strokeWidth={2}
            />
            <rect x={scale.place(outcome.value) - 4} y={middle - 4} width={8} height={8} fill={colours.accent} />
          </g>
        );
      })}
    </Plot>
  );
}

interface AxisProps {
  readonly scale: PlotScale;
  readonly rows: number;
  readonly none: number | undefined;
  readonly colours: ChartColours;
}

/** Ticks and the line of no effect stand behind the intervals only, not behind the words above them. */
function Axis({ scale, rows, none, colours }: AxisProps) {
  const strips = Array.from({ length: rows }, (_, i) => `V${ROW * i + 38}m0 ${ROW - 18}`).join('');
  const upright = (value: number) => `M${scale.place(value)} 20${strips}`;
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <path d={upright(tick)} stroke={colours.line} />
          <text x={scale.place(tick)} y={ROW * rows + 20} textAnchor="middle" fill={colours.quiet}>
            {figureWords(tick)}
          </text>
        </g>
      ))}
      {none !== undefined && <path d={upright(none)} stroke={colours.ink} strokeDasharray="4 3" />}
    </>
  );
}

function scaleOf(block: ReportBlock, width: number): PlotScale {
  const ends = drawable(block.lines).flatMap(({ outcome }) =>
    isEstimate(outcome) ? [outcome.lower, outcome.upper] : [],
  );
  const values = block.none === undefined ? ends : [...ends, block.none];
  return block.scale === 'ratio' ? ratioScale(values, width) : linearScale(values, width);
}

/** The label, cut where it would run into the figures; the table beside it has it whole. */
function fitting(label: string, room: number): string {
  const most = Math.max(6, Math.floor(room / 6.4));
  return label.length <= most ? label : `${label.slice(0, most - 1)}…`;
}
