/**
 * What is counted in one table and stratum: the cells of the tally, what is added up over each, and what its figures are released on.
 *
 * A *cell* is a set of rows: those of a group that have every payload (complete cases), or, where each column is counted by itself,
 * a group, a group and a payload that some rows lack, or a group's rows with one *gap*: one combination of missing values. Figures of
 * a cell open where its count reaches the minimum. Those of a payload that some rows lack open only if, besides, nobody or at
 * least the minimum has each gap: otherwise the difference of two columns would tell of fewer (`missing-values.test.ts`).
 *
 * Several tables over the same rows have the same totals, so that one sealed cell would follow from another table. Where there are
 * several, a table opens whole within a stratum or not at all: each figure only if nobody or at least the minimum is in every cell
 * there, gaps among them.
 */

import type { Terms } from '../agreement/agreement.ts';
import { addsSquares, addsValues } from '../agreement/statistics.ts';
import { MAX_TABLES } from '../agreement/tables.ts';
import { t } from '../words/translate.ts';
import type { LimbPlan } from './limbs.ts';

export interface Cell {
  readonly stratum: number;
  readonly table: number;
  readonly group: number;
  /** The payload whose present values are counted; undefined: the group as a whole. */
  readonly payload: number | undefined;
  /** Rows that lack exactly these payloads. Compared with the minimum, never released. */
  readonly gap?: readonly number[];
}

/** A condition on a figure's release: the cell's count is none of the numbers from `from` up to the minimum. */
export interface Condition {
  readonly cell: number;
  readonly from: 0 | 1;
}

/** What is added up over a cell; or, of an equality, over the copies of b. */
export interface Addition {
  readonly kind: 'count' | 'check' | 'sum' | 'square' | 'equality';
  /** Of sums and squares: the payload, and which limb. */
  readonly payload: number;
  readonly limb: number;
}

export interface FilledCell {
  readonly cell: Cell;
  readonly additions: readonly Addition[];
}

/** Gaps are counted one by one, so there must not be many. */
const MAX_INCOMPLETE = 3;

const incompleteOf = ({ payloads }: Terms) => payloads.flatMap(({ complete }, payload) => (complete ? [] : [payload]));

/** True where rows without some payload count in no figure. */
export function countsCompleteCases(terms: Terms): boolean {
  return terms.missingValues !== 'each-column' || incompleteOf(terms).length === 0;
}

/** Which table, how many groups it has, and which of the agreement's payloads. */
export interface TableCells {
  readonly table: number;
  readonly groups: number;
  readonly payloads: readonly number[];
}

/** A table's cells of the first stratum. `plans`: one a payload; undefined under noise, where every sum is one limb. */
export function cellsOfTable(
  terms: Terms,
  { table, groups, payloads }: TableCells,
  plans: readonly LimbPlan[] | undefined,
): FilledCell[] {
  const byColumn = !countsCompleteCases(terms);
  const gaps = byColumn ? gapsOf(terms) : [];
  return Array.from({ length: groups }, (_, group) => {
    const cellOf = (rows: Pick<Cell, 'payload' | 'gap'>, sums: readonly Addition[]) => ({
      cell: { stratum: 0, table, group, ...rows },
      additions: [...COUNTED, ...sums],
    });
    const [own, apart]: [Addition[], FilledCell[]] = [[], []];
    for (const payload of payloads) {
      const sums = sumsOf(terms, payload, plans?.[payload]);
      if (byColumn && !terms.payloads[payload]?.complete) apart.push(cellOf({ payload }, sums));
      else own.push(...sums);
    }
    return [
      cellOf({ payload: undefined }, own),
      ...apart,
      ...gaps.map((gap) => cellOf({ payload: undefined, gap }, [])),
    ];
  }).flat();
}

const COUNTED: readonly Addition[] = [
  { kind: 'count', payload: -1, limb: 0 },
  { kind: 'check', payload: -1, limb: 0 },
];

function sumsOf({ statistics }: Terms, payload: number, plan: LimbPlan | undefined): Addition[] {
  if (!addsValues(statistics)) return [];
  const limbs = (kind: 'sum' | 'square', count: number) =>
    Array.from({ length: count }, (_, limb) => ({ kind, payload, limb }));
  return [
    ...limbs('sum', plan?.valueLimbs ?? 1),
    ...(addsSquares(statistics) ? limbs('square', plan?.squareLimbs ?? 1) : []),
  ];
}

function gapsOf(terms: Terms): number[][] {
  const incomplete = incompleteOf(terms);
  if (incomplete.length > MAX_INCOMPLETE) {
    throw new RangeError(
      t(
        '{{columns}} columns with missing values cannot each be counted by itself, at most {{most}} can: choose complete cases, or fewer such columns',
        { columns: incomplete.length, most: MAX_INCOMPLETE },
      ),
    );
  }
  if (terms.minimumGroupSize < 3) {
    // A gap that is refused would be one person.
    throw new RangeError(
      t('counting each column by itself takes a minimum group size of 3 or more: choose complete cases'),
    );
  }
  return Array.from({ length: 2 ** incomplete.length }, (_, chosen) =>
    incomplete.filter((_, i) => (chosen >> i) % 2 === 1),
  );
}

/** What each cell's figures are released on. `whole`: there are several tables. */
export function conditionsOf(cells: readonly Cell[], whole: boolean): Condition[][] {
  return whole ? wholeTables(cells) : ownConditions(cells);
}

function wholeTables(cells: readonly Cell[]): Condition[][] {
  const placeOf = ({ stratum, table }: Cell) => stratum * MAX_TABLES + table;
  const tables = new Map<number, Condition[]>();
  for (const [cell, of] of cells.entries()) {
    tables.set(placeOf(of), [...(tables.get(placeOf(of)) ?? []), { cell, from: 1 }]);
  }
  return cells.map((cell) => (cell.gap ? [] : (tables.get(placeOf(cell)) as Condition[])));
}

function ownConditions(cells: readonly Cell[]): Condition[][] {
  return cells.map(({ stratum, group, payload, gap }, cell) => {
    if (gap) return [];
    const own = { cell, from: 0 as const };
    if (payload === undefined) return [own];
    const gaps = cells.flatMap((other, i) =>
      other.stratum === stratum && other.group === group && other.gap ? [{ cell: i, from: 1 as const }] : [],
    );
    return [own, ...gaps];
  });
}
