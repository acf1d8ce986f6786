import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Marginals } from './marginals.ts';

interface Pair {
  readonly record: number;
  readonly row: number;
  readonly odds: number;
}

function marginals(pairs: readonly Pair[]): { probabilities: Float64Array; moved: number } {
  const side = (of: readonly number[]) => ({ of: Uint32Array.from(of), count: 8 });
  const marginals = new Marginals(side(pairs.map((pair) => pair.record)), side(pairs.map((pair) => pair.row)));
  const odds = Float64Array.from(pairs, (pair) => pair.odds);
  const probabilities = new Float64Array(pairs.length);
  let moved = 1;
  for (let round = 0; round < 300 && moved > 1e-9; round++) moved = marginals.update(odds, probabilities);
  return { probabilities, moved };
}

/** Of every pair, the share of all ways to match nobody twice, each weighed by the product of its odds. */
function exactMarginals(pairs: readonly Pair[]): number[] {
  const withPair = pairs.map(() => 0);
  let all = 0;
  const choose = (from: number, chosen: readonly number[], weight: number) => {
    if (from === pairs.length) {
      all += weight;
      for (const pair of chosen) withPair[pair] = (withPair[pair] as number) + weight;
      return;
    }
    choose(from + 1, chosen, weight);
    const { record, row, odds } = pairs[from] as Pair;
    const isFree = chosen.every((other) => pairs[other]?.record !== record && pairs[other]?.row !== row);
    if (isFree) choose(from + 1, [...chosen, from], weight * odds);
  };
  choose(0, [], 1);
  return withPair.map((weight) => weight / all);
}

describe('candidates that compete for records and rows', () => {
  it.each<[string, Pair[], number[]]>([
    ['alone: its odds', [{ record: 0, row: 0, odds: 3 }], [0.75]],
    [
      'two rows that want one record share it',
      [
        { record: 0, row: 0, odds: 1e6 },
        { record: 0, row: 1, odds: 1e6 },
      ],
      [0.5, 0.5],
    ],
    [
      'twins on both sides share two records and two rows',
      [0, 1, 2, 3].map((i) => ({ record: i >> 1, row: i & 1, odds: 1e9 })),
      [0.5, 0.5, 0.5, 0.5],
    ],
    [
      'a rival whose row is surely another record’s does not count',
      [
        { record: 0, row: 0, odds: 3 },
        { record: 0, row: 1, odds: 3 },
        { record: 1, row: 1, odds: 1e12 },
      ],
      [0.75, 0, 1],
    ],
  ])('%s', (_what, pairs, expected) => {
    const { probabilities, moved } = marginals(pairs);
    expect(moved).toBeLessThan(1e-6);
    for (const [i, probability] of probabilities.entries()) expect(probability).toBeCloseTo(expected[i] as number, 3);
  });

  const pairsAmong = (records: number, rows: number) =>
    fc
      .uniqueArray(fc.nat(records * rows - 1), { minLength: 1, maxLength: 9 })
      .chain((cells) =>
        fc.tuple(
          ...cells.map((cell) => fc.double({ min: -6, max: 12, noNaN: true }).map((log) => [cell, log] as const)),
        ),
      )
      .map((cells) =>
        cells.map(([cell, log]): Pair => ({ record: cell % records, row: Math.floor(cell / records), odds: 2 ** log })),
      );

  it('where they want one record, exactly the share of each', () => {
    fc.assert(
      fc.property(pairsAmong(1, 8), (pairs) => {
        const exact = exactMarginals(pairs);
        for (const [i, probability] of marginals(pairs).probabilities.entries()) {
          expect(probability).toBeCloseTo(exact[i] as number, 6);
        }
      }),
    );
  });

  it('in any small tangle, settled, within a tenth of the exact marginals, and nobody is matched more than once', () => {
    fc.assert(
      fc.property(pairsAmong(3, 3), (pairs) => {
        const { probabilities, moved } = marginals(pairs);
        expect(moved).toBeLessThan(1e-3);
        const exact = exactMarginals(pairs);
        for (const [i, probability] of probabilities.entries()) {
          expect(Math.abs(probability - (exact[i] as number))).toBeLessThan(0.1);
        }
        for (const side of ['record', 'row'] as const) {
          for (let one = 0; one < 3; one++) {
            const sum = pairs.reduce(
              (all, pair, i) => all + (pair[side] === one ? (probabilities[i] as number) : 0),
              0,
            );
            expect(sum).toBeLessThan(1.01);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
