/** Noise and rounding under encryption, where the researcher has groups of their own and where there are several tables. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Perturbation } from '../agreement/agreement.ts';
import type { PayloadFigures, ResultRow } from '../agreement/result.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { randomPermutation } from '../seal/random.ts';
import {
  hiddenAlike,
  madeUpAgreement,
  madeUpRows,
  plaintextTable,
  plaintextUnits,
  type TallyShape,
} from '../testing/made-up-tally.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { TallyParties } from '../testing/tally-parties.ts';
import { resultRows } from './figures.ts';
import type { TallyLayout } from './layout.ts';

let parties: TallyParties;
beforeAll(async () => {
  parties = await TallyParties.create(await testContexts());
}, 60_000);

const STRATA: Omit<TallyShape, 'perturbation'> = { groups: [5], payloads: 2, dataRows: 1500, minimum: 10, strata: [2] };
const TABLES: Omit<TallyShape, 'perturbation'> = {
  ...STRATA,
  groups: [4, 3],
  tables: [
    { groups: [0], payloads: [0, 1] },
    { groups: [1], payloads: [1] },
    { groups: [], payloads: [0] },
  ],
};

/** 300 matched rows by turns in two strata; in the first stratum five at most are in the last group of the first column. */
function play(shape: Omit<TallyShape, 'perturbation'>, perturbation: Perturbation) {
  const agreement = madeUpAgreement({ ...shape, perturbation });
  const rows = madeUpRows(agreement, shape.dataRows, { missing: shape.missingValues ? 0.3 : 0.05 });
  const last = (shape.groups[0] as number) - 1;
  let few = 0;
  const drawn = Array.from(randomPermutation(shape.dataRows).slice(0, 300), (row, i) => ({ row, stratum: i % 2 }));
  const kept = drawn.filter(({ row, stratum }) => stratum === 1 || rows.groups[0]?.[row] !== last || few++ < 5);
  const [matched, strata] = [kept.map(({ row }) => row), kept.map(({ stratum }) => stratum)];
  const played = parties.run(agreement, rows, matched, { strata });
  const matches = [0, 1].map((of) => strata.filter((stratum) => stratum === of).length);
  return {
    ...played,
    plain: plaintextTable(agreement, rows, matched, strata),
    unitsOf: () => plaintextUnits(agreement, played.layout, rows, matched, strata),
    table: resultRows(agreement, played.layout, played.released, matches, () => 0.5),
  };
}

const NOISE: Perturbation = { kind: 'noise', epsilonThousandths: 4000 };
const p = BigInt(PLAIN_MODULUS);
const signed = (residue: number) => (residue > PLAIN_MODULUS / 2 ? residue - PLAIN_MODULUS : residue);

describe.each<[string, Omit<TallyShape, 'perturbation'>]>([
  ['two strata', STRATA],
  ['two strata, each column by itself', { ...STRATA, groups: [3], missingValues: 'each-column' }],
  ['three tables in two strata', TABLES],
])('under noise, %s', (_what, shape) => {
  it('every opened figure is the plaintext plus what the owner drew, and sealed is what exact counts seal', () => {
    const { layout, pads, released, sealed, unitsOf, plain, table } = play(shape, NOISE);
    const units = unitsOf();
    expect(new Set(layout.cells.map(({ stratum }) => stratum))).toEqual(new Set([0, 1]));
    for (const [slot, index] of layout.released.entries()) {
      const value = released[slot];
      expect(value === undefined).toBe(sealed[slot]);
      const due = ((units.get(index) as bigint) + BigInt(pads.noise[index] as number)) % p;
      if (value !== undefined) expect(BigInt(value)).toBe(due);
    }
    const noiseOf = (row: number): number => {
      const cells = layout.cells.flatMap((c, i) => (c.payload === undefined && !c.gap ? [{ ...c, cell: i }] : []));
      // The result goes table by table, the layout stratum by stratum.
      const { cell } = cells.toSorted((a, b) => a.table - b.table || a.stratum - b.stratum)[row] as { cell: number };
      const index = layout.statistics.findIndex((s) => s.cell === cell && s.kind === 'count');
      return signed(pads.noise[index] as number);
    };
    expect(table.map(({ count }) => count)).toEqual(
      plain.map(({ count }, row) => (count === undefined ? undefined : count + noiseOf(row))),
    );
    expect(table.some(({ count }) => count === undefined)).toBe(true);
    expect(pads.noise.some((noise) => noise !== 0)).toBe(true);
    expectNoNoiseOnChecks(layout, pads.noise);
  });
});

function expectNoNoiseOnChecks({ statistics }: TallyLayout, noise: Float64Array): void {
  const own = statistics.flatMap(({ kind }, i) => (kind === 'check' || kind === 'equality' ? [noise[i]] : []));
  expect(new Set(own)).toEqual(new Set([0]));
}

const BASE = 5;
const toBase = (count: number) => BASE * Math.floor(count / BASE + 0.5);
const toDecimals = (value: number, decimals: number) => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** Counts to the base; mean and deviation to the values' decimals; the sum from both. */
function rounded({ payloads, count, ...row }: ResultRow): ResultRow {
  const figures = (of: PayloadFigures, decimals: number): PayloadFigures => {
    if (of.count === undefined) return of;
    const [people, mean] = [toBase(of.count), of.mean === undefined ? undefined : toDecimals(of.mean, decimals)];
    return {
      payload: of.payload,
      suppressed: false,
      count: people,
      ...(mean !== undefined && { mean, sum: toDecimals(people * mean, decimals) }),
      ...(of.sd !== undefined && { sd: toDecimals(of.sd, decimals) }),
    };
  };
  return {
    ...row,
    count: count === undefined ? undefined : toBase(count),
    payloads: payloads.map((of) => figures(of, of.payload === 'payload 1' ? 1 : 2)),
  };
}

describe.each<[string, Omit<TallyShape, 'perturbation'>]>([
  ['two strata', STRATA],
  ['three tables in two strata', TABLES],
])('rounded, %s', (_what, shape) => {
  it('the table is that of the plaintext, rounded after withholding', () => {
    const { table, plain, sealed } = play(shape, { kind: 'rounding', base: BASE });
    const exact = shape.tables ? plain : hiddenAlike(plain, table);
    expect(table).toEqual(exact.map(rounded));
    expect(sealed.includes(true) && sealed.includes(false)).toBe(true);
    expect(table.every(({ count = 0 }) => count % BASE === 0)).toBe(true);
  });
});
