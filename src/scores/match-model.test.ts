import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { DIFFERENT, SAME, SIMILAR, UNKNOWN } from './field-agreement.ts';
import type { MatchEvidence, PairEvidence } from './match-evidence.ts';
import { fitMatchModel } from './match-model.ts';

const FIELDS = 4;
const pair = (record: number, row: number, levels: readonly number[], strangers: number): PairEvidence => ({
  record,
  row,
  levels: Uint8Array.from(levels),
  strangers,
});

/**
 * A population with a known truth: of `records`, some are in the data, where each field survives with 0.9; relatives agree in
 * two fields, strangers in two others, as often as said.
 */
function population(records: number, inBoth: number, relatives: number) {
  const random = seededRandom([records, inBoth]);
  const chance = (share: number) => random.below(1_000_000) < share * 1_000_000;
  const pairs: PairEvidence[] = [];
  const truth: boolean[] = [];
  let row = records;
  for (let record = 0; record < records; record++) {
    const levels = Array.from({ length: FIELDS }, () => (chance(0.9) ? SAME : chance(0.5) ? SIMILAR : DIFFERENT));
    if (record < inBoth && levels.filter((level) => level !== DIFFERENT).length >= 2) {
      pairs.push(pair(record, record, levels, 1e-3 ** levels.filter((level) => level !== DIFFERENT).length * records));
      truth.push(true);
    }
    if (chance(relatives)) {
      pairs.push(pair(record, row++, [SAME, SAME, DIFFERENT, DIFFERENT], 1e-6 * records));
      truth.push(false);
    }
    if (chance(0.1)) {
      pairs.push(pair(record, row++, [DIFFERENT, DIFFERENT, SAME, SAME], 0.1));
      truth.push(false);
    }
  }
  // Most of the data is of people who are not on the list.
  return { pairs, truth, rows: 10 * row };
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

describe('probabilities are as often right as they say', () => {
  it.each([
    ['half of the list is in the data', 2000, 1000, 0.1],
    ['everybody is', 2000, 2000, 0.1],
    ['one in twenty is', 4000, 200, 0],
    ['nobody is, and strangers look alike', 2000, 0, 0],
  ])('%s', (_name, records, inBoth, relatives) => {
    const { pairs, truth, rows } = population(records, inBoth, relatives);
    const { probabilities } = fitMatchModel({ pairs, records, rows });
    const expected = sum(probabilities);
    const right = truth.filter(Boolean).length;
    expect(Math.abs(expected - right)).toBeLessThan(0.03 * records);
    const wrongly = sum(probabilities.map((p, i) => (truth[i] ? 1 - p : p)));
    expect(wrongly).toBeLessThan(0.03 * records);
  });
});

it('relatives are told by the records that have a better candidate', () => {
  const { pairs, truth, rows } = population(2000, 1000, 0.3);
  const { probabilities, weights } = fitMatchModel({ pairs, records: 2000, rows });
  const lone = pairs.flatMap(({ record, levels }, i) => (!truth[i] && record >= 1000 && levels[0] === SAME ? [i] : []));
  expect(lone.length).toBeGreaterThan(200);
  expect(sum(lone.map((i) => probabilities[i] ?? 0)) / lone.length).toBeLessThan(0.2);
  const matched = weights.filter((_, i) => truth[i]);
  expect(sum(matched) / matched.length).toBeGreaterThan(sum(lone.map((i) => weights[i] ?? 0)) / lone.length + 8);
});

it('relatives are told by the rows that have a better candidate', () => {
  const { pairs: all, truth } = population(3000, 1000, 0);
  const people = all.filter((_, i) => truth[i]);
  const relative = [SAME, SAME, DIFFERENT, DIFFERENT];
  const several = (count: number, of: (i: number) => PairEvidence) => Array.from({ length: count }, (_, i) => of(i));
  const pairs = [
    ...people,
    // Relatives of some of them are on the list, and not in the data.
    ...people.slice(0, 300).map(({ row }, i) => pair(1000 + i, row, relative, 1e-6)),
    // Of further records on the list relatives are in the data, and not they themselves.
    ...several(100, (i) => pair(2000 + i, 1000 + i, relative, 1e-6)),
  ];
  // In the list, too, they agree as relatives do.
  const within = { records: 3000, pairs: several(600, (i) => pair(i, 0, relative, 1e-6)) };
  const { probabilities } = fitMatchModel({ pairs, records: 3000, rows: 3000, within });
  expect(sum(probabilities.slice(-100)) / 100).toBeLessThan(0.25);
});

it('a pattern that as many show as strangers would does not confirm itself', () => {
  const { pairs, rows } = population(2000, 1000, 0);
  const strange = [SIMILAR, DIFFERENT, SIMILAR, DIFFERENT];
  const odd = Array.from({ length: 60 }, (_, i) => pair(1000 + 7 * i, rows + i, strange, 0.03));
  const { probabilities } = fitMatchModel({ pairs: [...pairs, ...odd], records: 2000, rows: rows + 60 });
  expect(sum(probabilities.slice(-60)) / 60).toBeLessThan(0.2);
});

it('a rare value weighs more than a common one', () => {
  const { pairs, rows } = population(1000, 500, 0.1);
  const all = [SAME, SAME, SAME, SAME];
  const rare = pair(998, rows, all, 1e-9);
  const common = pair(999, rows + 1, all, 10);
  const { weights, probabilities } = fitMatchModel({ pairs: [...pairs, rare, common], records: 1000, rows: rows + 2 });
  const [ofRare, ofCommon] = [pairs.length, pairs.length + 1].map((i) => [weights[i] ?? 0, probabilities[i] ?? 0]);
  expect(ofRare?.[0]).toBeGreaterThan((ofCommon?.[0] ?? 0) + 3);
  expect(ofRare?.[1]).toBeGreaterThan(0.99);
  expect(ofCommon?.[1]).toBeLessThan(0.5);
});

it('candidates of one record share its probability', () => {
  const { pairs, rows } = population(1000, 500, 0.1);
  const all = [SAME, SAME, SAME, SAME];
  const twins = [pair(999, rows, all, 1e-9), pair(999, rows + 1, all, 1e-9)];
  const { probabilities } = fitMatchModel({ pairs: [...pairs, ...twins], records: 1000, rows: rows + 2 });
  expect([...probabilities.slice(-2)]).toEqual([expect.closeTo(0.5, 2), expect.closeTo(0.5, 2)]);
});

describe('the same person once more', () => {
  const random = seededRandom([7]);
  const noisy = () =>
    Array.from({ length: FIELDS }, () => (random.below(10) > 0 ? SAME : random.below(2) > 0 ? SIMILAR : DIFFERENT));
  const strangers = (levels: readonly number[]) => 1e-3 ** levels.filter((level) => level !== DIFFERENT).length * 1000;
  const seen = (record: number, row: number) => {
    const levels = noisy();
    return pair(record, row, levels, strangers(levels));
  };

  it.each([
    ['the data repeats every second person', (i: number) => seen(i, 1000 + i)],
    ['the list repeats every second person', (i: number) => seen(1000 + i, i)],
  ])('%s: either pair is right, and weighs as much as others', (_name, again) => {
    const pairs = Array.from({ length: 1000 }, (_, i) => (i % 2 ? [seen(i, i)] : [seen(i, i), again(i)])).flat();
    const { samePerson, weights } = fitMatchModel({ pairs, records: 3000, rows: 3000 });
    expect(sum(samePerson) / pairs.length).toBeGreaterThan(0.95);
    const clean = pairs.flatMap(({ levels }, i) => (levels.every((level) => level === SAME) ? [weights[i] ?? 0] : []));
    expect(Math.min(...clean)).toBeGreaterThan(15);
  });

  it('relatives are none', () => {
    const { pairs, truth, rows } = population(2000, 1000, 0.3);
    const { samePerson } = fitMatchModel({ pairs, records: 2000, rows });
    const relatives = pairs.flatMap((_, i) => (truth[i] ? [] : [samePerson[i] ?? 0]));
    expect(sum(relatives) / relatives.length).toBeLessThan(0.1);
  });
});

describe('where nobody of the list is in the data', () => {
  const alike = [SAME, SAME, SAME, DIFFERENT];
  const lone = Array.from({ length: 40 }, (_, i) => pair(i, i, alike, 1e-6));
  const estimated = (evidence: Partial<MatchEvidence>) =>
    sum(fitMatchModel({ pairs: lone, records: 2000, rows: 4000, ...evidence }).probabilities);

  it('relatives in the list tell that those in the data are no matches', () => {
    const within = { records: 2000, pairs: Array.from({ length: 20 }, (_, i) => pair(100 + i, 0, alike, 1e-6)) };
    expect(estimated({ within })).toBeLessThan(4);
  });

  it('who differs in one field may be a relative, though none was seen, and who differs in none is believed', () => {
    expect(estimated({})).toBeLessThan(20);
    const same = Array.from({ length: 40 }, (_, i) => pair(i, i, [SAME, SAME, SAME, SAME], 1e-9));
    expect(estimated({ pairs: same })).toBeGreaterThan(35);
  });
});

describe('rows of the list with equal values', () => {
  const clean = [SAME, SAME, SAME, SAME];
  /** Candidates that agree in all, and a few true ones with a mistake in one field. */
  const pairs = [
    ...Array.from({ length: 60 }, (_, i) => pair(i, i, clean, 1e-9)),
    ...Array.from({ length: 20 }, (_, i) => pair(100 + i, 100 + i, [SAME, SAME, SAME, SIMILAR], 1e-9)),
  ];
  /** So many ordered pairs of the 2,000 rows are equal that 40 of these candidates would be namesakes. */
  const equalRows = 40 / (2000 * 4000);
  const near = Array.from({ length: 40 }, (_, i) => {
    const levels = clean.map((level, field) => (field === i % 4 ? SIMILAR : level));
    return [pair(200 + i, 300 + i, levels, 1e-9), pair(300 + i, 200 + i, levels, 1e-9)];
  }).flat();
  const believed = (evidence: Partial<MatchEvidence>) =>
    sum(fitMatchModel({ pairs, records: 2000, rows: 4000, ...evidence }).probabilities.slice(0, 60)) / 60;

  it('are namesakes where others of the list agree but for a slip', () => {
    expect(believed({ within: { records: 2000, pairs: near } })).toBeGreaterThan(
      believed({ within: { records: 2000, pairs: near }, equalRows }) + 0.3,
    );
    expect(believed({ within: { records: 2000, pairs: near }, equalRows })).toBeLessThan(0.5);
  });

  it('are one person entered twice where nobody does', () => {
    expect(believed({ within: { records: 2000, pairs: [] }, equalRows })).toBeGreaterThan(0.8);
  });

  describe('at worst', () => {
    const within = { records: 2000, pairs: [] };
    const doubtful = (evidence: Partial<MatchEvidence>) => {
      const model = fitMatchModel({ pairs, records: 2000, rows: 4000, within, ...evidence });
      return sum(model.samePerson) - sum(model.samePersonAtWorst ?? model.samePerson);
    };
    it('are namesakes where few match, since a list without mistakes shows no namesake with one', () => {
      expect([doubtful({}), doubtful({ equalRows }) > 15]).toEqual([0, true]);
    });
    it('are hardly any where nobody stands beside many matches, and where namesakes would be far more than agree in all', () => {
      const { pairs: many, rows } = population(2000, 1000, 0);
      const beside = doubtful({ pairs: many, rows, equalRows: 40 / (2000 * rows) });
      expect(Math.max(beside, doubtful({ equalRows: 10 * equalRows }))).toBeLessThan(3);
    });
  });

  it('say nothing more where many records have a match with a slip, and no namesake beside it', () => {
    const { pairs: many, truth, rows } = population(2000, 1000, 0);
    const { probabilities } = fitMatchModel({ pairs: many, records: 2000, rows, equalRows: 100 / (2000 * rows) });
    expect(sum(probabilities.filter((_, i) => truth[i]))).toBeGreaterThan(0.97 * truth.filter(Boolean).length);
  });
});

it('relatives in the list tell of relatives with other mistakes, that none of them shows', () => {
  const fields = [0, 1, 2, 3, 4, 5, 6];
  const people = Array.from({ length: 40 }, (_, i) => pair(i, i, [...fields.map(() => SAME), SAME], 1e-12));
  /** Another date, and a slip in two of the other fields: in each of the 21 pairs of them. */
  const relatives = fields.flatMap((first) =>
    fields
      .slice(first + 1)
      .map((second) => [...fields.map((f) => (f === first || f === second ? SIMILAR : SAME)), DIFFERENT]),
  );
  // Every second one is seen once in the list, the others in the data.
  const within = relatives.flatMap((levels, i) =>
    i % 2 === 0 ? [pair(100 + i, 200 + i, levels, 1e-9), pair(200 + i, 100 + i, levels, 1e-9)] : [],
  );
  const lone = relatives.flatMap((levels, i) => (i % 2 === 1 ? [pair(300 + i, 300 + i, levels, 1e-9)] : []));
  const weight = (pairs: readonly PairEvidence[]) => {
    const evidence = { pairs: [...people, ...lone], records: 1000, rows: 1000, within: { records: 1000, pairs } };
    return sum(fitMatchModel(evidence).weights.slice(-lone.length)) / lone.length;
  };
  expect(weight(within)).toBeLessThan(weight([]) - 3.2);
});

it('who differs in one field is believed where records with a match show no relatives', () => {
  const { pairs, rows } = population(2000, 1000, 0);
  const oneOff = pairs.flatMap(({ levels }, i) => (levels.filter((level) => level !== SAME).length === 1 ? [i] : []));
  const { probabilities } = fitMatchModel({ pairs, records: 2000, rows });
  expect(sum(oneOff.map((i) => probabilities[i] ?? 0)) / oneOff.length).toBeGreaterThan(0.95);
});

it('a pattern that a single pair shows is no commoner among matches for it', () => {
  const people = Array.from({ length: 100 }, (_, i) => pair(i, i, [SAME, SAME, SAME, SAME], 1e-9));
  const odd = [DIFFERENT, SIMILAR, DIFFERENT, DIFFERENT];
  const weight = (pairs: readonly PairEvidence[]) =>
    fitMatchModel({ pairs: [...people, ...pairs], records: 1000, rows: 1000 }).weights.at(-1) ?? 0;
  const [alone, among] = [
    weight([pair(900, 900, odd, 1e-3)]),
    weight([pair(900, 900, odd, 10), pair(901, 901, odd, 1e-3)]),
  ];
  expect(Math.abs(alone - among)).toBeLessThan(0.5);
});

describe('whatever comes, numbers come out', () => {
  const level = fc.constantFrom(DIFFERENT, SAME, SIMILAR, UNKNOWN);
  const evidence = fc.record({
    record: fc.nat(5),
    row: fc.nat(5),
    levels: fc.uint8Array({ min: 0, max: 3, minLength: 32, maxLength: 32 }),
    strangers: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e7, noNaN: true })),
  });
  it('any evidence', () => {
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 20 }), (pairs) => {
        const { weights, probabilities } = fitMatchModel({ pairs, records: 6, rows: 6 });
        for (const weight of weights) expect(Number.isFinite(weight)).toBe(true);
        for (const p of probabilities) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('one pattern only, everybody matched and nobody left', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 50 }), (levels, count) => {
        const pairs = Array.from({ length: count }, (_, i) => pair(i, i, levels, 0));
        const { weights, probabilities } = fitMatchModel({ pairs, records: count, rows: count });
        expect(new Set(weights).size).toBe(1);
        expect(weights.every(Number.isFinite)).toBe(true);
        expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
      }),
    );
  });

  it('no candidates', () => {
    expect(fitMatchModel({ pairs: [], records: 10, rows: 10 }).probabilities).toHaveLength(0);
    expect(fitMatchModel({ pairs: [], records: 0, rows: 0 }).weights).toHaveLength(0);
  });

  it('more rows than there are', () => {
    expect(() => fitMatchModel({ pairs: [pair(3, 0, [SAME], 0)], records: 3, rows: 3 })).toThrow(
      'more rows than there are',
    );
  });
});
