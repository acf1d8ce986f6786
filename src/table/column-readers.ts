import type { Table } from './data-table.ts';
import { parseDate } from './dates.ts';
import { numberOf, readNumber } from './numbers.ts';

/** Reads a column's values as numbers, as the column writes them; undefined for what is none. */
export function numberReader(table: Table, column: number): (value: string) => number | undefined {
  const reading = table.reading(column);
  return (value) => {
    const decimal = readNumber(value, reading);
    return decimal === undefined ? undefined : numberOf(decimal);
  };
}

/** Reads a column's values as dates `yyyymmdd`, as the column writes them; undefined for what is none. */
export function dateReader(table: Table, column: number): (value: string) => string | undefined {
  const reading = table.reading(column);
  return (value) => parseDate(value, reading);
}

/** Values looked at to see what a column holds. */
const LOOKED_AT = 200;

/** Whether most of a column's values are dates. */
export function holdsDates(table: Table, column: number): boolean {
  const read = dateReader(table, column);
  let filled = 0;
  let dates = 0;
  for (const value of table.values(column)) {
    if (value.trim() === '') continue;
    if (read(value) !== undefined) dates++;
    if (++filled === LOOKED_AT) break;
  }
  return 2 * dates > filled;
}
