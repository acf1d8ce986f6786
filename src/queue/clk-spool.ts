import { closeSync, openSync } from 'node:fs';
import { readWhole, writeWhole } from '../disk/whole.ts';

/** A data set on disk: its CLKs packed in a file, its blocks with those of the other sets. */
export interface SpooledSet {
  readonly rows: number;
  readonly bytesPerClk: number;
  readonly blocked: boolean;
  /** The CLKs of so many rows at a time. */
  slices(rowsPerSlice: number): Iterable<Uint8Array>;
}

function* readSlices(file: string, bytes: number, bytesPerSlice: number): Generator<Uint8Array> {
  const handle = openSync(file, 'r');
  try {
    for (let at = 0; at < bytes; ) {
      const slice = new Uint8Array(Math.min(bytesPerSlice, bytes - at));
      readWhole(handle, slice, at);
      at += slice.length;
      yield slice;
    }
  } finally {
    closeSync(handle);
  }
}

/** Takes the CLKs of a data set, one after another, into a file that nobody else may read. */
export class ClkSpool {
  readonly #file: string;
  readonly #handle: number;

  /** @param file must not be there yet; who made its folder takes it away */
  constructor(file: string) {
    this.#file = file;
    this.#handle = openSync(file, 'wx', 0o600);
  }

  write(bits: Uint8Array): void {
    writeWhole(this.#handle, bits);
  }

  close(): void {
    closeSync(this.#handle);
  }

  /** What was written, as a data set. */
  set({ rows, bytesPerClk, blocked }: Omit<SpooledSet, 'slices'>): SpooledSet {
    const file = this.#file;
    return {
      rows,
      bytesPerClk,
      blocked,
      slices: (rowsPerSlice) => readSlices(file, rows * bytesPerClk, rowsPerSlice * bytesPerClk),
    };
  }
}
