/** Rows of a table that is gone through once and not kept, for seeing which of them are nobody. */

import { numberWords, tCounted } from '../words/format.ts';
import { ColumnArena } from './column-arena.ts';
import { Table } from './data-table.ts';
import { extraRowsWords } from './extra-rows.ts';
import { isSameRow } from './header.ts';
import { findExtraRows } from './row-search.ts';

/** Rows that are kept from the beginning, from the end, and between of those that lack what others have. */
const FIRST_ROWS = 10_000;
const LAST_ROWS = 60;
const EMPTY_ROWS = 20_000;
/** Share of the first rows that have a value in a column which others are odd without, and of such columns that they lack. */
const FULL = 0.95;
const LACKING = 1 / 3;

interface KeptRow {
  /** From 1, blank ones counted. */
  readonly number: number;
  readonly values: readonly string[];
}

const isText = (value: string) => value.trim() !== '';

const SHOWN = 4;

export class RowSample {
  readonly #header: readonly string[] | undefined;
  /** Rows that are the header again, counted, and the first of them. */
  #again = 0;
  readonly #firstAgain: number[] = [];
  readonly #kept: KeptRow[] = [];
  #last: KeptRow[] = [];
  #emptier = 0;
  /** Columns in which nearly all of the first rows have a value. */
  #full: readonly number[] | undefined;
  #rows = 0;

  /** @param header undefined where the table has none */
  constructor(header: readonly string[] | undefined) {
    this.#header = header?.map((name) => name.trim());
  }

  add(values: readonly string[]): void {
    const row = { number: ++this.#rows, values };
    if (!values.some(isText)) return;
    if (this.#header !== undefined && this.#header.length > 1 && isSameRow(values, this.#header)) {
      this.#again++;
      if (this.#firstAgain.length < SHOWN) this.#firstAgain.push(row.number);
      return;
    }
    if (this.#kept.length < FIRST_ROWS) {
      this.#kept.push(row);
      return;
    }
    this.#last.push(row);
    if (this.#last.length < 2 * LAST_ROWS) return;
    for (const passed of this.#last.slice(0, LAST_ROWS)) this.#keepEmpty(passed);
    this.#last = this.#last.slice(LAST_ROWS);
  }

  #keepEmpty(row: KeptRow): void {
    this.#full ??= this.#fullColumns();
    const lacking = this.#full.filter((column) => !isText(row.values[column] ?? '')).length;
    if (this.#emptier === EMPTY_ROWS || lacking === 0 || lacking < Math.floor(LACKING * this.#full.length)) return;
    this.#emptier++;
    this.#kept.push(row);
  }

  #fullColumns(): number[] {
    const columns = this.#kept[0]?.values ?? [];
    const isFull = (column: number) =>
      this.#kept.filter(({ values }) => isText(values[column] ?? '')).length >= FULL * this.#kept.length;
    return [...columns.keys()].filter(isFull);
  }

  /** What is said of rows that are the header again, or look like sums, notes or units; undefined where there are none. */
  extraRows(columns: readonly string[]): string | undefined {
    const said = [this.#headerAgain(), this.#nobody(columns)].flatMap((words) => words ?? []);
    return said.length === 0 ? undefined : said.join(' ');
  }

  #headerAgain(): string | undefined {
    if (this.#again === 0) return undefined;
    const numbers = this.#firstAgain.map((number) => numberWords(number)).join(', ');
    return tCounted(
      '{{count}} row is the header again: {{rows}}.',
      '{{count}} rows are the header again: {{rows}}.',
      this.#again,
      {
        rows: this.#again > SHOWN ? `${numbers}, …` : numbers,
      },
    );
  }

  #nobody(columns: readonly string[]): string | undefined {
    const kept = [...this.#kept, ...this.#last];
    const blank: number[] = [];
    let before = 0;
    for (const { number } of kept) {
      // Rows that are not kept leave no gap behind.
      if (number - before > 1 && number <= FIRST_ROWS) for (let row = before + 1; row < number; row++) blank.push(row);
      before = number;
    }
    const arenas = columns.map((_name, column) => {
      const arena = new ColumnArena();
      for (const { values } of kept) arena.append(values[column] ?? '');
      arena.seal();
      return arena;
    });
    const table = new Table(columns, arenas, blank);
    const rows = findExtraRows(table, this.#header !== undefined);
    return rows.length === 0 ? undefined : extraRowsWords(table, rows, (row) => kept[row]?.number ?? row + 1);
  }
}
