/** What the researcher's own list says of how common its values are: which records share one, and how surprising that is. */
import type { MatchRecords } from '../keys/records.ts';

export interface ListField {
  /** A number a record: equal for equal values, 0 where the record has none. */
  readonly codes: Uint32Array;
  /** By code: the chance, 0 to 1, that somebody else's value is this one. */
  readonly shares: Float64Array;
}

/** By field of the agreement. */
export type ListValues = readonly ListField[];

/**
 * Shares of the values among the records that have one. A value's own record is a part of its count, and most values of an address
 * are there once: counted as they stand, they would be far too common. So every count is lowered by the same discount, singles /
 * (singles + 2 pairs), which leaves values seen once the share that values seen twice suggest (absolute discounting; Ney, Essen and
 * Kneser, On structuring probabilistic dependences in stochastic language modelling, 1994).
 */
export function listValues({ values, codes }: MatchRecords): ListValues {
  return codes.map((ofField, field) => {
    const counts = new Float64Array(values[field]?.length ?? 0);
    for (const code of ofField) counts[code] = (counts[code] as number) + 1;
    counts[0] = 0;
    const filled = counts.reduce((sum, count) => sum + count, 0);
    const having = (wanted: number) => counts.reduce((sum, count) => sum + (count === wanted ? 1 : 0), 0);
    const singles = having(1);
    const discount = singles === 0 ? 0 : singles / (singles + 2 * having(2));
    return { codes: ofField, shares: counts.map((count) => (count === 0 ? 0 : (count - discount) / filled)) };
  });
}
