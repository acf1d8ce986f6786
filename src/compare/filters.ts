/** Bloom filters ready for comparing: packed one after another, with the number of set bits of each. */
export interface FilterSet {
  /** `bytesPerFilter` bytes a filter; bit 0 of a filter is the top bit of its first byte. */
  readonly bits: Uint8Array;
  readonly bytesPerFilter: number;
  readonly rows: number;
  readonly popcounts: Uint32Array;
}

/** Packed CLKs as the encoder and the reader of CLK files give them. */
export interface PackedFilters {
  readonly rows: number;
  readonly bits: Uint8Array;
  readonly bytesPerClk: number;
  readonly popcounts?: Uint32Array;
}

/** Data that cannot be compared. */
export class CompareError extends Error {
  override readonly name = 'CompareError';
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0;
  for (let rest = byte; rest > 0; rest >>= 1) ones += rest & 1;
  return ones;
});

/** Set bits of each filter. */
export function countSetBits(bits: Uint8Array, bytesPerFilter: number, rows: number): Uint32Array {
  const popcounts = new Uint32Array(rows);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    let ones = 0;
    for (const end = at + bytesPerFilter; at < end; at++) ones += ONES[bits[at] ?? 0] ?? 0;
    popcounts[row] = ones;
  }
  return popcounts;
}

/**
 * CLKs made ready for comparing; their bytes are not copied.
 * @throws CompareError when there are more or fewer bytes than rows need
 */
export function filtersOf({ rows, bits, bytesPerClk, popcounts }: PackedFilters): FilterSet {
  if (bits.length !== rows * bytesPerClk) {
    throw new CompareError(
      `${rows} CLKs of ${bytesPerClk} bytes need ${rows * bytesPerClk}; there are ${bits.length}.`,
    );
  }
  return { bits, bytesPerFilter: bytesPerClk, rows, popcounts: popcounts ?? countSetBits(bits, bytesPerClk, rows) };
}
