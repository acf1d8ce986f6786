import type { ColumnArena } from './column-arena.ts';

/** A file's rows, column by column. Rows count from 0 here; people count them from 1, blank ones included. */
export class Table {
  readonly #arenas: readonly ColumnArena[];
  readonly #blankRows: readonly number[];

  /**
   * @param columns names, all different
   * @param arenas one sealed arena a column, of equal length
   * @param blankRows numbers (from 1, ascending) of the file's rows that were blank and are not in the arenas
   */
  constructor(
    readonly columns: readonly string[],
    arenas: readonly ColumnArena[],
    blankRows: readonly number[],
  ) {
    this.#arenas = arenas;
    this.#blankRows = blankRows;
  }

  get rowCount(): number {
    return this.#arenas[0]?.rows ?? 0;
  }

  /** Memory held, in bytes. */
  get byteLength(): number {
    return this.#arenas.reduce((sum, arena) => sum + arena.byteLength, 0);
  }

  /** One value as written. Throws `RangeError` outside of the table. */
  value(column: number, row: number): string {
    return this.#arena(column).value(row);
  }

  /** Every value of a column in row order. */
  values(column: number): Iterable<string> {
    return this.#arena(column).values();
  }

  /** Name of a column. Throws `RangeError` where there is none. */
  columnName(column: number): string {
    const name = this.columns[column];
    if (name === undefined) throw new RangeError(`no column ${column} among ${this.columns.length}`);
    return name;
  }

  /** The number people see for a row: its place among the file's data rows, from 1, blank ones counted. */
  rowNumber(row: number): number {
    const blank = this.#blankRows;
    let low = 0;
    let high = blank.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blank[middle] ?? 0) - middle - 1 <= row) low = middle + 1;
      else high = middle;
    }
    return row + low + 1;
  }

  #arena(column: number): ColumnArena {
    const arena = this.#arenas[column];
    if (arena === undefined) throw new RangeError(`no column ${column} among ${this.columns.length}`);
    return arena;
  }
}
