/** Counts rounded to a base, and the other figures made to agree with them, so that no exact count follows. */
import type { PayloadColumn } from '../agreement/agreement.ts';
import type { Statistic } from '../agreement/statistics.ts';

/** The nearest multiple of `base`; halves go up. */
export function roundCount(count: number, base: number): number {
  return base * Math.floor((2 * count + base) / (2 * base));
}

/** A payload's figures in one group, in its own unit; undefined where not released or not defined. */
export interface Moments extends Readonly<Record<Statistic, number | undefined>> {
  readonly count: number;
}

/**
 * Count to the base; mean and deviation to the decimals of the values, because more of them would tell by what they were
 * divided; and the sum as rounded count times rounded mean, because sum over mean is the count.
 */
export function roundFigures(exact: Moments, column: PayloadColumn, base: number): Moments {
  const scale = 10 ** column.decimals;
  const toDecimals = (value: number | undefined) =>
    value === undefined ? undefined : Math.round(value * scale) / scale;
  const count = roundCount(exact.count, base);
  const mean = toDecimals(exact.mean);
  return { count, mean, sum: mean === undefined ? undefined : toDecimals(count * mean), sd: toDecimals(exact.sd) };
}
