/** Several tables: what opens, as the owner's vectors and the layout's conditions have it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TablePlan } from '../agreement/tables.ts';
import { add, multiply } from '../seal/plain-field.ts';
import { madeUpAgreement, madeUpRows } from '../testing/made-up-tally.ts';
import type { Cell } from './cells.ts';
import {
  blockStart,
  cellValues,
  gateConditions,
  layTally,
  statisticSlots,
  stratumOfAnswer,
  type TallyLayout,
  type TallyStatistic,
} from './layout.ts';
import { planNoise } from './noise-plan.ts';
import { drawPads } from './pads.ts';
import { StatisticVectors, type TallyRows } from './statistic-vectors.ts';

const TABLES: readonly TablePlan[] = [
  { groups: [0], payloads: [0] },
  { groups: [1], payloads: [0, 1] },
  { groups: [0, 1], payloads: [] },
  { groups: [], payloads: [1] },
];
const SHAPE = { groups: [3, 2], payloads: 2, dataRows: 400, minimum: 10, tables: TABLES };

/** How many rows stand in each cell, by the vectors of its count. All rows are matched; strata are of rows by turns. */
function peopleOf(layout: TallyLayout, vectors: StatisticVectors, rows: TallyRows): number[] {
  const pads = drawPads(layout);
  return layout.cells.map(({ stratum }, cell) => {
    const count = layout.statistics.find((s) => s.cell === cell && s.kind === 'count') as TallyStatistic;
    const [answered] = vectors.answerVectors(count.answer, pads) as [Float64Array];
    const vector = answered.subarray(blockStart(layout, count.block));
    return rows.slotOf.reduce(
      (sum, slot, row) => (row % layout.strata === stratum ? add(sum, vector[slot] as number) : sum),
      0,
    );
  });
}

it.each(['complete-cases', 'each-column'] as const)(
  'a table opens whole within a stratum or not at all: where a cell holds somebody but too few, nothing of it (%s)',
  (missingValues) => {
    const seen = { open: 0, sealed: 0 };
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), fc.constantFrom(0, 0.002, 0.3), (count, missing) => {
        const agreement = madeUpAgreement({ ...SHAPE, strata: [2], missingValues });
        const layout = layTally(agreement);
        const rows = madeUpRows(agreement, count, { missing });
        const people = peopleOf(layout, new StatisticVectors(agreement, layout, rows), rows);
        for (const table of TABLES.keys()) {
          for (const stratum of [0, 1]) {
            const isHere = (cell: number) =>
              layout.cells[cell]?.table === table && layout.cells[cell]?.stratum === stratum;
            const small = people.some((of, cell) => isHere(cell) && of > 0 && of < 10);
            const released = layout.released.flatMap((index, i) =>
              isHere(layout.statistics[index]?.cell as number) ? [i] : [],
            );
            const compared = gateConditions(layout);
            const sealed = released.filter((i) =>
              compared.some(({ released: of, cell, from }) => {
                const within = people[cell] as number;
                return of === i && within >= from && within < layout.minimum;
              }),
            );
            expect(sealed).toEqual(small ? released : []);
            seen[small ? 'sealed' : 'open']++;
          }
        }
      }),
      { numRuns: 25, seed: 16 },
    );
    expect(seen.open).toBeGreaterThan(10);
    expect(seen.sealed).toBeGreaterThan(10);
  },
);

describe('copies of b, where the rows fit several times', () => {
  const agreement = madeUpAgreement({ ...SHAPE, strata: [2] });
  const layout = layTally(agreement);
  const rows = madeUpRows(agreement, 400, { missing: 0 });
  const vectors = new StatisticVectors(agreement, layout, rows);
  const everyTenth = Float64Array.from({ length: layout.slots }, (_, slot) => (slot % 10 === 0 ? 1 : 0));

  /** What a stratum's equality sums to, drawn anew in every call. `change`: of the second copy. */
  function equality(stratum: number, change: (copy: Float64Array) => void = () => {}): number {
    const isHere = ({ kind, answer }: TallyStatistic) =>
      kind === 'equality' && stratumOfAnswer(layout, answer) === stratum;
    const found = layout.statistics.filter(isHere);
    expect(found).toHaveLength(1);
    const [vector] = vectors.answerVectors((found[0] as TallyStatistic).answer, drawPads(layout)) as [Float64Array];
    const bits = new Float64Array(vector.length);
    for (let block = 0; block < layout.blocks; block++) bits.set(everyTenth, block * layout.slots);
    change(bits.subarray(layout.slots, 2 * layout.slots));
    return bits.reduce((sum, bit, at) => add(sum, multiply(bit, vector[at] as number)), 0);
  }

  it.each<[string, (copy: Float64Array) => void]>([
    ['one row less', (copy) => copy.fill(0, 20, 21)],
    ['one row more', (copy) => copy.fill(1, 21, 22)],
    ['another row in place of one', (copy) => copy.fill(0, 20, 21).fill(1, 21, 22)],
    ['two rows changed for two', (copy) => copy.fill(0, 20, 21).fill(1, 21, 23).fill(0, 30, 31)],
    ['nobody', (copy) => copy.fill(0)],
    ['everybody', (copy) => copy.fill(1)],
  ])('that are equal add nothing; %s in one, a number that nobody can guess', (_what, change) => {
    expect(layout.blocks).toBeGreaterThan(2);
    for (const stratum of [0, 1]) {
      expect(equality(stratum)).toBe(0);
      const drawn = Array.from({ length: 8 }, () => equality(stratum, change));
      expect(drawn).not.toContain(0);
      expect(new Set(drawn).size).toBe(8);
    }
  });

  it('that of a stratum goes with the check of each of its cells, and with no count', () => {
    const values = layout.statistics.map(({ kind, cell }) =>
      kind === 'equality' ? 1000 * (1 + (layout.cells[cell] as Cell).stratum) : kind === 'check' ? cell : -1,
    );
    const checks = cellValues(layout, Float64Array.from(values), 'check');
    expect([...checks]).toEqual(layout.cells.map(({ stratum }, cell) => cell + 1000 * (1 + stratum)));
    expect(new Set(cellValues(layout, Float64Array.from(values), 'count'))).toEqual(new Set([-1]));
  });

  it('no two statistics of an answer stand in the same slots, and of an equality nothing else does', () => {
    for (const { tables, dataRows } of [
      SHAPE,
      { ...SHAPE, tables: TABLES.slice(0, 2) },
      { ...SHAPE, dataRows: 5000 },
    ]) {
      const lay = layTally(madeUpAgreement({ ...SHAPE, tables, dataRows, strata: [3] }));
      const taken = new Map<number, number>();
      for (const statistic of lay.statistics) {
        expect(stratumOfAnswer(lay, statistic.answer)).toBe((lay.cells[statistic.cell] as Cell).stratum);
        const [from, to] = statisticSlots(lay, statistic);
        if (statistic.kind === 'equality') expect([from, to]).toEqual([0, lay.blocks * lay.slots]);
        for (let block = from / lay.slots; block < to / lay.slots; block++) {
          const place = statistic.answer * lay.blocks + block;
          expect(taken.has(place)).toBe(false);
          taken.set(place, block);
        }
      }
    }
  });

  it('there are none of it where there is one table, whose groups share no row, or one copy', () => {
    const { tables: _tables, ...single } = SHAPE;
    for (const shape of [single, { ...SHAPE, dataRows: 9000 }]) {
      const { statistics } = layTally(madeUpAgreement(shape));
      expect(statistics.filter(({ kind }) => kind === 'equality')).toEqual([]);
    }
  });
});

it('a row without one of the agreement’s columns counts in no table, also in those that do not have it', () => {
  const agreement = madeUpAgreement({ ...SHAPE, dataRows: 100 });
  const layout = layTally(agreement);
  const rows = madeUpRows(agreement, 100, { missing: 0 });
  rows.payloads[0]?.fill(Number.NaN, 0, 1);
  const people = peopleOf(layout, new StatisticVectors(agreement, layout, rows), rows);
  for (const table of TABLES.keys()) {
    const total = people.reduce((sum, of, cell) => (layout.cells[cell]?.table === table ? sum + of : sum), 0);
    expect(total).toBe(99);
  }
});

it('epsilon is split over the figures of all tables that one row takes part in', () => {
  const perturbation = { kind: 'noise', epsilonThousandths: 1000 } as const;
  const plan = planNoise(madeUpAgreement({ ...SHAPE, complete: true, perturbation }));
  // A count in each of four tables, and of four payloads there a sum and a sum of squares.
  expect(plan?.count.scale).toEqual({ numerator: 12_000n, denominator: 1000n });
});

it('what takes too much of the gate is refused, and says what to do', () => {
  const wide = Array.from({ length: 16 }, (_, i) => ({ groups: [i], payloads: [0] }));
  const shape = { groups: wide.map(() => 40), payloads: 1, dataRows: 5000, minimum: 32, tables: wide };
  expect(() => layTally(madeUpAgreement(shape))).toThrow('choose columns with fewer groups');
});
