/** What lambda-fold samples of each row, in a file: the bits of all tables, one table after another, each from a byte of its own. */
import { hash } from 'node:crypto';
import type { HasBit } from '../blocking/lambda-fold.ts';
import type { TemporaryFile } from '../disk/temporary-files.ts';
import { HELD, type SorterOptions, type TripleSorter } from '../disk/triple-sorter.ts';

/** Bytes that are written, or read, at a time, unless one row needs more. */
const ROOM = 1 << 20;
const TRIPLE_BYTES = 24;
/** Bytes of a key that a number holds. */
const HALF = 6;
/** Bytes that two numbers hold; of a longer key a hash, by which two of 10^9 are taken for one with a probability of 10^-11. */
const WHOLE = 2 * HALF;
const BITS = Array.from({ length: 256 }, (_, byte) => byte.toString(2).padStart(8, '0'));

export class FoldKeys {
  readonly #positions: readonly (readonly number[])[];
  /** Of a table of a row; all tables sample as many positions. */
  readonly #bytesPerKey: number;
  readonly #bytesPerRow: number;
  readonly #file: TemporaryFile;
  /** Bytes of a file that is read at once where single rows are asked for. */
  readonly #held: number;
  readonly #room: Buffer;
  #length = 0;
  #rows = 0;

  /** @param positions that each table samples */
  constructor(positions: readonly (readonly number[])[], { files, held = HELD }: SorterOptions) {
    this.#held = held * TRIPLE_BYTES;
    this.#positions = positions;
    this.#bytesPerKey = Math.ceil((positions[0]?.length ?? 0) / 8);
    this.#bytesPerRow = this.#bytesPerKey * positions.length;
    this.#file = files.open();
    this.#room = Buffer.alloc(this.#bytesPerRow * this.#rowsAtOnce);
  }

  get tables(): number {
    return this.#positions.length;
  }

  get #rowsAtOnce(): number {
    return Math.max(1, Math.floor(ROOM / Math.max(1, this.#bytesPerRow)));
  }

  /** Takes the next row. */
  add(hasBit: HasBit): void {
    for (const positions of this.#positions) {
      for (let from = 0; from < positions.length; from += 8) {
        let byte = 0;
        const end = Math.min(from + 8, positions.length);
        for (let i = from; i < end; i++) if (hasBit(positions[i] ?? 0)) byte |= 0x80 >>> (i - from);
        this.#room[this.#length++] = byte;
      }
    }
    this.#rows++;
    if (this.#rows % this.#rowsAtOnce === 0) this.#write();
  }

  /** Takes no more. */
  close(): void {
    this.#write();
  }

  #write(): void {
    this.#file.append(this.#room.subarray(0, this.#length));
    this.#length = 0;
  }

  /** Gives a table's keys, two numbers each, with their rows. */
  sortTable(table: number, sorter: TripleSorter): void {
    for (let row = 0; row < this.#rows; row += this.#rowsAtOnce) {
      const rows = Math.min(this.#rowsAtOnce, this.#rows - row);
      this.#file.read(this.#room.subarray(0, rows * this.#bytesPerRow), row * this.#bytesPerRow);
      for (let i = 0; i < rows; i++) {
        const start = i * this.#bytesPerRow + table * this.#bytesPerKey;
        sorter.add(...this.#numbersAt(start), row + i);
      }
    }
  }

  #numbersAt(start: number): [number, number] {
    const size = this.#bytesPerKey;
    if (size > WHOLE) {
      const digest = hash('sha256', this.#room.subarray(start, start + size), 'buffer');
      return [digest.readUIntBE(0, HALF), digest.readUIntBE(HALF, HALF)];
    }
    const first = Math.min(size, HALF);
    return [
      first === 0 ? 0 : this.#room.readUIntBE(start, first),
      size <= HALF ? 0 : this.#room.readUIntBE(start + HALF, size - HALF),
    ];
  }

  /** What gives the blocks of single rows. */
  reader(): (row: number) => string[] {
    const size = this.#bytesPerRow;
    const whole = size * this.#rows <= this.#held ? new Uint8Array(size * this.#rows) : undefined;
    if (whole) this.#file.read(whole, 0);
    const one = new Uint8Array(size);
    const keysOf = (row: number): Uint8Array => {
      if (whole) return whole.subarray(row * size, (row + 1) * size);
      this.#file.read(one, row * size);
      return one;
    };
    return (row) => {
      const keys = keysOf(row);
      return this.#positions.map(({ length }, table) => `${table}${this.#digits(keys, table, length)}`);
    };
  }

  #digits(keys: Uint8Array, table: number, positions: number): string {
    let text = '';
    for (let i = 0; i < this.#bytesPerKey; i++) text += BITS[keys[table * this.#bytesPerKey + i] ?? 0];
    return text.slice(0, positions);
  }
}
