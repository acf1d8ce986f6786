import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { TripleSorter } from '../disk/triple-sorter.ts';
import { entryPlace } from '../queue/plan.ts';
import { eachRowBlock } from './block-file.ts';
import { eachClkPart } from './clk-source.ts';
import type { SetFiles } from './linked-sets.ts';
import type { Terminal } from './terminal.ts';

/** A data set on disk: its CLKs packed in a file, its blocks with those of the other sets. */
export interface SpooledSet {
  readonly rows: number;
  readonly bytesPerClk: number;
  readonly blocked: boolean;
  /** The CLKs of so many rows at a time. */
  slices(rowsPerSlice: number): Iterable<Uint8Array>;
}

/** Bytes of a block's name that tell it from others: of 10^9 blocks, two are taken for one with a probability of 10^-11. */
const NAME_BYTES = 12;

function blockEntries(blocks: TripleSorter, dataset: number): { add(row: number, id: string): void } {
  return {
    add: (row, id) => {
      const name = hash('sha256', id, 'buffer');
      const half = NAME_BYTES / 2;
      blocks.add(name.readUIntBE(0, half), name.readUIntBE(half, half), entryPlace(dataset, row));
    },
  };
}

function* readSlices(file: string, bytes: number, bytesPerSlice: number): Generator<Uint8Array> {
  const handle = openSync(file, 'r');
  try {
    for (let at = 0; at < bytes; ) {
      const slice = new Uint8Array(Math.min(bytesPerSlice, bytes - at));
      for (let got = 0; got < slice.length; ) {
        const length = readSync(handle, slice, got, slice.length - got, at + got);
        if (length === 0) throw new Error(`${file} was cut short while it was read. Is the disk full?`);
        got += length;
      }
      at += slice.length;
      yield slice;
    }
  } finally {
    closeSync(handle);
  }
}

/**
 * Reads a data set of a linkage onto disk.
 * @param dataset its number
 * @param blocks gets where its rows are: two numbers that name a block, then data set and row
 * @throws CommandError that names the file, the row, and what is wrong
 */
export async function spoolSet(
  terminal: Terminal,
  { clks, blocks: blockFile }: SetFiles,
  dataset: number,
  blocks: TripleSorter,
  folder: string,
): Promise<SpooledSet> {
  const file = join(folder, `clks-${dataset}`);
  const handle = openSync(file, 'wx', 0o600);
  const entries = blockEntries(blocks, dataset);
  let [rows, bytesPerClk, blocked] = [0, 0, false];
  try {
    // A block file counts, where both have blocks.
    const sink = blockFile === undefined ? entries : undefined;
    const kind = await eachClkPart(
      terminal,
      clks,
      'CLK_JSON',
      (part) => {
        for (let at = 0; at < part.bits.length; ) at += writeSync(handle, part.bits, at);
        rows += part.rows;
        bytesPerClk = part.bytesPerClk;
      },
      sink,
    );
    blocked = kind === 'clknblocks';
  } finally {
    closeSync(handle);
  }
  if (blockFile !== undefined) {
    await eachRowBlock(terminal, blockFile, 'BLOCK_JSON', rows, entries);
    blocked = true;
  }
  return {
    rows,
    bytesPerClk,
    blocked,
    slices: (rowsPerSlice) => readSlices(file, rows * bytesPerClk, rowsPerSlice * bytesPerClk),
  };
}
