/** Where values stand in a chart, and which of them are written at the axis. */
import { scaleLinear, scaleLog } from 'd3-scale';

export interface PlotScale {
  /** Pixels from the left; values outside are set to the nearer end. */
  place(value: number): number;
  readonly ticks: readonly number[];
}

/** Pixels that a tick's number needs. */
const TICK_ROOM = 80;

/** A scale over `values` from 0 to `width` pixels, with round numbers at its ends. */
export function linearScale(values: readonly number[], width: number): PlotScale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const spread = low === high ? Math.abs(low) || 1 : 0;
  const count = ticksFor(width);
  const scale = scaleLinear([low - spread, high + spread], [0, width])
    .nice(count)
    .clamp(true);
  return { place: (value) => scale(value), ticks: scale.ticks(count) };
}

/** Ratios: a step of the same factor takes the same way. Values must be above zero. */
export function ratioScale(values: readonly number[], width: number): PlotScale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const scale = scaleLog([low / 1.1, high * 1.1], [0, width]).clamp(true);
  const [from = low, to = high] = scale.domain();
  const steps = [1, 2, 5, 1.5, 3, 7].map((digit) => powersOf(digit, from, to));
  // 1, 10, 100 first; then digits between them while there is room.
  let ticks: number[] = [];
  for (const more of steps) {
    const next = [...ticks, ...more].sort((a, b) => a - b);
    const tight = next.some((tick, i) => i > 0 && scale(tick) - scale(next[i - 1] ?? tick) < TICK_ROOM / 2.5);
    if (!tight) ticks = next;
  }
  return { place: (value) => scale(value), ticks };
}

function powersOf(digit: number, from: number, to: number): number[] {
  const [low, high] = [Math.floor(Math.log10(from)) - 1, Math.ceil(Math.log10(to))];
  return Array.from({ length: high - low + 1 }, (_, i) => Number(`${digit}e${low + i}`)).filter(
    (tick) => tick >= from && tick <= to,
  );
}

function ticksFor(width: number): number {
  return Math.max(2, Math.floor(width / TICK_ROOM));
}
