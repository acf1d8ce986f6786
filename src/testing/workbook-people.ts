/** Workbooks of twelve people, and what is read of them. */
import { readTable } from '../table/read-table.ts';
import { summarise } from '../table/summary.ts';
import type { CsvOptions } from '../table/table.ts';
import { type MadeCell, type MadeWorkbook, madeWorkbook, rowsXml } from './made-workbook.ts';

export const NAMES = 'Ann Bob Cid Dora Eve Finn Gus Hal Ivy Jon Kim Lou'.split(' ');
export const HEADER = ['name', 'born', 'income'];
export type Row = readonly MadeCell[];

/** A header and twelve people. */
export const people = (
  cells: (i: number) => Row = (i) => [`1980-02-${10 + i}`, 100 + i],
  header: Row = HEADER,
): Row[] => [header, ...NAMES.map((name, i) => [name, ...cells(i)])];
/** Their rows in XML. */
export const PEOPLE = rowsXml(people());
/** A workbook of one sheet. */
export const sheet = (xml: string, more: Partial<MadeWorkbook> = {}): MadeWorkbook => ({
  sheets: [{ name: 'A', xml }],
  ...more,
});

/** A workbook's table, and what is said and asked about it. */
export async function readWorkbookOf(
  file: Uint8Array<ArrayBuffer> | MadeWorkbook,
  options: Partial<CsvOptions> = {},
  name = 'people.xlsx',
) {
  const bytes = file instanceof Uint8Array ? file : madeWorkbook(file);
  const found = await readTable(new Blob([bytes]), name, options);
  const { table } = found;
  const rows = Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((_c, column) => table.value(column, row)),
  );
  const { problems } = summarise(found, name);
  return {
    table,
    columns: table.columns,
    rows,
    said: problems,
    doubts: found.doubts,
    options: found.options,
  };
}

/** The values of one column whose cells are made for each of twelve people. */
export async function valuesOf(
  cells: (i: number) => MadeCell,
  more: Partial<MadeWorkbook> = {},
  options: Partial<CsvOptions> = {},
) {
  const found = await readWorkbookOf(sheet(rowsXml(people((i) => [cells(i)], ['name', 'value'])), more), {
    header: true,
    ...options,
  });
  return found.rows.map(([, value]) => value);
}

/** `people()` as they are read. */
export const PLAIN_ROWS = NAMES.map((name, i) => [name, `1980-02-${10 + i}`, String(100 + i)]);
