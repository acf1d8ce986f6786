/** Rows chained by a hash: rows of different hashes may share a chain, so whoever reads it compares. */
export class RowBlocks {
  readonly #last: Int32Array;
  readonly #before: Int32Array;
  readonly #mask: number;

  constructor(rows: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, rows)));
    this.#last = new Int32Array(slots).fill(-1);
    this.#before = new Int32Array(rows).fill(-1);
    this.#mask = slots - 1;
  }

  /** The last row added under a hash, or -1. */
  last(hash: number): number {
    return this.#last[hash & this.#mask] as number;
  }

  /** The row added before this one, or -1. */
  before(row: number): number {
    return this.#before[row] as number;
  }

  add(hash: number, row: number): void {
    const slot = hash & this.#mask;
    this.#before[row] = this.#last[slot] as number;
    this.#last[slot] = row;
  }
}
