/** Uniform random numbers from the browser's cryptographic source, drawn in blocks (a call gives at most 65,536 bytes). */
import { PLAIN_MODULUS } from './parameters.ts';

const block = new Uint32Array(16384);
let used = block.length;

/** Uniform 32-bit word. */
export function randomWord(): number {
  if (used === block.length) {
    crypto.getRandomValues(block);
    used = 0;
  }
  return block[used++] as number;
}

/** Uniform in [0, p): 33 bits, rejecting what is not below p (about 1 in 19,000). */
export function randomElement(): number {
  for (;;) {
    const value = (randomWord() & 1) * 4294967296 + randomWord();
    if (value < PLAIN_MODULUS) return value;
  }
}

/** Uniform in [1, p). */
export function randomNonzero(): number {
  for (;;) {
    const value = randomElement();
    if (value !== 0) return value;
  }
}

/** Uniform integer in [0, bound), for 1 <= bound <= 2^32, without bias. */
export function randomBelow(bound: number): number {
  const limit = 4294967296 - (4294967296 % bound);
  for (;;) {
    const word = randomWord();
    if (word < limit) return word % bound;
  }
}

export function randomElements(count: number): Float64Array<ArrayBuffer> {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = randomElement();
  return values;
}

/** A uniform permutation of 0..count-1 (Fisher and Yates). */
export function randomPermutation(count: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  for (let i = count - 1; i > 0; i--) {
    const j = randomBelow(i + 1);
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
