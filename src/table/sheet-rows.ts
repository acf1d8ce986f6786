/** A sheet's cells as text, with the values of merged cells where a person sees them, and what the sheet keeps to itself. */
import type { Cell, CellValue, Sheet } from 'hucre/xlsx';
import { columnName } from './column-name.ts';
import { dateText, numberText } from './number-format.ts';

/** Cells by kind, counted, with the addresses of the first. */
export interface CellCount {
  readonly count: number;
  readonly cells: readonly string[];
}

export interface SheetText {
  readonly rows: string[][];
  /** Formulas whose value is not in the file. */
  readonly uncomputed: CellCount;
  /** Numbers of more digits than a spreadsheet keeps. */
  readonly long: CellCount;
  /** Places in `rows` of those that the sheet does not show, and that hold something. */
  readonly hiddenRows: readonly number[];
  /** Columns that the sheet does not show, and that hold something. */
  readonly hiddenColumns: number;
  /** Merged cells whose value was put into each of their rows. */
  readonly merged: number;
  /** A header of two rows was made one. */
  readonly joinedHeader: boolean;
}

const ADDRESSES = 3;

class Counter implements CellCount {
  count = 0;
  readonly cells: string[] = [];

  add(row: number, column: number): void {
    this.count++;
    if (this.cells.length < ADDRESSES) this.cells.push(`${columnName(column)}${row + 1}`);
  }
}

export type DateSystem = '1900' | '1904';
const DAY_ZERO = {
  '1900': { dayZero: Date.UTC(1899, 11, 31), isDay: false },
  '1904': { dayZero: Date.UTC(1904, 0, 1), isDay: true },
} as const;

function textOf(value: CellValue, format: string | undefined, system: DateSystem): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return numberText(value, format);
  return value instanceof Date ? dateText(value, format, DAY_ZERO[system]) : value;
}

const FIFTEEN_DIGITS = 1e15;

/** Whole numbers of a column past the digits that are kept: past 2^53, or all of them with a zero for the 16th digit. */
function longNumbers(rows: readonly (readonly CellValue[])[], column: number): number[] {
  const long = rows.flatMap((row, i) => {
    const value = row[column];
    return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) >= FIFTEEN_DIGITS
      ? [{ row: i, value }]
      : [];
  });
  const isCut = long.length > 2 && long.every(({ value }) => value % 10 === 0);
  return long.flatMap(({ row, value }) => (isCut || !Number.isSafeInteger(value) ? [row] : []));
}

/** Formulas without a value, and those of a column that are all zero or empty, as programs write them that compute nothing. */
function uncomputedFormulas(cells: ReadonlyMap<string, Cell>): [row: number, column: number][] {
  const zeros = new Map<number, { rows: number[]; others: boolean }>();
  const found: [number, number][] = [];
  for (const [key, { formula, value }] of cells) {
    if (formula === undefined) continue;
    const [row = 0, column = 0] = key.split(',').map(Number);
    const ofColumn = zeros.get(column) ?? { rows: [], others: false };
    zeros.set(column, ofColumn);
    if (value === null) found.push([row, column]);
    else if (value === 0 || value === '') ofColumn.rows.push(row);
    else ofColumn.others = true;
  }
  for (const [column, { rows, others }] of zeros) {
    if (!others && rows.length > 2) found.push(...rows.map((row): [number, number] => [row, column]));
  }
  return found.sort(([a, x], [b, y]) => a - b || x - y);
}

/** Puts a merged cell's value into every row that it spans; returns the cells that reach below a header of two rows. */
function fillMerged(rows: string[][], merges: NonNullable<Sheet['merges']>, header: number | undefined): number {
  const tall = merges.filter(
    ({ startRow, startCol, endRow }) => endRow > startRow && (rows[startRow]?.[startCol] ?? '') !== '',
  );
  for (const { startRow, startCol, endRow } of tall) {
    for (const cells of rows.slice(startRow + 1, endRow + 1)) {
      if ((cells[startCol] ?? '') === '') cells[startCol] = rows[startRow]?.[startCol] ?? '';
    }
  }
  return tall.filter(({ startRow }) => startRow !== header).length;
}

/**
 * Where a header has two rows, the upper one: names of it stand over several columns, and each of those has a name of its own
 * below. A title over everything is none.
 */
function upperHeader(rows: readonly (readonly string[])[], merges: NonNullable<Sheet['merges']>): number | undefined {
  const isFilled = (text: string | undefined) => text !== undefined && text !== '';
  const wide = merges.filter(({ startRow, endRow, startCol, endCol }) => startRow === endRow && endCol > startCol);
  const top = wide.reduce((least, { startRow }) => Math.min(least, startRow), Number.POSITIVE_INFINITY);
  const [upper, lower] = [rows[top], rows[top + 1]];
  if (upper === undefined || lower === undefined || rows[top + 2] === undefined) return undefined;
  const isUnder = wide
    .filter(({ startRow }) => startRow === top)
    .every(({ startCol, endCol }) => lower.slice(startCol, endCol + 1).every(isFilled));
  return isUnder && upper.filter(isFilled).length > 1 ? top : undefined;
}

/** Makes a header of two rows one: `scores` over `2019` and `2020` is `scores 2019`, `scores 2020`. */
function joinHeader(rows: string[][], merges: NonNullable<Sheet['merges']>, top: number): void {
  const names = [...(rows[top] ?? [])];
  for (const { startRow, startCol, endCol } of merges) {
    if (startRow === top) names.fill(names[startCol] ?? '', startCol, endCol + 1);
  }
  const joined = (rows[top + 1] ?? []).map((below, column) => {
    const name = names[column] ?? '';
    return name === '' || name === below ? below : `${name} ${below}`.trim();
  });
  rows.splice(top, 2, joined);
}

export function sheetText(
  { rows: values, cells = new Map(), merges = [], rowDefs, columns = [] }: Sheet,
  system: DateSystem,
): SheetText {
  const rows = values.map((row, r) =>
    row.map((value, c) => textOf(value, cells.size === 0 ? undefined : cells.get(`${r},${c}`)?.style?.numFmt, system)),
  );
  const uncomputed = new Counter();
  for (const [row, column] of uncomputedFormulas(cells)) {
    uncomputed.add(row, column);
    const texts = rows[row];
    if (texts !== undefined) texts[column] = '';
  }
  const long = new Counter();
  for (let column = 0; column < (values[0]?.length ?? 0); column++) {
    for (const row of longNumbers(values, column)) long.add(row, column);
  }
  const header = upperHeader(rows, merges);
  const merged = fillMerged(rows, merges, header);
  const isFilled = (row: number) => rows[row]?.some((text) => text !== '') ?? false;
  const hidden = [...(rowDefs ?? [])].flatMap(([row, def]) => (def.hidden && isFilled(row) ? [row] : []));
  const hiddenColumns = columns.filter((def, c) => def.hidden && rows.some((row) => (row[c] ?? '') !== '')).length;
  if (header !== undefined) joinHeader(rows, merges, header);
  const hiddenRows = header === undefined ? hidden : hidden.map((row) => (row > header ? row - 1 : row));
  return { rows, uncomputed, long, hiddenRows, hiddenColumns, merged, joinedHeader: header !== undefined };
}
