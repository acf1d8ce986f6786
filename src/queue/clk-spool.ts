import type { TemporaryFile, TemporaryFiles } from '../disk/temporary-files.ts';

/** A data set on disk: its CLKs packed in a file, its blocks with those of the other sets. */
export interface SpooledSet {
  readonly rows: number;
  readonly bytesPerClk: number;
  readonly blocked: boolean;
  /** The CLKs of so many rows at a time. */
  slices(rowsPerSlice: number): Iterable<Uint8Array>;
}

function* readSlices(file: TemporaryFile, bytes: number, bytesPerSlice: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes; ) {
    const slice = new Uint8Array(Math.min(bytesPerSlice, bytes - at));
    file.read(slice, at);
    at += slice.length;
    yield slice;
  }
}

/** Takes the CLKs of a data set, one after another, into a file. */
export class ClkSpool {
  readonly #file: TemporaryFile;

  constructor(files: TemporaryFiles) {
    this.#file = files.open();
  }

  write(bits: Uint8Array): void {
    this.#file.append(bits);
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
