/** Rows in one block of a column. */
const BLOCK_ROWS = 16_384;

/** Bytes of a value that may be blanks and dashes alone. */
const SHORT = 8;
/** UTF-8 of blanks and dashes: ` `, tab, `-`, no-break space, `–`, `—`. */
const BLANKS = new Set([0x20, 0x09, 0x2d, 0xc2, 0xa0, 0xe2, 0x80, 0x93, 0x94]);

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!BLANKS.has(bytes[i] ?? 0)) return false;
  return true;
}

interface Block {
  /** UTF-8 of the block's values, one after the other. */
  readonly bytes: Uint8Array;
  /** Where each value ends in `bytes`. */
  readonly ends: Uint32Array;
}

const encoder = new TextEncoder();
/** Keeps a byte order mark inside a value, where it is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * One column of text, held as UTF-8 in blocks of 16,384 rows: its own bytes plus 4 bytes a value, where an array of
 * strings takes 20 and more. Append first, then `seal`, then read.
 */
export class ColumnArena {
  readonly #blocks: Block[] = [];
  #bytes = new Uint8Array(1 << 14);
  #ends = new Uint32Array(BLOCK_ROWS);
  #used = 0;
  #rows = 0;

  /** Values appended so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Memory held, in bytes. */
  get byteLength(): number {
    let sum = this.#bytes.byteLength + this.#ends.byteLength;
    for (const block of this.#blocks) sum += block.bytes.byteLength + block.ends.byteLength;
    return sum;
  }

  append(value: string): void {
    const start = this.#used;
    const room = start + 3 * value.length;
    if (room > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(room, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    const bytes = this.#bytes;
    let used = start;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit >= 0x80) {
        used = start + encoder.encodeInto(value, bytes.subarray(start)).written;
        break;
      }
      bytes[used++] = unit;
    }
    this.#used = used;
    this.#ends[this.#rows % BLOCK_ROWS] = used;
    this.#rows++;
    if (this.#rows % BLOCK_ROWS === 0) {
      this.#blocks.push({ bytes: bytes.slice(0, used), ends: this.#ends });
      this.#ends = new Uint32Array(BLOCK_ROWS);
      this.#used = 0;
    }
  }

  /** Ends appending and gives the spare room back. */
  seal(): void {
    const rest = this.#rows % BLOCK_ROWS;
    if (rest > 0) this.#blocks.push({ bytes: this.#bytes.slice(0, this.#used), ends: this.#ends.slice(0, rest) });
    this.#bytes = new Uint8Array(0);
    this.#ends = new Uint32Array(0);
    this.#used = 0;
  }

  /**
   * The value of one row (from 0).
   * @throws `RangeError` outside of the column
   */
  value(row: number): string {
    const block = this.#blocks[Math.floor(row / BLOCK_ROWS)];
    const index = row % BLOCK_ROWS;
    const end = block?.ends[index];
    if (block === undefined || end === undefined) throw new RangeError(`no row ${row} among ${this.#rows}`);
    return decoder.decode(block.bytes.subarray(block.ends[index - 1] ?? 0, end));
  }

  /** Rows, from 0, whose value is empty or a few blanks and dashes: without making texts of any. */
  *emptyRows(): Generator<number, void, undefined> {
    for (const [block, { bytes, ends }] of this.#blocks.entries()) {
      let start = 0;
      for (let i = 0; i < ends.length; i++) {
        const end = ends[i] ?? 0;
        if (end - start <= SHORT && isBlank(bytes, start, end)) yield block * BLOCK_ROWS + i;
        start = end;
      }
    }
  }

  /** Every value in order; several times faster than `value` row by row. */
  *values(): Generator<string, void, undefined> {
    for (const { bytes, ends } of this.#blocks) {
      const text = decoder.decode(bytes);
      const ascii = text.length === bytes.length;
      let start = 0;
      for (const end of ends) {
        yield ascii ? text.slice(start, end) : decoder.decode(bytes.subarray(start, end));
        start = end;
      }
    }
  }
}
