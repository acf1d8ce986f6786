import { BlockNames } from '../blocking/row-blocks.ts';
import { readBlockFile } from './block-file.ts';
import { type ClkSet, readClkSet } from './clk-source.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** A file of CLKs, and the block file that belongs to it. */
export interface SetFiles {
  readonly clks: string;
  readonly blocks?: string | undefined;
}

/** @throws UsageError for fewer than two files */
export function checkCount(files: readonly SetFiles[]): void {
  if (files.length < 2) throw new UsageError('At least two files of CLKs are needed, one of each party.');
}

/**
 * Reads the data sets of a linkage.
 * @throws UsageError for fewer than two, or a file that is not there; CommandError for files that do not fit together
 */
export async function readLinkedSets(terminal: Terminal, files: readonly SetFiles[]): Promise<ClkSet[]> {
  checkCount(files);
  const names = new BlockNames();
  const sets: ClkSet[] = [];
  for (const { clks: name, blocks: blockName } of files) {
    const set = await readClkSet(terminal, name, 'CLK_JSON', names);
    if (blockName === undefined) sets.push(set);
    else {
      const blocks = await readBlockFile(terminal, blockName, 'BLOCK_JSON', set.clks.rows, names);
      sets.push({ clks: set.clks, blocks });
    }
  }
  checkSets(
    sets.map(({ clks: { rows, bytesPerClk }, blocks }) => ({ rows, bytesPerClk, blocked: blocks !== undefined })),
  );
  return sets;
}

/** @throws CommandError for data sets that do not fit together */
export function checkSets(
  sets: readonly { readonly rows: number; readonly bytesPerClk: number; readonly blocked: boolean }[],
): void {
  const filled = sets.filter(({ rows }) => rows > 0);
  const lengths = new Set(filled.map(({ bytesPerClk }) => bytesPerClk));
  if (lengths.size > 1) {
    throw new CommandError(
      `The CLKs have different lengths (${[...lengths].map((bytes) => `${bytes * 8} bits`).join(', ')}). All parties must use one schema.`,
    );
  }
  const blocked = sets.filter((set) => set.blocked).length;
  if (blocked > 0 && blocked < sets.length) {
    throw new CommandError('Some data sets have blocks and some have none. Give blocks for all, or for none.');
  }
}
