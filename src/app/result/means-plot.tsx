import type { ResearcherResult } from '../../agreement/result.ts';
import { roundedWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { ChartColours } from '../ui/chart-frame.tsx';
import { hatched, Plot } from '../ui/plot.tsx';
import { linearScale, type PlotScale } from '../ui/plot-scale.ts';
import { groupName, hiddenWords } from './result-files.ts';
import { isHidden, meanWords } from './result-words.ts';

const LINE = 16;
const BAR = 14;
const GAP = 14;
const AXIS = 28;
/** Room beside the ground for half of a tick's number. */
const SIDE = 30;
/** Width of a character at this size, in pixels, rather too wide. */
const CHARACTER = 7;
const SEALED_WIDTH = 48;

interface MeansPlotProps {
  readonly result: ResearcherResult;
  /** Index of the payload. */
  readonly payload: number;
  readonly width: number;
  readonly colours: ChartColours;
}

interface Bar {
  readonly key: string;
  readonly lines: readonly string[];
  /** Undefined: sealed, withheld, or without a value. */
  readonly mean: number | undefined;
  readonly words: string;
  readonly top: number;
}

/** Means by group as lying bars with their values; a label stands above its bar, whole. Hidden groups are hatched, away from zero's bar. */
export function MeansPlot({ result, payload, width, colours }: MeansPlotProps) {
  const { bars, height: ground } = barsOf(result, payload, width);
  const means = bars.flatMap(({ mean }) => mean ?? []);
  const room = CHARACTER * Math.max(0, ...bars.flatMap(({ mean, words }) => (mean === undefined ? [] : words.length)));
  const scale = linearScale(
    [0, ...(means.length === 0 ? [1] : means)],
    Math.max(60, width - SIDE - Math.max(SIDE, room + 8)),
  );
  const height = ground + (means.length === 0 ? 0 : AXIS);
  const hatch = `hidden-${payload}`;
  return (
    <Plot label={meanTitle(result, payload)} width={width} height={height} side={SIDE} colours={colours} hatch={hatch}>
      {means.length > 0 && <Axis scale={scale} bars={bars} ground={ground} colours={colours} />}
      {bars.map((bar) => (
        <BarOf key={bar.key} bar={bar} scale={scale} hatch={hatched(hatch)} colours={colours} />
      ))}
    </Plot>
  );
}

export function meanTitle({ agreement }: ResearcherResult, payload: number): string {
  return t('Mean of {{name}}', { name: agreement.terms.payloads[payload]?.name ?? '' });
}

function barsOf(result: ResearcherResult, payload: number, width: number) {
  const hidden = hiddenWords(result.agreement.terms);
  const decimals = result.agreement.terms.payloads[payload]?.decimals ?? 0;
  let height = 0;
  const bars = result.rows.map((row): Bar => {
    const name = groupName(result, row);
    const sealed = isHidden(row, payload);
    const mean = sealed ? undefined : row.payloads[payload]?.mean;
    const lines = wrapped(name, Math.floor((width - 8) / CHARACTER));
    const top = height;
    height += LINE * lines.length + BAR + GAP;
    return { key: name, lines, mean, words: sealed ? hidden : meanWords(mean, decimals), top };
  });
  return { bars, height };
}

interface BarProps {
  readonly bar: Bar;
  readonly scale: PlotScale;
  readonly hatch: string;
  readonly colours: ChartColours;
}

function BarOf({ bar: { lines, mean, words, top }, scale, hatch, colours }: BarProps) {
  const barTop = top + LINE * lines.length + 2;
  const [from, to] = [scale.place(Math.min(0, mean ?? 0)), scale.place(Math.max(0, mean ?? 0))];
  return (
    <>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a label have fixed places
        <text key={i} x={4 - SIDE} y={top + LINE * (i + 1) - 4} fill={colours.ink}>
          {line}
        </text>
      ))}
      {mean === undefined ? (
        <rect x={4 - SIDE} y={barTop} width={SEALED_WIDTH} height={BAR} fill={hatch} opacity={0.5} />
      ) : (
        <rect x={from} y={barTop} width={Math.max(1, to - from)} height={BAR} fill={colours.accent} />
      )}
      <text
        x={mean === undefined ? 4 - SIDE + SEALED_WIDTH + 6 : to + 6}
        y={barTop + BAR - 3}
        fill={mean === undefined ? colours.quiet : colours.ink}
      >
        {words}
      </text>
    </>
  );
}

interface AxisProps {
  readonly scale: PlotScale;
  readonly bars: readonly Bar[];
  readonly ground: number;
  readonly colours: ChartColours;
}

/** Ticks stand behind the bars that are shown, not behind the words above them. */
function Axis({ scale, bars, ground, colours }: AxisProps) {
  const strips = bars
    .filter(({ mean }) => mean !== undefined)
    .map(({ lines, top }) => ({
      key: top,
      from: top + LINE * lines.length - 2,
      to: top + LINE * lines.length + BAR + 6,
    }));
  return scale.ticks.map((tick) => (
    <g key={tick}>
      {strips.map(({ key, from, to }) => (
        <line
          key={key}
          x1={scale.place(tick)}
          x2={scale.place(tick)}
          y1={from}
          y2={to}
          stroke={tick === 0 ? colours.quiet : colours.line}
        />
      ))}
      <text x={scale.place(tick)} y={ground + 14} textAnchor="middle" fill={colours.quiet}>
        {roundedWords(tick, 6)}
      </text>
    </g>
  ));
}

/** A label in lines of at most `most` characters, broken at blanks where there are any. */
export function wrapped(label: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    const letters = [...word];
    for (let at = 0; at === 0 || at < letters.length; at += most) lines.push(letters.slice(at, at + most).join(''));
  }
  return lines;
}
