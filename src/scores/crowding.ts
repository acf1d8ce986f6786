/** How many others a record, or a row, meets, against the usual number: judged by the other candidates that it has. */
import { sums } from './sums.ts';

/** By candidate the record or the row that it has, numbered from 0, and how many there are. */
export interface CrowdedSide {
  readonly of: Uint32Array;
  readonly count: number;
}

/** The shape of the gamma distribution is kept between these: a few hundred records say no more of it. */
const MIN_SHAPE = 0.2;
const MAX_SHAPE = 20;

/**
 * By candidate, how many others its record meets, the candidate itself left out, against the mean. `others`: by candidate, how likely it is no match. The number of
 * others of a record is negative binomial, with the shape that mean and variance suggest (moments).
 */
export function crowding({ of, count }: CrowdedSide, others: Float64Array): Float64Array {
  const met = sums(others, of, count);
  const mean = met.reduce((sum, one) => sum + one, 0) / Math.max(1, count);
  const variance = met.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, count);
  const shape = Math.min(MAX_SHAPE, Math.max(MIN_SHAPE, mean ** 2 / Math.max(1e-9, variance - mean)));
  return others.map((own, i) => (shape + Math.max(0, (met[of[i] as number] as number) - own)) / (shape + mean));
}
