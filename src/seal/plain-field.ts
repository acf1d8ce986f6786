/**
 * Arithmetic in Z_p for the 33-bit batching prime, on doubles: every intermediate stays below 2^53, so it is exact.
 * Values are integers in [0, p).
 */
import { PLAIN_MODULUS } from './parameters.ts';

const P = PLAIN_MODULUS;
const INVERSE_P = 1 / P;
const SPLIT = 2 ** 17;

/** x mod p for 0 <= x < 2^53. */
export function reduce(x: number): number {
  const r = x - Math.floor(x * INVERSE_P) * P;
  return r < 0 ? r + P : r >= P ? r - P : r;
}

export function add(a: number, b: number): number {
  const s = a + b;
  return s >= P ? s - P : s;
}

export function subtract(a: number, b: number): number {
  const d = a - b;
  return d < 0 ? d + P : d;
}

/** The 66-bit product is split at 17 bits of `b`: (a * high) mod p, shifted, plus a * low, stays below 2^51. */
export function multiply(a: number, b: number): number {
  const high = Math.floor(b / SPLIT);
  const low = b - high * SPLIT;
  return reduce(reduce(a * high) * SPLIT + a * low);
}

export function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

/**
 * Inverse by Fermat.
 * @throws on zero
 */
export function invert(a: number): number {
  if (a === 0) throw new RangeError('zero has no inverse');
  return power(a, P - 2);
}

/** Inverts the first `count` values in place with a single inversion (Montgomery's trick). Zeros stay zero. */
export function invertAll(values: Float64Array, count = values.length): void {
  const prefix = new Float64Array(count);
  let product = 1;
  for (let i = 0; i < count; i++) {
    prefix[i] = product;
    const v = values[i] as number;
    if (v !== 0) product = multiply(product, v);
  }
  let inverse = invert(product);
  for (let i = count - 1; i >= 0; i--) {
    const v = values[i] as number;
    if (v === 0) continue;
    values[i] = multiply(inverse, prefix[i] as number);
    inverse = multiply(inverse, v);
  }
}

/** Writes values of Z_p (doubles) as the 64-bit words that the batch encoder takes. */
export function toWords(values: Float64Array, words: BigUint64Array): void {
  const halves = new Uint32Array(words.buffer, words.byteOffset, words.length * 2);
  for (let i = 0; i < words.length; i++) {
    const v = (values[i] as number | undefined) ?? 0;
    halves[2 * i] = v >>> 0;
    halves[2 * i + 1] = v / 4294967296;
  }
}

/** The other way round: 64-bit words below p to doubles. */
export function fromWords(words: BigUint64Array): Float64Array<ArrayBuffer> {
  const halves = new Uint32Array(words.buffer, words.byteOffset, words.length * 2);
  const values = new Float64Array(words.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = (halves[2 * i] as number) + (halves[2 * i + 1] as number) * 4294967296;
  }
  return values;
}
