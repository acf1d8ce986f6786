/**
 * Exact draws from the discrete Laplace distribution, in integers only: no rounding that could tell two data sets apart.
 * Source: Canonne, Kamath, Steinke, The Discrete Gaussian for Differential Privacy, NeurIPS 2020, algorithms 1 and 2.
 */

/** A uniform 32-bit word. For noise that protects somebody: from the cryptographic source of `src/seal/random.ts`. */
export type RandomWord = () => number;

/** A rational number above zero. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Uniform in [0, bound), without bias: words are drawn anew where they would favour small numbers. */
export function uniformBelow(bound: bigint, word: RandomWord): bigint {
  if (bound < 1n) throw new RangeError('a uniform number needs a bound of at least 1');
  if (bound === 1n) return 0n;
  const words = Math.ceil((bound - 1n).toString(2).length / 32);
  const range = 1n << BigInt(32 * words);
  const limit = range - (range % bound);
  for (;;) {
    let value = 0n;
    for (let i = 0; i < words; i++) value = (value << 32n) | BigInt(word());
    if (value < limit) return value % bound;
  }
}

/** True with probability exp(-numerator / denominator), for an exponent from 0 to 1 (algorithm 1). */
export function bernoulliExp({ numerator, denominator }: Fraction, word: RandomWord): boolean {
  if (numerator < 0n || numerator > denominator) throw new RangeError('the exponent must be from 0 to 1');
  let k = 1n;
  while (uniformBelow(denominator * k, word) < numerator) k++;
  return k % 2n === 1n;
}

/** An integer x with probability proportional to exp(-|x| / scale) (algorithm 2). */
export function discreteLaplace({ numerator: t, denominator: s }: Fraction, word: RandomWord): bigint {
  if (t < 1n || s < 1n) throw new RangeError('the scale of noise must be above zero');
  for (;;) {
    const u = uniformBelow(t, word);
    if (!bernoulliExp({ numerator: u, denominator: t }, word)) continue;
    let v = 0n;
    while (bernoulliExp({ numerator: 1n, denominator: 1n }, word)) v++;
    const magnitude = (u + t * v) / s;
    const negative = uniformBelow(2n, word) === 1n;
    if (negative && magnitude === 0n) continue;
    return negative ? -magnitude : magnitude;
  }
}
