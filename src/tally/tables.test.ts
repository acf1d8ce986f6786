/** Several tables: what opens, as the owner's vectors and the layout's conditions have it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TablePlan } from '../agreement/tables.ts';
import { add } from '../seal/plain-field.ts';
import { madeUpAgreement, madeUpRows } from '../testing/made-up-tally.ts';
import { gateConditions, layTally, type TallyLayout } from './layout.ts';
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
    const { answer } = layout.statistics.find((s) => s.cell === cell && s.kind === 'count') as { answer: number };
    const [vector] = vectors.answerVectors(answer, pads) as [Float64Array];
    return rows.slotOf.reduce(
      (sum, slot, row) => (row % layout.strata === stratum ? add(sum, vector[slot] as number) : sum),
      0,
    );
  });
}

test.each(['complete-cases', 'each-column'] as const)(
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

test('there is one copy of b, however often the rows would fit: none can differ from another', () => {
  expect(layTally(madeUpAgreement(SHAPE)).blocks).toBe(1);
  const { tables: _tables, ...single } = SHAPE;
  expect(layTally(madeUpAgreement(single)).blocks).toBeGreaterThan(1);
});

test('a row without one of the agreement’s columns counts in no table, also in those that do not have it', () => {
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

test('epsilon is split over the figures of all tables that one row takes part in', () => {
  const perturbation = { kind: 'noise', epsilonThousandths: 1000 } as const;
  const plan = planNoise(madeUpAgreement({ ...SHAPE, complete: true, perturbation }));
  // A count in each of four tables, and of four payloads there a sum and a sum of squares.
  expect(plan?.count.scale).toEqual({ numerator: 12_000n, denominator: 1000n });
});

test('what takes too much of the gate is refused, and says what to do', () => {
  const wide = Array.from({ length: 16 }, (_, i) => ({ groups: [i], payloads: [0] }));
  const shape = { groups: wide.map(() => 40), payloads: 1, dataRows: 5000, minimum: 32, tables: wide };
  expect(() => layTally(madeUpAgreement(shape))).toThrow('choose columns with fewer groups');
});
