import { describe, expect, it } from 'vitest';
import {
  bestRow,
  diceOf,
  falseNegatives,
  falsePositives,
  judgeLinks,
  linkablePairs,
  linksAt,
  qualityRows,
  type ScoredPairs,
  similarityBins,
  thresholdsFrom,
  truePairs,
} from './linkage-quality.ts';
import { measuredQuality } from './measured-quality.ts';

const truth = { first: ['a', 'b', 'c', '', 'e'], second: ['b', 'a', '', 'x', 'e'] };

const pairs = (...list: readonly (readonly [number, number, number])[]): ScoredPairs => ({
  first: Uint32Array.from(list, ([first]) => first),
  second: Uint32Array.from(list, ([, second]) => second),
  similarity: Float64Array.from(list, ([, , similarity]) => similarity),
});

const linked = pairs([0, 1, 0.95], [2, 3, 0.9], [1, 0, 0.85]);

describe('quality over thresholds', () => {
  it('counts what is linked at each', () => {
    expect(linkablePairs(truth)).toBe(3);
    const rows = qualityRows(linked, truth, 3, [0.8, 0.9, 0.99]);
    expect(rows.map(({ threshold, found, correct }) => [threshold, found, correct])).toEqual([
      [0.8, 3, 2],
      [0.9, 2, 1],
      [0.99, 0, 0],
    ]);
    expect(rows[0]).toMatchObject({ precision: 2 / 3, recall: 2 / 3 });
    expect(rows[0]?.f1).toBeCloseTo(2 / 3, 12);
    expect(bestRow(rows)?.threshold).toBe(0.8);
    expect(bestRow([])).toBeUndefined();
  });

  it('goes up in hundredths', () => {
    expect(thresholdsFrom(0.97)).toEqual([0.97, 0.98, 0.99, 1]);
  });

  it('lists the pairs that went wrong', () => {
    expect(falsePositives(linked, truth, 0.8)).toEqual([{ first: 2, second: 3, similarity: 0.9 }]);
    const matches = truePairs(truth).map((pair, i) => ({ ...pair, similarity: 0.5 + i / 10 }));
    expect(falseNegatives(linked, matches, 0.8)).toEqual([{ first: 4, second: 4, similarity: 0.7 }]);
    expect(falseNegatives(linked, matches, 0.99)).toHaveLength(3);
  });
});

describe('links', () => {
  it('are those at or above a threshold', () => {
    expect(linksAt(linked, 0.9).map(({ first }) => first)).toEqual([0, 2]);
  });

  it('are judged wherever they were made', () => {
    expect(judgeLinks(linksAt(linked, 0.8), truth, 3)).toEqual(
      expect.objectContaining({ found: 3, correct: 2, precision: 2 / 3 }),
    );
    expect(() => judgeLinks([{ first: 5, second: 0 }], truth, 3)).toThrow('the files have 5 and 5 rows');
  });
});

describe('similarities', () => {
  it('are those of Dice', () => {
    const bits = Uint8Array.of(0b11110000, 0, 0b11000011, 0);
    const clks = { bits, bytesPerClk: 2 };
    expect(diceOf(clks, clks, 0, 1)).toBe(0.5);
    expect(diceOf({ bits: new Uint8Array(2), bytesPerClk: 2 }, { bits: new Uint8Array(2), bytesPerClk: 2 }, 0, 0)).toBe(
      0,
    );
  });

  it('count matches and candidates, and scale the sample up below them', () => {
    const bins = similarityBins([1, 0.95], [0.3, 0.31, 0.9], 10, pairs([0, 1, 0.95], [0, 3, 0.9]), truth, 0.8);
    expect(bins[0]).toEqual({ from: 0.3, to: 0.32, matches: 0, nonMatches: 20 });
    expect(bins.at(-1)).toEqual({ from: 0.98, to: 1, matches: 1, nonMatches: 0 });
    expect(bins.find(({ from }) => from === 0.9)?.nonMatches).toBe(1);
  });

  it('are measured together', () => {
    const bits = Uint8Array.of(1, 3, 7, 15, 31);
    const clks = { rows: 5, bits, bytesPerClk: 1 };
    const quality = measuredQuality({ first: clks, second: clks, truth, linkable: 3, lowest: 0.8 }, linked, linked);
    expect(quality.candidates).toBe(3);
    expect(quality.matches.at(-1)).toEqual({ first: 4, second: 4, similarity: 1 });
    const all = quality.similarities.reduce((sum, { nonMatches }) => sum + nonMatches, 0);
    expect(all).toBeGreaterThan(10);
    expect(all).toBeLessThan(25);
  });
});
