/** The blocks of rows by number, in a few large lists: a list of texts a row takes many times the memory. */

/** Numbers for the ids of blocks; one of them for several data sets gives equal blocks equal numbers. */
export class BlockNames {
  readonly #numbers = new Map<string, number>();
  readonly #ids: string[] = [];

  numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.#ids.length);
    return this.#ids.push(id) - 1;
  }

  nameOf(number: number): string {
    return this.#ids[number] ?? '';
  }
}

/** The blocks of row `i` are `ids[starts[i]]` up to `ids[starts[i + 1]]`, numbers of `names`. */
export interface RowBlocks {
  readonly names: BlockNames;
  readonly starts: Uint32Array;
  readonly ids: Uint32Array;
}

/** Whole numbers below 2^32, as many as come. */
class NumberList {
  #values = new Uint32Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Uint32Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** A view of those that are there. */
  all(): Uint32Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** Gathers blocks of rows that come in any order. */
export class RowBlocksBuilder {
  readonly #rows = new NumberList();
  readonly #blocks = new NumberList();

  readonly #names: BlockNames;

  constructor(names: BlockNames) {
    this.#names = names;
  }

  add(row: number, id: string): void {
    this.#rows.push(row);
    this.#blocks.push(this.#names.numberOf(id));
  }

  /** @param count rows that there are; a row's blocks keep the order in which they came */
  build(count: number): RowBlocks {
    const rows = this.#rows.all();
    const blocks = this.#blocks.all();
    const starts = new Uint32Array(count + 1);
    for (const row of rows) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
    for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
    const ids = new Uint32Array(blocks.length);
    const next = starts.slice();
    rows.forEach((row, i) => {
      ids[next[row] ?? 0] = blocks[i] ?? 0;
      next[row] = (next[row] ?? 0) + 1;
    });
    return { names: this.#names, starts, ids };
  }
}

/** The ids of a row's blocks. */
export function blocksOfRow({ names, starts, ids }: RowBlocks, row: number): string[] {
  return Array.from(ids.subarray(starts[row], starts[row + 1]), (number) => names.nameOf(number));
}
