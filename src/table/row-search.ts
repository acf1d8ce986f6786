/** Rows of a file that are nobody: units below the header, sums, notes or another table below the people. */

import { Sample } from './column-sample.ts';
import type { Table } from './data-table.ts';
import { firstRows, mayBeNobody } from './first-rows.ts';
import { type FullColumn, isGiven, isOfKind } from './full-column.ts';
import { numberOf, parseMeasure } from './numbers.ts';
import { isNoteLike, saysSum } from './sum-words.ts';

/** Fewer rows show nothing. */
const FEWEST_ROWS = 4;
const FEWEST_OF_SUM = 3;
/** Rows that show what a person's row has, and values of a column that show its kind. */
const FEW_ROWS = 8;
const SAMPLE_ROWS = 60;
const SAMPLE_VALUES = 20;
/** Share of rows that have a value in a column for others to be odd without; share of numbers or dates for it to be of those. */
const FULL = 0.95;
const MOSTLY = 0.7;
/** Rows below the people; where there are more, people lack values as well. */
const LAST_ROWS = 50;
/** Rows, and columns of them, in which words for sums are looked for; below, in rows that lack what people have. */
const WORD_ROWS = 10_000;
const WORD_COLUMNS = 6;
/** Columns by which such rows are told. */
const TELLING_COLUMNS = 8;
/** Rows at the end that may be sums without a blank, and rows that are added up for them. */
const TOTAL_ROWS = 5;
const MAX_SUMMED_ROWS = 100_000;
const NEARLY = 1e-6;
const NEARLY_MEAN = 1e-3;
/** A note in a column of names is longer than these. */
const TIMES_AS_LONG = 1.5;
/** Share of rows with such a word that makes it a label. */
const MAX_SUM_SHARE = 0.4;
/** Share of what people have that a note or a sum may have as well. */
const THIRD = 1 / 3;
const COMMENT = /^(?:#|\/\/|%|--)/;

/** How many of so many columns that tell people a sum may have as well. */
const mostParts = (columns: number) => Math.floor((columns - 1) * THIRD);

/** Looks through one table. Rows count from 0. */
class RowSearch {
  readonly #table: Table;
  readonly #rows: number;
  readonly #hasHeader: boolean;
  /** Rows with a word for a sum. */
  readonly #worded: ReadonlySet<number>;
  /** Columns in which nearly every person has a value; those of them that are no numbers, where there are two. */
  #full: readonly FullColumn[] = [];
  #telling: readonly FullColumn[] = [];

  constructor(table: Table, hasHeader: boolean) {
    this.#table = table;
    this.#hasHeader = hasHeader;
    this.#rows = table.rowCount;
    this.#worded = this.#wordedRows();
  }

  found(): number[] {
    if (!this.#isSuspect()) return [];
    this.#full = [...this.#table.columns.keys()].flatMap((column) => this.#fullColumn(column) ?? []);
    const words = this.#full.filter(({ kind }) => kind !== 'number');
    this.#telling = words.length > 1 ? words : this.#full;
    const found = new Set([
      ...firstRows(this.#table, this.#full, this.#hasHeader),
      ...this.#sums(),
      ...this.#secondTable(),
      ...this.#tail(),
    ]);
    return [...found, ...this.#totals(found)].sort((a, b) => a - b);
  }

  /** Whether anything is worth a closer look: a word, a first row that may be nobody, a blank row, an emptier last row, many rows. */
  #isSuspect(): boolean {
    const filled = (row: number) => this.#table.columns.flatMap((_name, column) => this.#value(column, row) || []);
    const some = Array.from({ length: Math.min(FEW_ROWS, this.#rows - 2) }, (_, i) => filled(i + 1).length);
    return (
      this.#worded.size > 0 ||
      this.#rows > WORD_ROWS ||
      mayBeNobody(this.#table) ||
      filled(this.#rows - 1).length < Math.min(...some) ||
      this.#table.rowNumber(this.#rows - 1) > this.#rows
    );
  }

  #value(column: number, row: number): string {
    return this.#table.value(column, row).trim();
  }

  /** Without the first row, which may be units, and the last, which may be notes. */
  #fullColumn(column: number): FullColumn | undefined {
    const end = this.#rows - Math.min(LAST_ROWS, this.#rows >> 2);
    const values: string[] = [];
    let rows = 0;
    for (let row = 1; row < end && rows < SAMPLE_ROWS; row++) {
      if (this.#worded.has(row)) continue;
      rows++;
      const text = this.#value(column, row);
      if (isGiven(text, 'text')) values.push(text);
    }
    if (rows === 0 || values.length < FULL * rows) return undefined;
    const sample = new Sample(values.slice(0, SAMPLE_VALUES), {}, new Date().getFullYear());
    const isDates = sample.dateShare >= MOSTLY && sample.dates.reading.serialDates === 'no';
    const kind = isDates ? 'date' : sample.numberShare >= MOSTLY ? 'number' : 'text';
    if (values.filter((text) => isGiven(text, kind)).length < FULL * rows) return undefined;
    const longest = Math.max(...values.map(({ length }) => length));
    return { column, kind, mark: sample.numbers.reading.decimalMark, longest };
  }

  #has(one: FullColumn, row: number): boolean {
    const text = this.#value(one.column, row);
    return isGiven(text, one.kind) && isOfKind(one, text);
  }

  /** Rows at the end that lack what people have. */
  #tail(): number[] {
    const found: number[] = [];
    if (this.#rows < FEWEST_ROWS) return found;
    for (let row = this.#rows - 1; row > 0 && this.#isNobody(row); row--) {
      if (found.push(row) > Math.min(LAST_ROWS, Math.max(FEWEST_ROWS, this.#rows >> 2))) return [];
    }
    return found;
  }

  #isNobody(row: number): boolean {
    const { length } = this.#telling;
    const has = this.#telling.filter((one) => this.#has(one, row)).length;
    if (length > 2) return has <= Math.max(1, Math.floor(THIRD * length));
    return length === 2 && (has === 0 || (has === 1 && (this.#isNote(row) || this.#isApart(row))));
  }

  /** Whether blank rows stand above. */
  #isApart(row: number): boolean {
    return this.#table.rowNumber(row) - this.#table.rowNumber(row - 1) > 1;
  }

  /** Whether the only text of a row is none of its column's kind. */
  #isNote(row: number): boolean {
    const filled = [...this.#table.columns.keys()].filter((column) => this.#value(column, row) !== '');
    const [column = 0] = filled;
    const text = this.#value(column, row);
    const longest = this.#full.find((one) => one.column === column)?.longest ?? Number.POSITIVE_INFINITY;
    const isSentence = text.length > TIMES_AS_LONG * longest && text.includes(' ');
    return filled.length === 1 && (isNoteLike(text) || isSentence);
  }

  #wordedRows(): Set<number> {
    const columns = [...this.#table.columns.keys()];
    const last = Math.max(0, this.#rows - TOTAL_ROWS);
    const worded = new Set([
      ...this.#wordedBetween(0, Math.min(WORD_ROWS, last), columns.slice(0, WORD_COLUMNS)),
      ...this.#wordedBetween(last, this.#rows, columns),
    ]);
    return worded.size > MAX_SUM_SHARE * this.#rows ? new Set() : worded;
  }

  #wordedBetween(from: number, to: number, columns: readonly number[]): number[] {
    const worded: number[] = [];
    for (let row = from; row < to; row++) if (this.#isWorded(row, columns)) worded.push(row);
    return worded;
  }

  #isWorded(row: number, columns: Iterable<number> = this.#table.columns.keys()): boolean {
    if (this.#isComment(row)) return true;
    for (const column of columns) if (saysSum(this.#value(column, row))) return true;
    return false;
  }

  #isComment(row: number): boolean {
    const { length } = this.#table.columns;
    if (length < 2 || !COMMENT.test(this.#value(0, row))) return false;
    for (let column = 1; column < length; column++) if (this.#value(column, row) !== '') return false;
    return true;
  }

  #sums(): number[] {
    const sums = [...this.#worded].filter((row) => this.#isSum(row));
    // Where one sum stands there are others, and what they lack may be words for nothing.
    const columns = [...this.#table.columns.keys()].filter((column) =>
      sums.some((row) => saysSum(this.#value(column, row))),
    );
    const end = this.#rows - TOTAL_ROWS;
    const below = columns.length === 0 ? [] : this.#wordedBetween(WORD_ROWS, end, columns);
    const bare = this.#emptyRows().filter((row) => this.#isWorded(row));
    return [...sums, ...[...below, ...bare].filter((row) => this.#isSum(row))];
  }

  /** Rows past those in which every word is looked at that lack what a sum lacks: nothing, blanks or dashes stand there. */
  #emptyRows(): number[] {
    const telling = this.#telling.slice(0, TELLING_COLUMNS);
    if (this.#rows <= WORD_ROWS || telling.length < 2) return [];
    // Its word may stand where people have theirs.
    const least = telling.length - mostParts(telling.length) - 1;
    const lacks = new Uint8Array(this.#rows);
    for (const { column } of telling) {
      for (const row of this.#table.emptyRows(column)) lacks[row] = (lacks[row] ?? 0) + 1;
    }
    const found: number[] = [];
    const end = this.#rows - TOTAL_ROWS;
    for (let row = WORD_ROWS; row < end; row++) if ((lacks[row] ?? 0) >= least) found.push(row);
    return found;
  }

  /** Whether a row with a word for it is a sum of all rows, or of those above: it has hardly anything else that people have. */
  #isSum(row: number): boolean {
    const most = mostParts(this.#telling.length);
    const parts = this.#telling.filter((one) => this.#isPart(one, row)).length;
    return this.#isComment(row) || (parts <= most && this.#full.some((one) => !this.#isPart(one, row)));
  }

  /** Whether a row has what people have there, and no word for a sum. */
  #isPart(one: FullColumn, row: number): boolean {
    return this.#has(one, row) && !saysSum(this.#value(one.column, row));
  }

  /** Rows at the end that lack something or are called a sum, and hold the sums of the numbers above. */
  #totals(found: ReadonlySet<number>): number[] {
    const numbers = this.#full.filter(({ kind }) => kind === 'number');
    const last = Array.from({ length: TOTAL_ROWS }, (_, i) => this.#rows - TOTAL_ROWS + i).filter(
      (row) => row > 1 && !found.has(row) && (this.#worded.has(row) || this.#full.some((one) => !this.#has(one, row))),
    );
    if (last.length === 0 || this.#rows > MAX_SUMMED_ROWS) return [];
    return last.filter((row) => this.#isTotal(row, numbers, new Set([...found, ...last])));
  }

  #isTotal(row: number, numbers: readonly FullColumn[], others: ReadonlySet<number>): boolean {
    const here = numbers.filter((one) => this.#has(one, row));
    // A word that stands higher up as well is a label.
    const isNamed = this.#worded.has(row) && [...this.#worded].every((one) => one >= this.#rows - TOTAL_ROWS);
    const isNobody = !this.#full.some((one) => one.kind !== 'number' && this.#isPart(one, row));
    let addsUp = isNamed;
    const holdsSum = (column: FullColumn) => {
      const value = this.#number(column, row);
      let [sum, count, parts, most] = [0, 0, 0, Number.NEGATIVE_INFINITY];
      for (let above = 0; above < row; above++) {
        const number = others.has(above) ? Number.NaN : this.#number(column, above);
        if (Number.isNaN(number)) continue;
        sum += number;
        count++;
        if (number !== 0) parts++;
        most = Math.max(most, number);
      }
      // Of zeros, or of one number among them, people may well have the sum.
      addsUp ||= parts > 1;
      const isNear = (figure: number, share: number) => Math.abs(value - figure) <= share * Math.abs(figure);
      return isNear(sum, NEARLY) || (isNamed && ((isNobody && value > most) || isNear(sum / count, NEARLY_MEAN)));
    };
    return here.length > 0 && here.every(holdsSum) && addsUp;
  }

  #number({ column, mark }: FullColumn, row: number): number {
    const measure = parseMeasure(this.#value(column, row), mark);
    return measure === undefined ? Number.NaN : numberOf(measure);
  }

  /** A table below the table: after blank rows, rows of which each has something else than the columns have, or no number and no date. */
  #secondTable(): number[] {
    const typed = this.#full.filter(({ kind }) => kind !== 'text');
    const misfits = (row: number) =>
      typed.some((one) => isGiven(this.#value(one.column, row)) && !this.#has(one, row)) ||
      (typed.length > 0 && typed.every((one) => this.#value(one.column, row) === ''));
    let first = this.#rows;
    for (let row = this.#rows - 1; row > FEWEST_ROWS && misfits(row); row--) {
      if (this.#isApart(row)) first = row;
    }
    return this.#rows - first < 2 ? [] : Array.from({ length: this.#rows - first }, (_, i) => first + i);
  }
}

/** Rows, from 0, that look like units, sums, notes or another table, and not like people. */
export function findExtraRows(table: Table, hasHeader: boolean): number[] {
  return table.rowCount < FEWEST_OF_SUM ? [] : new RowSearch(table, hasHeader).found();
}
