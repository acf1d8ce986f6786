/** No table tells, by subtraction between its own columns, of fewer than the minimum who are not nobody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement, MissingValues } from '../agreement/agreement.ts';
import { seededRandom } from '../keys/random.ts';
import { add } from '../seal/plain-field.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { blockStart, layTally, type TallyLayout } from './layout.ts';
import { drawPads } from './pads.ts';
import { StatisticVectors, type TallyRows } from './statistic-vectors.ts';

const N = 16_384;

/** What each statistic adds up to over all rows, and which rows it takes part of, as the owner's vectors have it. */
function sumsOf(agreement: Agreement, layout: TallyLayout, rows: TallyRows) {
  const pads = drawPads(layout);
  const vectors = new StatisticVectors(agreement, layout, rows);
  const answers = Array.from({ length: layout.answers }, (_, answer) => vectors.answerVectors(answer, pads));
  return layout.statistics.map(({ block, answer }) => {
    const values = Array.from(rows.slotOf, (slot) => {
      const at = blockStart(layout, block) + slot;
      return answers[answer]?.[Math.floor(at / N)]?.[at % N] as number;
    });
    return { values, sum: values.reduce(add, 0) };
  });
}

/** The released statistics that the gate opens, with the rows that each selects: those that it has a one for in its cell's count. */
function opened(agreement: Agreement, layout: TallyLayout, rows: TallyRows): { group: number; rows: number[] }[] {
  const sums = sumsOf(agreement, layout, rows);
  const countOf = (cell: number) =>
    sums[layout.statistics.findIndex((s) => s.cell === cell && s.kind === 'count')] as (typeof sums)[number];
  return layout.released.flatMap((index) => {
    const { cell } = layout.statistics[index] as TallyLayout['statistics'][number];
    const open = layout.conditions[cell]?.every(({ cell: compared, from }) => {
      const { sum } = countOf(compared);
      return sum >= layout.minimum || sum < from;
    });
    return open ? [{ group: layout.cells[cell]?.group as number, rows: countOf(cell).values }] : [];
  });
}

function madeUp(
  missingValues: MissingValues,
  payloads: readonly (readonly number[])[],
  groups: readonly number[],
  minimum: number,
) {
  const shape = { groups: [2], payloads: payloads.length, dataRows: 400, minimum, missingValues };
  const agreement = madeUpAgreement(shape);
  const layout = layTally(agreement);
  const rows: TallyRows = {
    groups: [Uint16Array.from(groups)],
    payloads: payloads.map((values) => Float64Array.from(values)),
    slotOf: Uint32Array.from(groups.keys()),
    slotLabels: new Float64Array(layout.slots),
  };
  return { agreement, layout, rows };
}

/** The fewest people that a combination of one group's figures with coefficients -1, 0 and 1 selects, nobody aside. */
function fewestSelected(agreement: Agreement, layout: TallyLayout, rows: TallyRows): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (const group of [0, 1]) {
    const own = opened(agreement, layout, rows).filter((figure) => figure.group === group);
    const figures = [...new Map(own.map((figure) => [figure.rows.join(), figure.rows])).values()];
    for (let choice = 0; choice < 3 ** figures.length; choice++) {
      const coefficients = figures.map((_, i) => (Math.floor(choice / 3 ** i) % 3) - 1);
      const selected = rows.slotOf.reduce((count, _, row) => {
        const weight = figures.reduce(
          (sum, values, i) => sum + (coefficients[i] as number) * (values[row] as number),
          0,
        );
        return count + (weight === 0 ? 0 : 1);
      }, 0);
      if (selected > 0) fewest = Math.min(fewest, selected);
    }
  }
  return fewest;
}

describe.each(['complete-cases', 'each-column'] as const)('%s', (missingValues) => {
  it('a column and a copy of it with 1 % missing: no difference tells of one person', () => {
    const ages = Array.from({ length: 100 }, (_, i) => 20 + i);
    const copy = ages.map((age, i) => (i === 41 ? Number.NaN : age));
    const groups = ages.map((_, i) => i % 2);
    const { agreement, layout, rows } = madeUp(missingValues, [ages, copy], groups, 10);
    expect(fewestSelected(agreement, layout, rows)).toBeGreaterThanOrEqual(49);
  });

  it('columns that lack values in different rows', () => {
    const ages = Array.from({ length: 100 }, (_, i) => 20 + i);
    const lacking = (from: number, to: number) => ages.map((age, i) => (i >= from && i < to ? Number.NaN : age));
    const groups = ages.map(() => 0);
    for (const [from, to] of [
      [20, 30],
      [11, 21],
      [20, 31],
    ] as const) {
      const { agreement, layout, rows } = madeUp(missingValues, [lacking(10, 20), lacking(from, to)], groups, 10);
      expect(fewestSelected(agreement, layout, rows)).toBeGreaterThanOrEqual(10);
    }
  });

  it('every combination of the figures of one group selects nobody or at least the minimum', () => {
    const table = fc.record({
      minimum: fc.integer({ min: 3, max: 6 }),
      payloads: fc.integer({ min: 1, max: 3 }),
      rows: fc.integer({ min: 5, max: 60 }),
      missing: fc.constantFrom(0.02, 0.1, 0.3, 0.5),
      seed: fc.nat(),
    });
    let openedInAll = 0;
    fc.assert(
      fc.property(table, ({ minimum, payloads, rows: count, missing, seed }) => {
        const draw = seededRandom([seed]).unit;
        const groups = Array.from({ length: count }, () => (draw() < 0.7 ? 0 : 1));
        const values = Array.from({ length: payloads }, () => groups.map(() => (draw() < missing ? Number.NaN : 7)));
        const { agreement, layout, rows } = madeUp(missingValues, values, groups, minimum);
        openedInAll += opened(agreement, layout, rows).length;
        expect(fewestSelected(agreement, layout, rows)).toBeGreaterThanOrEqual(minimum);
      }),
      { numRuns: 200, seed: 20_261_130 },
    );
    expect(openedInAll).toBeGreaterThan(200);
  });
});

it('a gap of nobody and one of the minimum let a column open, one of one less does not', () => {
  const values = Array.from({ length: 60 }, () => 7);
  for (const [gap, open] of [
    [0, true],
    [1, false],
    [9, false],
    [10, true],
  ] as const) {
    const lacking = values.map((value, i) => (i < gap ? Number.NaN : value));
    const { agreement, layout, rows } = madeUp(
      'each-column',
      [lacking],
      values.map(() => 0),
      10,
    );
    expect(
      opened(agreement, layout, rows).some(
        ({ rows: members }) => members.filter((one) => one === 1).length === 60 - gap,
      ),
    ).toBe(open);
  }
});

it('what cannot be counted column by column is refused, with what to do', () => {
  const shape = { groups: [2], payloads: 4, dataRows: 400, minimum: 10, missingValues: 'each-column' as const };
  expect(() => layTally(madeUpAgreement(shape))).toThrow('4 columns with missing values');
  expect(() => layTally(madeUpAgreement({ ...shape, payloads: 1, minimum: 2 }))).toThrow('choose complete cases');
  expect(() => layTally(madeUpAgreement({ ...shape, payloads: 1, minimum: 2, complete: true }))).not.toThrow();
});
