/**
 * The chance that two records become a match, for the chart on the Rules step: banding turns similarity into a steep
 * curve (Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, section 3.4, extended to at least t bands).
 */

import type { KeyDesign } from '../../agreement/agreement.ts';

/**
 * The chance that at least `agreeing` of the bands agree when every token comparison succeeds with `similarity` (0 to 1).
 * `values` has, for each band, how many comparisons must all succeed.
 */
export function matchChance(similarity: number, values: readonly number[], agreeing: number): number {
  // chances[n]: exactly n bands agree so far; the last entry collects `agreeing` and more.
  const chances = new Float64Array(agreeing + 1);
  chances[0] = 1;
  for (const count of values) {
    const agrees = similarity ** count;
    for (let n = agreeing; n >= 0; n--) {
      const stays = (chances[n] ?? 0) * (n === agreeing ? 1 : 1 - agrees);
      chances[n] = stays + (n > 0 ? (chances[n - 1] ?? 0) * agrees : 0);
    }
  }
  return chances[agreeing] ?? 0;
}

/** Comparisons in each band of a design; that a field has a value at all is none. */
export function valuesOfDesign({ bands }: KeyDesign): number[] {
  return bands.map(({ fields }) => fields.reduce((sum, { picks }) => sum + picks.length, 0));
}
