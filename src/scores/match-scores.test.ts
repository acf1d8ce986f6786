import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Band, KeyDesign } from '../agreement/agreement.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { seededRandom } from '../keys/random.ts';
import { distinctValues } from '../testing/distinct-values.ts';
import { bestThreshold, matchCandidates, weightSteps } from './match-scores.ts';
import { matchByWeight } from './one-to-one.ts';

const FIELDS = 3;
const bands: Band[] = [
  [0, 1],
  [0, 2],
  [1, 2],
].flatMap((pair) => Array.from({ length: 5 }, () => ({ fields: pair.map((field) => ({ field, picks: [0] })) })));
const design: KeyDesign = { source: 'minhash', seed: '00'.repeat(16), bands };
const RECORDS = 60;
const rules = { design, values: distinctValues(RECORDS, FIELDS), dataRows: 500 };
const { below } = seededRandom([1]);

const candidate = (list: number, data: number, inBands: readonly number[]): Candidate => ({
  list,
  data,
  bands: inBands.length,
  inBands: Uint8Array.from(inBands),
});
const everyBand = [...bands.keys()];
/** Labels are numbers of 33 bits. */
const label = (row: number) => 8_000_000_000 + row;

test('people who agree in every band are matched, and the estimates say that they are right', () => {
  const candidates = Array.from({ length: 40 }, (_, i) => candidate(i, label(i), everyBand));
  const { matches, scores } = matchCandidates(candidates, rules, below);
  expect(matches.map(({ list, data }) => [list, data]).sort()).toEqual(candidates.map((c) => [c.list, c.data]).sort());
  const step = scores.steps.find(({ weight }) => weight === scores.threshold);
  expect(step).toMatchObject({ matches: 40, recall: 1 });
  expect(step?.precision).toBeGreaterThan(0.99);
});

test('of one record the better candidate is taken, and every step counts what it says', () => {
  const candidates = Array.from({ length: 40 }, (_, i) => [
    candidate(i, label(i), everyBand),
    ...(i < 10 ? [candidate(i, label(100 + i), [0, 1])] : []),
  ]).flat();
  const { matches, scores } = matchCandidates(candidates, rules, below);
  expect(matches.map(({ list, data }) => data - list)).toEqual(new Array(40).fill(label(0)));
  const { steps } = scores;
  expect(steps.reduce((sum, step) => sum + step.candidates, 0)).toBe(candidates.length);
  expect(steps.map(({ weight }) => weight)).toEqual(steps.map((_, i) => (steps[0]?.weight ?? 0) + i));
  for (const [i, { matches: found }] of steps.entries())
    expect(found).toBeGreaterThanOrEqual(steps[i + 1]?.matches ?? 0);
});

test('of candidates whose fields agree alike, the one with more bands is taken', () => {
  const single: KeyDesign = { ...design, bands: everyBand.map(() => ({ fields: [{ field: 0, picks: [0] }] })) };
  const pairs = [candidate(0, label(1), [1, 2]), candidate(0, label(2), [1, 2, 3]), candidate(0, label(3), [4, 5])];
  const { matches } = matchCandidates(pairs, { ...rules, design: single, values: distinctValues(RECORDS) }, below);
  expect(matches.map(({ data }) => data)).toEqual([label(2)]);
});

describe('the threshold taken by itself', () => {
  const step = (weight: number, precision: number, recall: number) => ({
    weight,
    candidates: 1,
    matches: 1,
    precision,
    recall,
  });
  test('has the best F1, and of equals the lightest', () => {
    expect(bestThreshold([step(1, 0.5, 1), step(2, 0.9, 0.9), step(3, 0.9, 0.9), step(4, 1, 0.5)])).toBe(2);
  });
  test('is 0 where nobody agrees with anybody', () => {
    expect(matchCandidates([], rules, below)).toEqual({ scored: [], scores: { steps: [], threshold: 0 }, matches: [] });
  });
});

test('every step counts what the assignment from its weight up finds', () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(7), fc.double({ min: -5, max: 20, noNaN: true })), {
    selector: ([list, data, weight]) => [`${list} ${data}`, weight].join(),
    maxLength: 30,
  });
  fc.assert(
    fc.property(pairs, (drawn) => {
      const once = new Map(drawn.map((pair) => [`${pair[0]} ${pair[1]}`, pair]));
      const scored = Array.from(once.values(), ([list, data, weight]) => ({
        list,
        data,
        weight,
        probability: 0.5,
        bands: 2,
      }));
      for (const { weight, candidates, matches } of weightSteps(scored, below)) {
        expect(candidates).toBe(scored.filter((pair) => Math.floor(pair.weight) === weight).length);
        expect(matches).toBe(matchByWeight(scored, weight, below).length);
      }
    }),
  );
});
