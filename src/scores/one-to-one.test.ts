import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { matchByWeight, type WeighedPair } from './one-to-one.ts';

const SIDE = 5;
/** Some of the pairs of five records and five rows; weights that repeat, so that ties occur. */
const somePairs = fc
  .array(fc.option(fc.integer({ min: -3, max: 12 }), { nil: undefined }), {
    minLength: SIDE ** 2,
    maxLength: SIDE ** 2,
  })
  .map((weights) =>
    weights.flatMap((weight, i) =>
      weight === undefined ? [] : [{ list: i % SIDE, data: Math.floor(i / SIDE), weight }],
    ),
  );

/** The best total above the threshold, by trying everything. */
function best(pairs: readonly WeighedPair[], threshold: number): number {
  const [first, ...rest] = pairs;
  if (first === undefined) return 0;
  const without = best(rest, threshold);
  if (first.weight < threshold) return without;
  const apart = rest.filter(({ list, data }) => list !== first.list && data !== first.data);
  return Math.max(without, first.weight - threshold + best(apart, threshold));
}

it('weighs as much as the best of all assignments, takes nobody twice and nothing below the threshold', () => {
  fc.assert(
    fc.property(somePairs, fc.integer({ min: -4, max: 13 }), fc.nat(), (pairs, threshold, seed) => {
      const matches = matchByWeight(pairs, threshold, seededRandom([seed]).below);
      expect(new Set(matches.map(({ list }) => list)).size).toBe(matches.length);
      expect(new Set(matches.map(({ data }) => data)).size).toBe(matches.length);
      for (const match of matches) {
        expect(pairs).toContain(match);
        expect(match.weight).toBeGreaterThanOrEqual(threshold);
      }
      expect(matches.reduce((sum, { weight }) => sum + weight - threshold, 0)).toBeCloseTo(best(pairs, threshold), 9);
    }),
  );
});

it('two weaker pairs go before a strong one that stands in their way', () => {
  const pairs = [
    { list: 0, data: 0, weight: 9 },
    { list: 0, data: 1, weight: 7 },
    { list: 1, data: 0, weight: 6 },
  ];
  expect(
    matchByWeight(pairs, 0, seededRandom([1]).below)
      .map(({ weight }) => weight)
      .sort(),
  ).toEqual([6, 7]);
  expect(matchByWeight(pairs, 5, seededRandom([1]).below).map(({ weight }) => weight)).toEqual([9]);
});

it('breaks ties at random', () => {
  const tied = [0, 1].map((data) => ({ list: 0, data, weight: 2 }));
  const { below } = seededRandom([4]);
  const first = Array.from({ length: 400 }, () => matchByWeight(tied, 1, below)[0]?.data);
  for (const data of [0, 1]) expect(first.filter((d) => d === data).length).toBeGreaterThan(150);
});

it('a group too large to be solved exactly is solved heaviest first', () => {
  const chain = Array.from({ length: 700 }, (_, i) => ({ list: i >> 1, data: (i + 1) >> 1, weight: 10 + (i % 2) }));
  const matches = matchByWeight(chain, 0, seededRandom([1]).below);
  expect(matches.filter(({ weight }) => weight === 11)).toHaveLength(350);
  expect(matches).toHaveLength(350);
});

it('of nothing comes nothing', () => {
  expect(matchByWeight([], 0, seededRandom([1]).below)).toEqual([]);
});
