/**
 * Parameter sets. Scheme BFV, 128-bit security enforced by SEAL, one batching prime for everything.
 *
 * The first prime of each chain, q, is the only one that an answer keeps. What it has beyond the plaintext modulus is filled with noise but for
 * what rounding takes, one part in 340: the larger q, the less of other noise shows. The primes after it only have to push the
 * noise of a product below the rounding.
 */

/** The batching prime p (33 bits, p = 1 mod 32768), shared by every context. */
export const PLAIN_MODULUS = 8589475841;

export interface ParameterSet {
  readonly name: string;
  /** N: slots in a ciphertext. */
  readonly degree: number;
  /** Bits of each prime of the coefficient modulus; the last is the special prime of key switching. */
  readonly primeBits: readonly number[];
  /** Lowest bits that each coefficient of an answer's first polynomial is sent without: noise, and nothing else, is in them. */
  readonly droppedBits: number;
  readonly needsRelinearisation: boolean;
}

/** Bands of the intersection: one plaintext product deep. */
export const LINKAGE: ParameterSet = {
  name: 'linkage',
  degree: 8192,
  primeBits: [51, 44, 44, 51],
  droppedBits: 8,
  needsRelinearisation: false,
};

/** The sealed tally: one product of ciphertexts and one with a plaintext deep. */
export const TALLY: ParameterSet = {
  name: 'tally',
  degree: 16384,
  primeBits: [52, 54, 54, 54, 56],
  droppedBits: 8,
  needsRelinearisation: true,
};

export const PARAMETER_SETS = { linkage: LINKAGE, tally: TALLY } as const;
