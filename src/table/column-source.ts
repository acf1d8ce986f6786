/** One column's values, wherever they come from. */
export interface ColumnSource {
  readonly rows: number;
  /** Memory held, in bytes. */
  readonly byteLength: number;
  /**
   * The value of one row (from 0).
   * @throws `RangeError` outside of the column
   */
  value(row: number): string;
  /** Every value in order. */
  values(): Iterable<string>;
  /** Rows, from 0, whose value is empty or a few blanks and dashes. */
  emptyRows(): Iterable<number>;
}

const EMPTY = /^[\s–—-]{0,8}$/;
/** Goes through all values, for sources that know no quicker way. */
export function* rowsWithout(values: Iterable<string>): Generator<number, void, undefined> {
  let row = 0;
  for (const value of values) {
    if (EMPTY.test(value)) yield row;
    row++;
  }
}

/** A column with fewer rows, other values, or both. Holds nothing itself: values are made as they are asked for. */
export class DerivedColumn implements ColumnSource {
  readonly #source: ColumnSource;
  readonly #kept: Uint32Array | undefined;
  readonly #change: (value: string) => string;

  /**
   * @param kept rows of the source that stay, ascending; undefined: all
   * @param change what becomes of a value
   */
  constructor(
    source: ColumnSource,
    kept: Uint32Array | undefined,
    change: (value: string) => string = (value) => value,
  ) {
    this.#source = source;
    this.#kept = kept;
    this.#change = change;
  }

  get rows(): number {
    return this.#kept?.length ?? this.#source.rows;
  }

  get byteLength(): number {
    return this.#source.byteLength;
  }

  value(row: number): string {
    const place = this.#kept === undefined ? row : this.#kept[row];
    if (place === undefined) throw new RangeError(`no row ${row} among ${this.rows}`);
    return this.#change(this.#source.value(place));
  }

  emptyRows(): Iterable<number> {
    return rowsWithout(this.values());
  }

  *values(): Generator<string, void, undefined> {
    const change = this.#change;
    if (this.#kept === undefined) {
      for (const value of this.#source.values()) yield change(value);
      return;
    }
    let row = 0;
    let next = 0;
    for (const value of this.#source.values()) {
      if (row++ !== this.#kept[next]) continue;
      yield change(value);
      next++;
    }
  }
}
