import { describe, expect, it } from 'vitest';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import type { RecordPairs } from './record-pairs.ts';
import { scoreHistogram } from './score-histogram.ts';

type Row = readonly [firstSet: number, secondSet: number, first: number, second: number, similarity: number];

interface Statistics {
  readonly candidates: readonly Row[];
  readonly bins: number;
  readonly similarities_hist: readonly [number[], number[]];
  readonly matches_nonmatches_hist: readonly [number[], number[], number[]];
  readonly cumul_number_matches_vs_threshold: readonly [number[], number[]];
  readonly nonmatch_index_score: Readonly<Record<string, number>>;
}

const recordPairs = (rows: readonly (readonly [number, number, number])[]): RecordPairs => ({
  firstRecord: Uint32Array.from(rows, ([first]) => first),
  secondRecord: Uint32Array.from(rows, ([, second]) => second),
  similarities: Float64Array.from(rows, ([, , similarity]) => similarity),
});

const cases = hasVectors ? readVectors<{ stats: Statistics[] }>('anonlink/edge_cases.json').stats : [];

describe.skipIf(!hasVectors)('statistics of anonlink', () => {
  it.each(cases.map((entry, i) => [i, entry] as const))('case %i', (_, entry) => {
    const pairs = recordPairs(entry.candidates.map(([, , first, second, similarity]) => [first, second, similarity]));
    const { edges, matches, nonMatches, linksFrom, nonMatchPlaces } = scoreHistogram(pairs, entry.bins);
    expect([matches, nonMatches, edges]).toEqual(entry.matches_nonmatches_hist);
    expect([matches.map((count, i) => count + (nonMatches[i] ?? 0)), edges]).toEqual(entry.similarities_hist);
    expect([linksFrom, edges]).toEqual(entry.cumul_number_matches_vs_threshold);
    for (const [n, place] of Object.entries(entry.nonmatch_index_score)) {
      expect(nonMatchPlaces[Number(n) - 1]).toBe(place);
    }
  });
});

it('has a bin around equal similarities, and empty ones around none', () => {
  const equal = recordPairs([
    [0, 0, 0.75],
    [0, 1, 0.75],
  ]);
  expect(scoreHistogram(equal, 2)).toMatchObject({ edges: [0.25, 0.75, 1.25], matches: [0, 1], nonMatches: [0, 1] });
  expect(scoreHistogram(recordPairs([]), 2)).toMatchObject({
    edges: [0, 0.5, 1],
    matches: [0, 0],
    linksFrom: [0, 0, 0],
  });
});
