import { type ColumnProfile, profileColumn } from './column-profile.ts';
import type { ColumnReading, ColumnSettings } from './column-settings.ts';
import { type ColumnSource, DerivedColumn } from './column-source.ts';
import { normaliseWord } from './missing-words.ts';

/** Spreadsheets count days since the beginning of 1900, or of 1904. */
export type DayCount = '1900' | '1904';

/** White space that may stand around a value that stands for none. */
const SPARE = 16;

/**
 * A file's rows, column by column, and how each column is read. Rows count from 0 here; people count them from 1, blank
 * ones included.
 */
export class Table {
  readonly #arenas: readonly ColumnSource[];
  readonly #blankRows: ArrayLike<number>;
  readonly #settings: ReadonlyMap<number, ColumnSettings>;
  readonly #readings = new Map<number, ColumnReading>();

  /**
   * @param columns names, all different
   * @param arenas the values of each column, of equal length
   * @param blankRows numbers (from 1, ascending) of the file's rows that were blank or left out, and are not in the arenas
   * @param settings what a person decided about columns
   * @param days since when the file counts days that it has as numbers
   */
  constructor(
    readonly columns: readonly string[],
    arenas: readonly ColumnSource[],
    blankRows: ArrayLike<number>,
    settings: ReadonlyMap<number, ColumnSettings> = new Map(),
    readonly days: DayCount = '1900',
  ) {
    this.#arenas = arenas;
    this.#blankRows = blankRows;
    this.#settings = settings;
  }

  /** The same rows, one column read as a person decided. */
  decided(column: number, settings: ColumnSettings): Table {
    return new Table(
      this.columns,
      this.#arenas,
      this.#blankRows,
      new Map([...this.#settings, [column, settings]]),
      this.days,
    );
  }

  settings(column: number): ColumnSettings {
    return this.#settings.get(column) ?? {};
  }

  /** What a column's values look like; takes a pass over them, or two. */
  profile(column: number): ColumnProfile {
    const arena = this.#arena(column);
    const name = this.columnName(column);
    const settings = this.settings(column);
    const read = (decided: ColumnSettings) => profileColumn(name, () => arena.values(), decided);
    const found = read(settings);
    const isOther = found.reading.serialDates !== 'no' && settings.serialDates === undefined && this.days !== '1900';
    const profile = isOther ? read({ ...settings, serialDates: this.days }) : found;
    this.#readings.set(column, profile.reading);
    return profile;
  }

  /** How a column is read: as decided, or as its values show. */
  reading(column: number): ColumnReading {
    return this.#readings.get(column) ?? this.profile(column).reading;
  }

  get rowCount(): number {
    return this.#arenas[0]?.rows ?? 0;
  }

  /** Memory held, in bytes. */
  get byteLength(): number {
    return this.#arenas.reduce((sum, arena) => sum + arena.byteLength, 0);
  }

  /**
   * One value as written.
   * @throws `RangeError` outside of the table
   */
  value(column: number, row: number): string {
    return this.#arena(column).value(row);
  }

  /** Every value of a column in row order, empty where it stands for no value. */
  values(column: number): Iterable<string> {
    const { missing } = this.reading(column);
    const values = this.#arena(column).values();
    return missing.size === 0 ? values : present(values, missing);
  }

  /** Rows, from 0, in which a column has nothing, or a few blanks and dashes. */
  emptyRows(column: number): Iterable<number> {
    return this.#arena(column).emptyRows();
  }

  /**
   * Name of a column.
   * @throws `RangeError` where there is none
   */
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

  /** The same file, which counts its days so. */
  countingDays(days: DayCount): Table {
    return new Table(this.columns, this.#arenas, this.#blankRows, this.#settings, days);
  }

  /** The same file with other values: `change` gives each column anew. */
  withColumns(change: (source: ColumnSource, column: number) => ColumnSource): Table {
    return new Table(this.columns, this.#arenas.map(change), this.#blankRows, this.#settings, this.days);
  }

  /**
   * The same file with one column more, the last.
   * @throws `RangeError` where there is one of this name
   */
  withColumn(name: string, make: (sources: readonly ColumnSource[]) => ColumnSource): Table {
    if (this.columns.includes(name)) throw new RangeError(`there is a column “${name}” already`);
    const arenas = [...this.#arenas, make(this.#arenas)];
    return new Table([...this.columns, name], arenas, this.#blankRows, this.#settings, this.days);
  }

  /** What was decided about columns from this one on is forgotten. */
  undecidedFrom(column: number): Table {
    const settings = new Map([...this.#settings].filter(([decided]) => decided < column));
    return new Table(this.columns, this.#arenas, this.#blankRows, settings, this.days);
  }

  /** The same file with some of its rows: `kept` are their numbers from 0, ascending. */
  withRows(kept: Uint32Array): Table {
    const gone = new Uint32Array(this.#blankRows.length + this.rowCount - kept.length);
    gone.set(this.#blankRows);
    let used = this.#blankRows.length;
    for (let row = 0, next = 0; row < this.rowCount; row++) {
      if (kept[next] === row) next++;
      else gone[used++] = this.rowNumber(row);
    }
    return new Table(
      this.columns,
      this.#arenas.map((source) => new DerivedColumn(source, kept)),
      gone.sort(),
      this.#settings,
      this.days,
    );
  }

  #arena(column: number): ColumnSource {
    const arena = this.#arenas[column];
    if (arena === undefined) throw new RangeError(`no column ${column} among ${this.columns.length}`);
    return arena;
  }
}

function* present(values: Iterable<string>, missing: ReadonlySet<string>): Generator<string, void, undefined> {
  const longest = Math.max(...Array.from(missing, ({ length }) => length)) + SPARE;
  for (const value of values) {
    yield value.length <= longest && missing.has(normaliseWord(value)) ? '' : value;
  }
}
