/** Edges that part a column's rows into ranges of about as many rows each. */
import type { RangeEdges } from '../agreement/ranges.ts';
import { t } from '../words/translate.ts';
import { dateReader, holdsDates, numberReader } from './column-readers.ts';
import type { Table } from './data-table.ts';
import { friendlyStep } from './payload-range.ts';
import { TableError } from './table-error.ts';

/** Of the whole extent, how finely an edge is told: it is to be nobody's exact value. */
const FINENESS = 1000;

/**
 * Edges of at most `parts` ranges, by rank of the column's own values: fewer where values are equal. All values lie
 * between the first and the last edge. Numbers are rounded to the column's decimals or a thousandth of its extent,
 * whichever is coarser, dates to the first of a month.
 * @throws `TableError` where the column has fewer than two different values
 */
export function equalParts(table: Table, column: number, parts: number): RangeEdges {
  return holdsDates(table, column) ? dateParts(table, column, parts) : numberParts(table, column, parts);
}

function numberParts(table: Table, column: number, parts: number): number[] {
  const values = [...readValues(table, column, numberReader(table, column))].sort((a, b) => a - b);
  const [least, most] = ends(table, column, values);
  const decimals = Math.min(6, table.profile(column).extent?.decimals ?? 0);
  const { step, places } = friendlyStep(Math.max(10 ** -decimals, (most - least) / FINENESS));
  const rounded = (value: number, round: (steps: number) => number) =>
    Number((round(Number((value / step).toFixed(6))) * step).toFixed(places));
  const first = rounded(least, Math.floor);
  const last = rounded(most, (steps) => Math.floor(steps) + 1);
  const inner = ranks(values, parts).map((value) => rounded(value, Math.round));
  return [...new Set([first, ...inner.filter((edge) => edge > first && edge < last), last])];
}

function dateParts(table: Table, column: number, parts: number): string[] {
  const days = [...readValues(table, column, dateReader(table, column))].sort();
  const [least, most] = ends(table, column, days);
  const first = monthOf(least);
  const inner = ranks(days, parts).map(monthOf);
  return [...new Set([first, ...inner.filter((edge) => edge > first), monthAfter(most)])];
}

function* readValues<Value>(table: Table, column: number, read: (value: string) => Value | undefined) {
  for (const value of table.values(column)) {
    const known = value.trim() === '' ? undefined : read(value);
    if (known !== undefined) yield known;
  }
}

function ends<Value>(table: Table, column: number, sorted: readonly Value[]): [least: Value, most: Value] {
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined || least === most) {
    throw new TableError(
      t('Column “{{column}}” has no two different numbers or dates to make ranges of.', {
        column: table.columnName(column),
      }),
    );
  }
  return [least, most];
}

/** The values at which each part but the first begins. */
function ranks<Value>(sorted: readonly Value[], parts: number): Value[] {
  return Array.from(
    { length: parts - 1 },
    (_, part) => sorted[Math.floor(((part + 1) * sorted.length) / parts)] as Value,
  );
}

/** `yyyymmdd` to the first of its month, `yyyy-mm-01`. */
const monthOf = (day: string) => `${day.slice(0, 4)}-${day.slice(4, 6)}-01`;

function monthAfter(day: string): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)), 1)).toISOString().slice(0, 10);
}
