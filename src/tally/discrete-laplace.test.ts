import { describe, expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { bernoulliExp, discreteLaplace, type Fraction, uniformBelow } from './discrete-laplace.ts';

/** Gives these words and then no more. */
function scripted(words: readonly number[]): () => number {
  const left = [...words];
  return () => {
    const word = left.shift();
    if (word === undefined) throw new Error('more words were drawn than expected');
    return word;
  };
}

/** Pearson's statistic. `counts` and `expected` over the same bins, every expected count above 5. */
function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  expect(Math.min(...expected)).toBeGreaterThan(5);
  return counts.reduce((sum, count, i) => sum + (count - (expected[i] as number)) ** 2 / (expected[i] as number), 0);
}

/** Counts of x = -edge..edge, with all beyond in the outermost bins. */
function histogram(draw: () => number, draws: number, edge: number): number[] {
  const counts = new Array<number>(2 * edge + 1).fill(0);
  for (let i = 0; i < draws; i++) {
    const bin = Math.max(-edge, Math.min(edge, draw())) + edge;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

function expectedCounts(scale: number, draws: number, edge: number): number[] {
  const q = Math.exp(-1 / scale);
  const mass = (x: number) => ((1 - q) / (1 + q)) * q ** Math.abs(x);
  const tail = q ** edge / (1 + q);
  return Array.from({ length: 2 * edge + 1 }, (_, i) => draws * (Math.abs(i - edge) === edge ? tail : mass(i - edge)));
}

/** Chi-square with 16 degrees of freedom exceeds this once in a thousand times. The draws are seeded, so it is no chance here. */
const CRITICAL_16 = 39.25;
const DRAWS = 40_000;

describe('discrete Laplace noise', () => {
  it.each<[string, Fraction]>([
    ['1', { numerator: 1n, denominator: 1n }],
    ['5/2', { numerator: 5n, denominator: 2n }],
    ['7/3', { numerator: 7000n, denominator: 3000n }],
    ['2/3', { numerator: 2n, denominator: 3n }],
  ])('has the distribution of scale %s', (_name, scale) => {
    const { word } = seededRandom([20, Number(scale.numerator)]);
    const value = Number(scale.numerator) / Number(scale.denominator);
    const edge = value < 1 ? 4 : 8;
    const counts = histogram(() => Number(discreteLaplace(scale, word)), DRAWS, edge);
    expect(chiSquare(counts, expectedCounts(value, DRAWS, edge))).toBeLessThan(CRITICAL_16);
  });

  it('has it too at a scale that no double holds', () => {
    const { word } = seededRandom([21]);
    const quarter = 1n << 80n;
    const scale = { numerator: 4n * quarter, denominator: 1n };
    // x below zero by floor, so that a quarter of a scale is one bin on either side.
    const bin = (x: bigint) => Number((x < 0n ? x - quarter + 1n : x) / quarter);
    const counts = new Array<number>(17).fill(0);
    for (let i = 0; i < DRAWS; i++) {
      const at = Math.max(-9, Math.min(8, bin(discreteLaplace(scale, word)))) + 9;
      counts[Math.min(at, 16)] = (counts[Math.min(at, 16)] as number) + 1;
    }
    const q = Math.exp(-1 / 4);
    const mass = (i: number) => (DRAWS / 2) * (1 - q) * q ** i;
    const tail = (i: number) => (DRAWS / 2) * q ** i;
    const expected = [
      tail(8),
      ...Array.from({ length: 8 }, (_, i) => mass(7 - i)),
      ...Array.from({ length: 7 }, (_, i) => mass(i)),
      tail(7),
    ];
    expect(chiSquare(counts, expected)).toBeLessThan(CRITICAL_16);
  });

  it('the test tells a wrong sampler: one that takes minus zero for zero, one of a scale 5 % off', () => {
    const { word } = seededRandom([22]);
    const scale = { numerator: 5n, denominator: 2n };
    const doubledZero = () => {
      const magnitude = discreteLaplace(scale, word);
      return magnitude === 0n || uniformBelow(20n, word) > 0n ? Number(magnitude) : 0;
    };
    const wrong = histogram(doubledZero, DRAWS, 8);
    expect(chiSquare(wrong, expectedCounts(2.5, DRAWS, 8))).toBeGreaterThan(CRITICAL_16);
    const off = histogram(() => Number(discreteLaplace(scale, word)), DRAWS, 8);
    expect(chiSquare(off, expectedCounts(2.5 * 1.05, DRAWS, 8))).toBeGreaterThan(CRITICAL_16);
  });

  it('is drawn word by word as the paper says', () => {
    // Scale 5/2. u = 3; exp(-3/5): 4 of 5 is not below 3, so it holds at once. exp(-1) once true (k: below 1 always, then
    // 1 of 2 is not below 1: k = 2, false): v = 0. Magnitude 3 / 2 = 1, positive.
    expect(discreteLaplace({ numerator: 5n, denominator: 2n }, scripted([3, 4, 1, 0]))).toBe(1n);
    // The same, negative.
    expect(discreteLaplace({ numerator: 5n, denominator: 2n }, scripted([3, 4, 1, 1]))).toBe(-1n);
    // Minus zero is drawn anew.
    expect(discreteLaplace({ numerator: 5n, denominator: 2n }, scripted([0, 1, 1, 1, 3, 4, 1, 0]))).toBe(1n);
  });
});

describe('exact coins', () => {
  it('a uniform number draws anew what would favour small numbers', () => {
    expect(uniformBelow(3n, scripted([0xffffffff, 5]))).toBe(2n);
    expect(uniformBelow(1n, scripted([]))).toBe(0n);
    expect(uniformBelow(1n << 40n, scripted([0x000000ff, 7]))).toBe((0xffn << 32n) | 7n);
    expect(() => uniformBelow(0n, scripted([]))).toThrow('at least 1');
  });

  it.each([
    [0n, 1n],
    [1n, 1n],
    [1n, 3n],
    [999n, 1000n],
  ])('exp(-%i/%i) comes up as often as it should', (numerator, denominator) => {
    const { word } = seededRandom([23, Number(numerator)]);
    let heads = 0;
    for (let i = 0; i < DRAWS; i++) if (bernoulliExp({ numerator, denominator }, word)) heads++;
    const chance = Math.exp(-Number(numerator) / Number(denominator));
    // 3.3 standard deviations: once in a thousand.
    expect(Math.abs(heads - DRAWS * chance)).toBeLessThanOrEqual(3.3 * Math.sqrt(DRAWS * chance * (1 - chance)));
  });

  it('exponents beyond one and scales of zero are refused', () => {
    expect(() => bernoulliExp({ numerator: 2n, denominator: 1n }, scripted([]))).toThrow('from 0 to 1');
    expect(() => discreteLaplace({ numerator: 0n, denominator: 1n }, scripted([]))).toThrow('above zero');
  });
});
