import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Band, KeyDesign } from '../agreement/agreement.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { seededRandom } from '../keys/random.ts';
import { distinctValues } from '../testing/distinct-values.ts';
import { matchCandidates, matchScores } from './match-scores.ts';
import { matchByWeight } from './one-to-one.ts';
import type { Scored } from './scored.ts';
import { bestThreshold, strictThreshold, weightSteps } from './weight-steps.ts';

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

it('people who agree in every band are matched, and the estimates say that they are right', () => {
  const candidates = Array.from({ length: 40 }, (_, i) => candidate(i, label(i), everyBand));
  const { matches, scores } = matchCandidates(candidates, rules, below);
  expect(matches.map(({ list, data }) => [list, data]).sort()).toEqual(candidates.map((c) => [c.list, c.data]).sort());
  const step = scores.steps.find(({ weight }) => weight === scores.threshold);
  expect(step).toMatchObject({ matches: 40, recall: 1 });
  expect(step?.precision).toBeGreaterThan(0.99);
});

it('of one record the better candidate is taken, and every step counts what it says', () => {
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

it('of a single field, no candidate in more bands is held back by one in fewer', () => {
  const single: KeyDesign = { ...design, bands: everyBand.map(() => ({ fields: [{ field: 0, picks: [0] }] })) };
  // So many bands, and the level of fewer: levels of fields would say that the latter agree better (`field-agreement.ts`).
  for (const [more, fewer] of [
    [6, 3],
    [7, 4],
    [4, 3],
  ] as const) {
    const pairs = Array.from({ length: 40 }, (_, i) => [
      candidate(i, label(i), everyBand.slice(0, more)),
      ...(i < 10 ? [candidate(i, label(100 + i), everyBand.slice(0, fewer))] : []),
    ]).flat();
    const { scored } = matchCandidates(pairs, { ...rules, design: single, values: distinctValues(RECORDS) }, below);
    const chance = (list: number, data: number) =>
      scored.candidates.find((one) => one.list === list && one.data === data)?.probability as number;
    for (let i = 0; i < 10; i++) expect(chance(i, label(i))).toBeGreaterThan(2 * chance(i, label(100 + i)));
  }
});

it('of candidates whose fields agree alike, the one with more bands is taken', () => {
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
  it('has the best F1, and of equals the lightest', () => {
    expect(bestThreshold([step(1, 0.5, 1), step(2, 0.9, 0.9), step(3, 0.9, 0.9), step(4, 1, 0.5)])).toBe(2);
  });
  it('is 0 where nobody agrees with anybody', () => {
    expect(matchCandidates([], rules, below)).toMatchObject({ scores: { steps: [], threshold: 0 }, matches: [] });
  });
});

describe('how sure that is', () => {
  const pair = (list: number, weight: number, probability: number) => ({
    list,
    data: list,
    weight,
    bands: 10,
    probability,
    samePerson: probability,
  });
  const sure = Array.from({ length: 100 }, (_, i) => pair(i, 20, 1));
  const doubtful = Array.from({ length: 20 }, (_, i) => pair(100 + i, 10, 0.5));
  const scored = { candidates: [...sure, ...doubtful], records: 1000 };
  const at = (weight: number, of: Scored = scored) =>
    weightSteps(of, below).steps.find((step) => step.weight === weight);

  it('the range holds the estimate, and is none where nothing is in doubt', () => {
    const { precision = 0, precisionRange: [low, high] = [1, 0] } = at(10) ?? {};
    expect(precision).toBeCloseTo(110 / 120);
    expect(low).toBeLessThan(precision - 0.05);
    expect(high).toBeGreaterThan(precision + 0.03);
    expect(at(20)?.precisionRange).toEqual([1, 1]);
  });

  it('matches that may be namesakes count as wrong in what is told, but not for the threshold, and leave no strict one', () => {
    const doubted = sure.map((one, i) => (i < 20 ? { ...one, samePersonAtWorst: 0 } : one));
    const told = matchScores({ ...scored, candidates: [...doubted, ...doubtful] }, below);
    const before = matchScores(scored, below);
    const [step, usual] = [told, before].map(({ steps }) => steps.find(({ weight }) => weight === 20));
    expect(usual).toMatchObject({ precision: 1, precisionRange: [1, 1] });
    expect(step).toMatchObject({ precision: 0.8, recall: usual?.recall, precisionRange: [expect.any(Number), 1] });
    expect(step?.precisionRange[0]).toBeLessThan(0.5);
    expect(told.threshold).toBe(before.threshold);
    expect(told.strict).toBe(undefined);
    expect(before.strict).toBe(11);
  });

  it('the strict threshold leaves the doubtful out; where all are, there is none', () => {
    expect(strictThreshold(weightSteps(scored, below).steps)).toBe(11);
    expect(strictThreshold(weightSteps({ ...scored, candidates: doubtful }, below).steps)).toBe(undefined);
  });

  it('few matches that may all be look-alikes have a range that says so, and the estimate of one more is no leap', () => {
    const said = (right: number, records: number) => {
      const few = Array.from({ length: 3 }, (_, i) => pair(i, 20, right));
      return matchScores({ candidates: few, records }, below).steps[0];
    };
    expect(said(0.7, 1000)?.precisionRange).toEqual([0, 1]);
    for (const right of [0.4, 0.49, 0.51, 0.7, 0.9]) {
      for (const records of [100, 149, 151, 1000]) expect(said(right, records)?.precision).toBeCloseTo(right, 9);
    }
  });

  it('people in few bands tell of people in none', () => {
    const few = (bands: number, count: number, from: number) =>
      Array.from({ length: count }, (_, i) => ({ ...pair(from + i, 20, 1), bands }));
    const falling = { ...scored, candidates: [...sure, ...few(2, 30, 200), ...few(4, 29, 300)] };
    const [low, high] = at(20, falling)?.recallRange ?? [0, 0];
    expect(low).toBeCloseTo(159 / (159 + 30), 6);
    expect(high).toBe(1);
  });
});

it('every step counts what the assignment from its weight up finds', () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(7), fc.double({ min: -5, max: 20, noNaN: true })), {
    selector: ([list, data, weight]) => [`${list} ${data}`, weight].join(),
    maxLength: 30,
  });
  fc.assert(
    fc.property(pairs, (drawn) => {
      const once = new Map(drawn.map((pair) => [`${pair[0]} ${pair[1]}`, pair]));
      const pair = { bands: 2, probability: 0.5, samePerson: 0.5 };
      const scored = Array.from(once.values(), ([list, data, weight]) => ({ list, data, weight, ...pair }));
      const all = { candidates: scored, records: 8 };
      for (const { weight, candidates, matches } of weightSteps(all, below).steps) {
        expect(candidates).toBe(scored.filter((pair) => Math.floor(pair.weight) === weight).length);
        expect(matches).toBe(matchByWeight(scored, weight, below).length);
      }
    }),
  );
});
