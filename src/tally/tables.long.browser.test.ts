/** Several tables under encryption: the plaintext, and noise for whoever lies about one cell of a table. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { TablePlan } from '../agreement/tables.ts';
import { madeUpAgreement, madeUpRows, plaintextTable } from '../testing/made-up-tally.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { type Cheats, TallyParties } from '../testing/tally-parties.ts';
import { resultRows } from './figures.ts';
import type { TallyLayout } from './layout.ts';
import type { TallyRows } from './statistic-vectors.ts';

let parties: TallyParties;
beforeAll(async () => {
  parties = await TallyParties.create(await testContexts());
}, 60_000);

const TABLES: readonly TablePlan[] = [
  { groups: [0], payloads: [0] },
  { groups: [1], payloads: [] },
  { groups: [], payloads: [0] },
];
const SHAPE = { groups: [2, 3], payloads: 1, dataRows: 1000, minimum: 10, complete: true, strata: [2], tables: TABLES };
const agreement = madeUpAgreement(SHAPE);

/** 200 matched rows, in turns in both strata and both groups; of the first stratum `rare` are in the last of the second column's groups. */
function rowsWith(rare: number): TallyRows {
  const rows = madeUpRows(agreement, 1000, { missing: 0 });
  const inFirst = (row: number) => row % 2 === 0;
  const groups = [
    Uint16Array.from({ length: 1000 }, (_, row) => Math.floor(row / 2) % 2),
    Uint16Array.from({ length: 1000 }, (_, row) => (inFirst(row) && row / 2 < rare ? 2 : row % 4 < 2 ? 0 : 1)),
  ];
  return { ...rows, groups };
}
const matched = Array.from({ length: 200 }, (_, row) => row);
const strata = matched.map((row) => row % 2);

const run = (rows: TallyRows, cheats: Cheats = {}) => parties.run(agreement, rows, matched, { strata, ...cheats });

/** Released statistics of a table in a stratum, by their places. */
const placesOf = (layout: TallyLayout, table: number, stratum: number) =>
  layout.released.flatMap((index, i) => {
    const cell = layout.cells[layout.statistics[index]?.cell as number];
    return cell?.table === table && cell.stratum === stratum ? [i] : [];
  });

describe('several tables', () => {
  it.each([0, 1, 9, 10])('of which a group has %i people: the plaintext, whole or sealed', (rare) => {
    const rows = rowsWith(rare);
    const { layout, released, budgets } = run(rows);
    expect(budgets.release).toBeGreaterThan(60);
    const table = resultRows(agreement, layout, released, [100, 100], () => 0.5);
    expect(table).toEqual(plaintextTable(agreement, rows, matched, strata));
    const sealed = table.filter(({ count }) => count === undefined);
    expect(sealed.length).toBe(rare === 1 || rare === 9 ? 3 : 0);
  });

  it('a sealed table gives noise to whoever does not heed the gate, its large groups as well', () => {
    const rows = rowsWith(9);
    const { layout, unsealed, sealed } = run(rows);
    const [closed, open] = [placesOf(layout, 1, 0), placesOf(layout, 1, 1)];
    expect(closed.map((i) => sealed[i])).toEqual([true, true, true]);
    for (const i of closed) expect(unsealed[i]).toBeGreaterThan(1000);
    for (const i of open) expect(unsealed[i]).toBeLessThan(1000);
  });

  it('the count of one group moved above the minimum, or to nobody, spoils its table in that stratum and only that', () => {
    const rows = rowsWith(9);
    for (const change of [1, -9]) {
      const { layout, unsealed } = run(rows, {
        counts: (padded, lay) => {
          const small = lay.statistics.findIndex(
            ({ kind, cell }) =>
              kind === 'count' &&
              lay.cells[cell]?.table === 1 &&
              lay.cells[cell]?.stratum === 0 &&
              lay.cells[cell]?.group === 2,
          );
          padded[small] = (padded[small] as number) + change;
        },
      });
      for (const i of placesOf(layout, 1, 0)) expect(unsealed[i]).toBeGreaterThan(1000);
      const honest = run(rows).unsealed;
      for (const i of [...placesOf(layout, 0, 0), ...placesOf(layout, 1, 1)]) expect(unsealed[i]).toBe(honest[i]);
    }
  });

  it('the small group’s slots filled with another group’s count and check spoil the table', () => {
    const rows = rowsWith(9);
    const { layout, unsealed } = run(rows, {
      counts: (padded, lay) => {
        const of = (group: number, kind: string) =>
          lay.statistics.findIndex(
            (s) =>
              s.kind === kind &&
              lay.cells[s.cell]?.table === 1 &&
              lay.cells[s.cell]?.stratum === 0 &&
              lay.cells[s.cell]?.group === group,
          );
        for (const kind of ['count', 'check']) padded[of(2, kind)] = padded[of(0, kind)] as number;
      },
    });
    for (const i of placesOf(layout, 1, 0)) expect(unsealed[i]).toBeGreaterThan(1000);
  });

  /** Of the first stratum, in the second of the copies of b. */
  const inOneCopy =
    (leaveOut: readonly number[], takeIn: readonly number[]): NonNullable<Cheats['bits']> =>
    (layout, [bits], [labels]) => {
      const change = (rows: TallyRows, which: readonly number[], bit: 0 | 1) => {
        for (const row of which) {
          const slot = rows.slotOf[row] as number;
          (bits as Float64Array)[layout.slots + slot] = bit;
          (labels as Float64Array)[layout.slots + slot] = bit * (rows.slotLabels[slot] as number);
        }
      };
      change(PEOPLE, leaveOut, 0);
      change(PEOPLE, takeIn, 1);
    };
  const PEOPLE = rowsWith(10);

  it.each([
    ['one person less', [0], []],
    ['one person more', [], [200]],
    ['another person in place of one', [2], [202]],
  ] as const)('%s in one of the copies of b spoils all tables of that stratum, and no other', (_what, less, more) => {
    // Labels of people who are left out of all copies but one: the researcher has seen them.
    const { layout, unsealed } = run(PEOPLE, { bits: inOneCopy(less, more) });
    expect(layout.blocks).toBe(6);
    const honest = run(PEOPLE).unsealed;
    const byStratum = (stratum: number) => TABLES.flatMap((_, table) => placesOf(layout, table, stratum));
    for (const i of byStratum(0)) expect(unsealed[i]).toBeGreaterThan(1000);
    for (const i of byStratum(1)) expect(unsealed[i]).toBe(honest[i]);
  });

  it('wrong inverses open no sealed table', () => {
    const { layout, unsealed } = run(rowsWith(9), { inverses: (f) => f.map((value) => (value === 0 ? 1 : value)) });
    for (const i of placesOf(layout, 1, 0)) expect(unsealed[i]).toBeGreaterThan(1000);
  });
});
