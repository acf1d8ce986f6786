/** Most rows of one key that are placed in a band, in bins of as many segments: they stand in different ones. */
export const ROWS_PER_KEY = 4;

/** A hash table of rows by their 4-word keys. */
export interface KeyTable {
  /** For each row the first row with the same key, or -1 where the row has no key. */
  readonly first: Int32Array;
  /** For each row the next row with the same key, or -1. */
  readonly next: Int32Array;
  /** For each first row the number of rows with its key; 0 for others. */
  readonly size: Uint32Array;
  /** The first row whose key equals the four words at `at` of `keys`, or -1. */
  find(keys: Uint32Array, at: number): number;
}

/** True where the four words at `at` are a key, not the four zeros of a row without one. */
export function hasKey(keys: Uint32Array, at: number): boolean {
  return (keys[at] || keys[at + 1] || keys[at + 2] || keys[at + 3]) !== 0;
}

/** `keys`: 4 words a row, row-major, all zero for a row without a key. */
export function keyTable(keys: Uint32Array): KeyTable {
  const rows = keys.length >>> 2;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, rows * 2)))).fill(-1);
  const mask = slots.length - 1;
  const first = new Int32Array(rows).fill(-1);
  const next = new Int32Array(rows).fill(-1);
  const last = new Int32Array(rows);
  const size = new Uint32Array(rows);

  const slotOf = (words: Uint32Array, at: number): number => {
    let slot = (words[at] as number) & mask;
    for (;;) {
      const row = slots[slot] as number;
      if (row < 0) return slot;
      const other = 4 * row;
      if (
        keys[other] === words[at] &&
        keys[other + 1] === words[at + 1] &&
        keys[other + 2] === words[at + 2] &&
        keys[other + 3] === words[at + 3]
      ) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  };

  for (let row = 0; row < rows; row++) {
    if (!hasKey(keys, 4 * row)) continue;
    const slot = slotOf(keys, 4 * row);
    const head = slots[slot] as number;
    if (head < 0) {
      slots[slot] = row;
      first[row] = row;
      last[row] = row;
      size[row] = 1;
    } else {
      first[row] = head;
      next[last[head] as number] = row;
      last[head] = row;
      size[head] = (size[head] as number) + 1;
    }
  }
  return { first, next, size, find: (words, at) => (hasKey(words, at) ? (slots[slotOf(words, at)] as number) : -1) };
}

/**
 * The rows that the protocol has no room for: of rows that share a key it takes at most `limit`, which ones at random
 * (`below(n)`: a uniform integer below n). Returns one byte a row, 1 where the row is left out.
 */
export function rowsOverLimit(
  keys: Uint32Array,
  limit: number,
  below: (bound: number) => number,
): Uint8Array<ArrayBuffer> {
  const { first, next, size } = keyTable(keys);
  const out = new Uint8Array(first.length);
  for (let row = 0; row < first.length; row++) {
    if (first[row] !== row) continue;
    let left = size[row] as number;
    let room = limit;
    if (left <= limit) continue;
    for (let member = row; member >= 0; member = next[member] as number) {
      if (below(left) < room) room--;
      else out[member] = 1;
      left--;
    }
  }
  return out;
}
