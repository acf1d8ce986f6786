/** From a band's 128-bit keys to what the intersection works with: a fingerprint in Z_p* and three candidate bins. */
import { PLAIN_MODULUS } from '../seal/parameters.ts';

/** Four 32-bit words a row, row-major; four zeros: no key. */
export type Keys = Uint32Array;

/** The keys of several bands, one band after the other. */
export function joinKeys(bands: readonly Keys[]): Keys {
  const all = new Uint32Array(bands.reduce((sum, keys) => sum + keys.length, 0));
  let at = 0;
  for (const keys of bands) {
    all.set(keys, at);
    at += keys.length;
  }
  return all;
}

export const CANDIDATE_BINS = 3;

/** 33 bits of the key, in [1, p). */
export function fingerprint(keys: Keys, row: number): number {
  const bits = ((keys[4 * row + 1] as number) & 1) * 4294967296 + (keys[4 * row] as number);
  return 1 + (bits % (PLAIN_MODULUS - 1));
}

/** Candidate bin `which` (0, 1, 2) in [0, bins), from bits that the fingerprint does not use. Candidates may coincide. */
export function candidateBin(keys: Keys, row: number, which: number, bins: number): number {
  const fraction =
    which === 0
      ? ((keys[4 * row + 1] as number) >>> 1) / 2147483648
      : (keys[4 * row + 1 + which] as number) / 4294967296;
  return Math.floor(fraction * bins);
}

/** Writes a key's distinct candidate bins into `out` and returns how many there are. */
export function distinctBins(keys: Keys, row: number, bins: number, out: Int32Array): number {
  let count = 0;
  for (let which = 0; which < CANDIDATE_BINS; which++) {
    const bin = candidateBin(keys, row, which, bins);
    if ((count > 0 && out[0] === bin) || (count > 1 && out[1] === bin)) continue;
    out[count++] = bin;
  }
  return count;
}
