import { hash } from 'node:crypto';
import type { TemporaryFiles } from '../disk/temporary-files.ts';
import type { TripleSorter } from '../disk/triple-sorter.ts';
import { ClkSpool, type SpooledSet } from '../queue/clk-spool.ts';
import { entryPlace } from '../queue/plan.ts';
import { eachRowBlock } from './block-file.ts';
import { eachClkPart } from './clk-source.ts';
import type { SetFiles } from './linked-sets.ts';
import type { Terminal } from './terminal.ts';

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
  files: TemporaryFiles,
): Promise<SpooledSet> {
  const spool = new ClkSpool(files);
  const entries = blockEntries(blocks, dataset);
  let [rows, bytesPerClk, blocked] = [0, 0, false];
  // A block file counts, where both have blocks.
  const sink = blockFile === undefined ? entries : undefined;
  const kind = await eachClkPart(
    terminal,
    clks,
    'CLK_JSON',
    (part) => {
      spool.write(part.bits);
      rows += part.rows;
      bytesPerClk = part.bytesPerClk;
    },
    sink,
  );
  blocked = kind === 'clknblocks';
  if (blockFile !== undefined) {
    await eachRowBlock(terminal, blockFile, 'BLOCK_JSON', rows, entries);
    blocked = true;
  }
  return spool.set({ rows, bytesPerClk, blocked });
}
