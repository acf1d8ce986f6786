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
