/** Made-up agreements and rows for tests, and the table computed in the clear: the oracle of the sealed tally. */

import type { Agreement, MissingValues, Perturbation } from '../agreement/agreement.ts';
import type { ResultRow } from '../agreement/result.ts';
import { askedFor, STATISTIC_NAMES } from '../agreement/statistics.ts';
import { type TablePlan, tablesOf } from '../agreement/tables.ts';
import { drawLabels, labelsBySlot } from '../psi/labels.ts';
import { combinations, groupLabels } from '../tally/figures.ts';
import { layTally, type TallyLayout } from '../tally/layout.ts';
import type { TallyRows } from '../tally/statistic-vectors.ts';

type Columns = Pick<TallyRows, 'groups' | 'payloads'>;

export interface TallyShape {
  /** Labels of each group column. */
  readonly groups: readonly number[];
  readonly payloads: number;
  readonly dataRows: number;
  readonly minimum: number;
  readonly complete?: boolean;
  readonly perturbation?: Perturbation;
  readonly missingValues?: MissingValues;
  /** Labels of each of the researcher's own columns. */
  readonly strata?: readonly number[];
  /** Left out: one table of all columns. */
  readonly tables?: readonly TablePlan[];
}

export function madeUpAgreement(shape: TallyShape): Agreement {
  const { groups, payloads, dataRows, minimum, complete = false, perturbation, missingValues, strata, tables } = shape;
  const columns = (of: string, sizes: readonly number[]) =>
    sizes.map((labels, i) => ({
      name: `${of} ${i + 1}`,
      labels: Array.from({ length: labels }, (_, j) => `label ${j + 1}`),
    }));
  return {
    terms: {
      version: 1,
      fields: [{ name: 'name', type: 'name' }],
      keys: {
        source: 'minhash',
        seed: '00'.repeat(16),
        bands: [0, 1].map((pick) => ({ fields: [{ field: 0, picks: [pick] }] })),
      },
      agreeingBands: 2,
      groups: columns('group', groups),
      payloads: Array.from({ length: payloads }, (_, i) => ({
        name: `payload ${i + 1}`,
        minimum: i === 0 ? -5 : 0,
        maximum: i === 0 ? 120 : 200_000,
        decimals: i === 0 ? 1 : 2,
        complete,
      })),
      ...(tables && { tables: [...tables] }),
      statistics: askedFor(...STATISTIC_NAMES),
      minimumGroupSize: minimum,
      ...(perturbation && { perturbation }),
      ...(missingValues && { missingValues }),
      dataRows,
      nonce: '11'.repeat(16),
    },
    list: { listRows: dataRows, ...(strata && { strata: columns('stratum', strata) }), nonce: '22'.repeat(16) },
    geometry: { bandsInBundle: 1, bins: 8192, degree: 3, segments: 4 },
  };
}

export function madeUpRows(agreement: Agreement, rows: number, { missing = 0.1 } = {}): TallyRows {
  return {
    groups: agreement.terms.groups.map(({ labels }) =>
      Uint16Array.from({ length: rows }, () => Math.floor(labels.length * Math.random() ** 2)),
    ),
    payloads: agreement.terms.payloads.map((payload) => {
      const largest = Math.round((payload.maximum - payload.minimum) * 10 ** payload.decimals);
      return Float64Array.from({ length: rows }, () =>
        Math.random() < missing ? Number.NaN : Math.floor(Math.random() * (largest + 1)),
      );
    }),
    ...madeUpSlots(rows, layTally(agreement).slots),
  };
}

/** A slot a row and a label a slot. */
export function madeUpSlots(rows: number, slots: number): Pick<TallyRows, 'slotOf' | 'slotLabels'> {
  const { labels, slotOf } = drawLabels(rows, slots);
  return { slotOf, slotLabels: labelsBySlot(labels, slots) };
}

/**
 * Under noise: what each released statistic is without it, in plain arithmetic and in its figure's units, by its index in the
 * layout. `strata`: of each matched row, where the researcher has groups of their own.
 */
export function plaintextUnits(
  agreement: Agreement,
  layout: TallyLayout,
  rows: TallyRows,
  matched: readonly number[],
  strata: readonly number[] = matched.map(() => 0),
): Map<number, bigint> {
  const tables = tablesOf(agreement.terms).map((plan) => groupNumbers(agreement, rows, plan));
  const inStrata = Array.from({ length: layout.strata }, (_, of) => matched.filter((_, i) => strata[i] === of));
  return new Map(
    layout.released.map((index) => {
      const { cell, kind, payload } = layout.statistics[index] as TallyLayout['statistics'][number];
      const { group, table, stratum, payload: present } = layout.cells[cell] as TallyLayout['cells'][number];
      const groupOf = tables[table] as (row: number) => number;
      const own = inStrata[stratum] as number[];
      const among = layout.completeCases ? completeRows(rows, own) : own;
      const members = among.filter(
        (row) => groupOf(row) === group && !(present !== undefined && Number.isNaN(rows.payloads[present]?.[row])),
      );
      if (kind === 'count') return [index, BigInt(members.length)];
      const step = (kind === 'sum' ? layout.noise?.sums : layout.noise?.squares)?.[payload]?.step as bigint;
      const values = members.map((row) => BigInt(rows.payloads[payload]?.[row] as number));
      const units = values.map((value) => (2n * (kind === 'sum' ? value : value * value) + step) / (2n * step));
      return [index, units.reduce((a, b) => a + b, 0n)];
    }),
  );
}

/** Each row's group, as its number in a table. */
function groupNumbers({ terms }: Agreement, rows: Columns, { groups }: TablePlan): (row: number) => number {
  return (row) =>
    groups.reduce(
      (group, i) => group * (terms.groups[i]?.labels.length as number) + (rows.groups[i]?.[row] as number),
      0,
    );
}

const lacks = ({ payloads }: Columns, row: number) => payloads.map((values) => Number.isNaN(values[row]));

function completeRows(rows: Columns, among: readonly number[]): number[] {
  return among.filter((row) => !lacks(rows, row).includes(true));
}

/** Whether some combination of missing values is that of somebody among the rows, but of fewer than the minimum. */
function hasSmallGap(rows: Columns, members: readonly number[], minimum: number): boolean {
  const counts = new Map<string, number>();
  for (const row of members) counts.set(lacks(rows, row).join(), (counts.get(lacks(rows, row).join()) ?? 0) + 1);
  return [...counts.values()].some((count) => count < minimum);
}

/**
 * The exact table over the matched rows, in plain arithmetic, before anything is withheld beside sealed groups. `strata`: of each matched
 * row, where the researcher has groups of their own.
 */
export function plaintextTable(
  agreement: Agreement,
  rows: Columns,
  matched: readonly number[],
  strata: readonly number[] = matched.map(() => 0),
): ResultRow[] {
  const names = combinations(agreement.list.strata ?? []);
  const several = agreement.terms.tables !== undefined;
  return tablesOf(agreement.terms).flatMap((plan, table) =>
    names.flatMap((labels, stratum) => {
      const own = matched.filter((_, i) => strata[i] === stratum);
      const exact = stratumTable(agreement, rows, own, plan);
      const part = several ? wholeOrSealed(agreement, rows, own, { plan, exact }) : exact;
      return part.map((row) => ({
        ...(several && { table }),
        ...row,
        ...(labels.length > 0 && { strata: labels }),
      }));
    }),
  );
}

/** A table of several: sealed where any of its cells, combinations of missing values among them, has somebody but fewer than the minimum. */
function wholeOrSealed(
  agreement: Agreement,
  rows: Columns,
  matched: readonly number[],
  { plan, exact }: { readonly plan: TablePlan; readonly exact: readonly ResultRow[] },
): ResultRow[] {
  const { minimumGroupSize, payloads, missingValues } = agreement.terms;
  const byColumn = missingValues === 'each-column' && payloads.some(({ complete }) => !complete);
  const groupOf = groupNumbers(agreement, rows, plan);
  const among = byColumn ? matched : completeRows(rows, matched);
  const cells = new Map<string, number>();
  const count = (cell: string) => cells.set(cell, (cells.get(cell) ?? 0) + 1);
  for (const row of among) {
    count(`${groupOf(row)}`);
    if (!byColumn) continue;
    count(`${groupOf(row)} lacks ${lacks(rows, row)}`);
    for (const i of plan.payloads) if (!lacks(rows, row)[i]) count(`${groupOf(row)} has ${i}`);
  }
  if (![...cells.values()].some((people) => people < minimumGroupSize)) return [...exact];
  return exact.map(({ labels, payloads: of }) => ({
    labels,
    count: undefined,
    payloads: of.map(({ payload }) => ({ payload, suppressed: true })),
  }));
}

function stratumTable(agreement: Agreement, rows: Columns, matched: readonly number[], plan: TablePlan): ResultRow[] {
  const { terms } = agreement;
  const groupOf = groupNumbers(agreement, rows, plan);
  const several = terms.tables !== undefined;
  return groupLabels(agreement, plan).map((labels, group) => {
    const byColumn = terms.missingValues === 'each-column' && terms.payloads.some(({ complete }) => !complete);
    const members = (byColumn ? matched : completeRows(rows, matched)).filter((row) => groupOf(row) === group);
    const enough = (count: number) => count >= terms.minimumGroupSize || (several && count === 0);
    const smallGap = byColumn && hasSmallGap(rows, members, terms.minimumGroupSize);
    return {
      labels: labels.length > 0 ? labels : ['(all)'],
      count: enough(members.length) ? members.length : undefined,
      payloads: plan.payloads.map((i) => {
        const payload = terms.payloads[i] as Agreement['terms']['payloads'][number];
        const scaled = members.map((row) => rows.payloads[i]?.[row] as number).filter((value) => !Number.isNaN(value));
        if (!enough(scaled.length) || (smallGap && !payload.complete))
          return { payload: payload.name, suppressed: true };
        const sum = scaled.reduce((a, b) => a + BigInt(b), 0n);
        const squares = scaled.reduce((a, b) => a + BigInt(b) * BigInt(b), 0n);
        const n = scaled.length;
        if (n === 0) return { payload: payload.name, suppressed: false, count: 0, sum: 0 };
        const scale = 10 ** payload.decimals;
        const figures = {
          payload: payload.name,
          suppressed: false,
          count: n,
          mean: payload.minimum + Number(sum) / scale / n,
          sum: payload.minimum * n + Number(sum) / scale,
        };
        if (n < 2) return figures;
        return { ...figures, sd: Math.sqrt(Number(BigInt(n) * squares - sum * sum) / (n * (n - 1))) / scale };
      }),
    };
  });
}

/**
 * A plaintext table as `shown` has it, which hides groups by lot: those that it hides beside the sealed ones are hidden here as well, as
 * many as must be and no more than there can be. So a table that shows a sealed group, hides nothing beside it, or is wrong, differs.
 */
export function hiddenAlike(plain: readonly ResultRow[], shown: readonly ResultRow[]): readonly ResultRow[] {
  const strata = [...new Set(plain.map((row) => row.strata?.join()))];
  const of = (rows: readonly ResultRow[], stratum: string | undefined) =>
    rows.filter((row) => row.strata?.join() === stratum);
  return strata.flatMap((stratum) => hiddenAlikeIn(of(plain, stratum), of(shown, stratum)));
}

function hiddenAlikeIn(plain: readonly ResultRow[], shown: readonly ResultRow[]): readonly ResultRow[] {
  const openGroups = plain.filter(({ count }) => count !== undefined).length;
  const withheld = plain.flatMap(({ count }, group) =>
    count !== undefined && shown[group]?.count === undefined ? [group] : [],
  );
  const expected = openGroups === plain.length ? [0, 0] : [Math.min(1, openGroups), Math.min(2, openGroups)];
  if (withheld.length < (expected[0] as number) || withheld.length > (expected[1] as number)) return plain;
  return plain.map((row, group) => {
    if (!withheld.includes(group)) return row;
    const payloads = row.payloads.map(({ payload }) => ({ payload, suppressed: true }));
    return { ...row, count: undefined, payloads };
  });
}
