/**
 * Parameter sets. Scheme BFV, 128-bit security enforced by SEAL, one batching prime for everything.
 *
 * The first prime of each chain is the only one that an answer keeps: it is chosen just large enough for the plaintext
 * modulus and the rounding noise, so that 4 to 5 bits of noise budget are all that an answer can carry besides its message.
 */

/** The batching prime p (33 bits, p = 1 mod 32768), shared by every context. */
export const PLAIN_MODULUS = 8589475841;

export interface ParameterSet {
  readonly name: 'linkage' | 'tally';
  /** N: slots in a ciphertext. */
  readonly degree: number;
  /** Bits of each prime of the coefficient modulus; the last is the special prime of key switching. */
  readonly primeBits: readonly number[];
  readonly needsRelinearisation: boolean;
}

/** Bands of the intersection: one plaintext product deep. */
export const LINKAGE: ParameterSet = {
  name: 'linkage',
  degree: 8192,
  primeBits: [45, 52, 52, 52],
  needsRelinearisation: false,
};

/** The sealed tally: one product of ciphertexts and one with a plaintext deep. */
export const TALLY: ParameterSet = {
  name: 'tally',
  degree: 16384,
  primeBits: [46, 56, 56, 56, 56],
  needsRelinearisation: true,
};

export const PARAMETER_SETS = { linkage: LINKAGE, tally: TALLY } as const;
