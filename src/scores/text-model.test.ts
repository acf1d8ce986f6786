import { describe, expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { crowding } from './crowding.ts';
import { risingRatios } from './rising-ratios.ts';
import { fitTextModel } from './text-model.ts';

interface Simulated {
  readonly both: number;
  /** The share of records, and of rows, that are in a crowd of look-alikes. */
  readonly crowded: number;
}

const [RECORDS, ROWS, LEVELS] = [600, 800, 8];

/** Matches agree at any level, others seldom strongly. In a crowd a record meets twelve others on average, elsewhere one. Record i's match is row i. */
function simulate({ both, crowded }: Simulated) {
  const { unit, below } = seededRandom([both, 3]);
  const pairs: { record: number; row: number; level: number }[] = [];
  const seen = new Set<number>();
  const add = (record: number, row: number, level: number) => {
    if (seen.has(record * ROWS + row)) return;
    seen.add(record * ROWS + row);
    pairs.push({ record, row, level });
  };
  const othersLevel = () => Math.min(LEVELS - 1, Math.floor(-Math.log2(1 - unit())));
  for (let record = 0; record < both; record++) add(record, record, below(LEVELS));
  const crowdRows = Math.round(crowded * ROWS);
  for (let record = 0; record < RECORDS; record++) {
    const inCrowd = record % 100 < 100 * crowded;
    const met = Math.floor(2 * unit() * (inCrowd ? 12 : 1) + unit());
    for (let other = 0; other < met; other++) {
      const place = below(inCrowd ? crowdRows : ROWS);
      add(
        record,
        inCrowd ? Math.floor(place / (100 * crowded)) * 100 + (place % (100 * crowded)) : place,
        othersLevel(),
      );
    }
  }
  const column = (of: (pair: (typeof pairs)[number]) => number) => Uint32Array.from(pairs, of);
  const evidence = {
    recordOf: column(({ record }) => record),
    rowOf: column(({ row }) => row),
    levelOf: column(({ level }) => level),
    records: RECORDS,
    rows: ROWS,
  };
  const right = pairs.map(({ record, row }) => record === row && record < both);
  return { evidence, right };
}

describe('matches among long texts', () => {
  it.each([
    { both: 500, crowded: 0.3 },
    { both: 300, crowded: 0.3 },
    { both: 400, crowded: 0.1 },
  ])('says how many there are, and which, where $both of 600 have one and $crowded are in crowds', (simulated) => {
    const { evidence, right } = simulate(simulated);
    const { probabilities } = fitTextModel(evidence);
    const found = probabilities.reduce((sum, p) => sum + p, 0);
    expect(found / simulated.both).toBeGreaterThan(0.7);
    expect(found / simulated.both).toBeLessThan(1.4);
    const believed = [...right.keys()].filter((i) => (probabilities[i] as number) > 0.5);
    const correct = believed.filter((i) => right[i]).length;
    const expected = believed.reduce((sum, i) => sum + (probabilities[i] as number), 0);
    expect(Math.abs(expected - correct) / believed.length).toBeLessThan(0.2);
    expect(correct / simulated.both).toBeGreaterThan(0.5);
  });

  it('weighs no stronger agreement less than a weaker one', () => {
    const { evidence } = simulate({ both: 400, crowded: 0.3 });
    const { weights } = fitTextModel(evidence);
    const order = [...weights.keys()].sort((a, b) => (evidence.levelOf[a] ?? 0) - (evidence.levelOf[b] ?? 0));
    for (const [place, i] of order.entries()) {
      const before = weights[order[place - 1] ?? i] as number;
      expect(weights[i]).toBeGreaterThanOrEqual(before - 1e-9);
    }
  });

  it('has nothing to say of no candidates', () => {
    const none = new Uint32Array();
    const model = fitTextModel({ recordOf: none, rowOf: none, levelOf: none, records: 5, rows: 5 });
    expect(model.weights).toHaveLength(0);
  });
});

describe('crowding', () => {
  it('is what the other candidates of a record say of its mean, by the moments of all', () => {
    const of = Uint32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 2);
    const others = Float64Array.of(1, 1, 1, 1, 1, 1, 1, 0.5, 1, 0);
    // 7.5, 1, 0 and 0 others: mean 2.125, variance 9.796875.
    const shape = 2.125 ** 2 / (9.796875 - 2.125);
    const crowded = crowding({ of, count: 4 }, others);
    expect(crowded[0]).toBeCloseTo((shape + 6.5) / (shape + 2.125), 10);
    expect(crowded[7]).toBeCloseTo((shape + 7) / (shape + 2.125), 10);
    expect(crowded[8]).toBeCloseTo(shape / (shape + 2.125), 10);
  });

  it('is hardly any where all records meet as many', () => {
    const of = Uint32Array.from({ length: 300 }, (_, i) => i % 100);
    for (const one of crowding({ of, count: 100 }, new Float64Array(300).fill(1))) expect(one).toBeCloseTo(22 / 23, 10);
  });
});

describe('rising ratios', () => {
  /** The rising ratios with the highest likelihood, by the min-max formula. */
  function oracle(above: readonly number[], below: readonly number[]): number[] {
    const sum = (numbers: readonly number[], from: number, to: number) =>
      numbers.slice(from, to + 1).reduce((all, one) => all + one, 0);
    return above.map((_, level) =>
      Math.max(
        ...above
          .slice(0, level + 1)
          .map((__, from) =>
            Math.min(
              ...above.slice(level).map((___, to) => sum(above, from, level + to) / sum(below, from, level + to)),
            ),
          ),
      ),
    );
  }

  it('are those of the min-max formula', () => {
    const { unit } = seededRandom([11]);
    for (let trial = 0; trial < 50; trial++) {
      const counts = () => Array.from({ length: 9 }, () => 0.1 + unit());
      const [above, below] = [counts(), counts()];
      const expected = oracle(above, below);
      for (const [level, ratio] of risingRatios(above, below).entries())
        expect(ratio).toBeCloseTo(expected[level] as number, 10);
    }
  });
});
