/**
 * Cuckoo hashing with three candidate bins a key and one key a bin, by random walk.
 * Source: Pinkas, Schneider, Zohner, Scalable Private Set Intersection Based on OT Extension, 2018.
 */

import type { KeyTable } from '../keys/key-table.ts';
import { randomBelow } from '../seal/random.ts';
import { CANDIDATE_BINS, candidateBin, type Keys } from './key-points.ts';

const MAX_KICKS = 2000;

/**
 * The key in each bin, as the first row that bears it (or -1); undefined where the walk found no place: take new keys with
 * another salt.
 */
export function cuckooHash(keys: Keys, { first }: KeyTable, bins: number): Int32Array | undefined {
  const table = new Int32Array(bins).fill(-1);
  for (let row = 0; row < first.length; row++) {
    if (first[row] !== row) continue;
    let homeless = row;
    for (let kick = 0; homeless !== -1; kick++) {
      if (kick === MAX_KICKS) return undefined;
      const free = freeCandidate(keys, homeless, table, bins);
      const bin = free ?? candidateBin(keys, homeless, randomBelow(CANDIDATE_BINS), bins);
      const evicted = table[bin] as number;
      table[bin] = homeless;
      homeless = evicted;
    }
  }
  return table;
}

function freeCandidate(keys: Keys, row: number, table: Int32Array, bins: number): number | undefined {
  for (let which = 0; which < CANDIDATE_BINS; which++) {
    const bin = candidateBin(keys, row, which, bins);
    if (table[bin] === -1) return bin;
  }
  return undefined;
}
