/** Statistical tests of what must look uniform. Each raises a false alarm with probability below 2^-40. */
import { expect } from 'vitest';
import { PLAIN_MODULUS } from '../seal/parameters.ts';

/** -ln 2^-40. */
const LOG_ALARM = 40 * Math.LN2;
/** Expected in each of the intervals that values are counted in. */
const FEWEST_EXPECTED = 20;
/** Most equal pairs among so few values that fewer than one in fifty is expected: ten or more come once in 10^23. */
const MAX_EQUAL_PAIRS = 9;

/** Pearson's statistic of counts against equal shares stays below this (Laurent and Massart 2000, lemma 1). */
function chiSquareBound(cells: number): number {
  const freedom = cells - 1;
  return freedom + 2 * Math.sqrt(freedom * LOG_ALARM) + 2 * LOG_ALARM;
}

/** Counts of events that are equally likely. */
export function expectEvenCounts(counts: ArrayLike<number>, what: string): void {
  const all = Array.from(counts);
  const each = all.reduce((sum, count) => sum + count, 0) / all.length;
  const statistic = all.reduce((sum, count) => sum + (count - each) ** 2 / each, 0);
  expect(each, `${what}: too few to tell`).toBeGreaterThanOrEqual(FEWEST_EXPECTED);
  expect(statistic, `${what}: uneven`).toBeLessThan(chiSquareBound(all.length));
}

/** Independent values, uniform in Z_p: at least 160, at most 16,384 of them. */
export function expectUniform(values: ArrayLike<number>, what: string): void {
  const all = Array.from(values);
  const cells = Math.min(256, Math.floor(all.length / FEWEST_EXPECTED));
  const counts = new Float64Array(cells);
  for (const value of all) {
    const cell = Math.floor((value / PLAIN_MODULUS) * cells);
    counts[cell] = (counts[cell] as number) + 1;
  }
  expectEvenCounts(counts, what);
  expect(all.length - new Set(all).size, `${what}: equal values`).toBeLessThanOrEqual(MAX_EQUAL_PAIRS);
}
