import type { Table } from './data-table.ts';
import { dateOrderOf, parseDate } from './dates.ts';
import { decimalMarkOf, numberOf, parseDecimal } from './numbers.ts';

/** Reads a column's values as numbers, as the column writes them; undefined for what is none. */
export function numberReader(table: Table, column: number): (value: string) => number | undefined {
  const mark = decimalMarkOf(table.values(column));
  return (value) => {
    const decimal = parseDecimal(value, mark);
    return decimal === undefined ? undefined : numberOf(decimal);
  };
}

/** Reads a column's values as dates `yyyymmdd`, as the column writes them; undefined for what is none. */
export function dateReader(table: Table, column: number): (value: string) => string | undefined {
  const order = dateOrderOf(table.values(column));
  return (value) => parseDate(value, order);
}
