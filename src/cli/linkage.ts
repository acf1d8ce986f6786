import type { PackedClks } from '../clk/clk-file.ts';
import type { SearchOptions } from '../compare/candidate-search.ts';
import type { RecordBlocks } from '../compare/dice.ts';
import { LinkagePool } from '../linking/run-pool.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import { type Threads, threadsFor } from './threads.ts';

/** The CLKs of one data set, and the block ids of each row where it was blocked. */
export interface LinkedSet {
  readonly clks: PackedClks;
  readonly blocks?: readonly (readonly string[])[] | undefined;
}

export interface CompareOptions extends SearchOptions {
  readonly threads: Threads;
  /** How many of them; as many as the work is worth unless given. */
  readonly threadCount?: number | undefined;
  /** Share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Comparisons that are worth a thread: about a fifth of a second. */
const COMPARISONS_A_THREAD = 1 << 24;

/** Blocks by number; one map for all data sets gives equal blocks equal numbers. */
function numberBlocks(blocks: readonly (readonly string[])[], numbers: Map<string, number>): RecordBlocks {
  const starts = new Uint32Array(blocks.length + 1);
  const ids: number[] = [];
  blocks.forEach((ofRow, row) => {
    for (const block of ofRow) {
      const number = numbers.get(block) ?? numbers.size;
      numbers.set(block, number);
      ids.push(number);
    }
    starts[row + 1] = ids.length;
  });
  return { starts, ids: Uint32Array.from(ids) };
}

/**
 * Pairs of rows of different data sets in the order of anonlink; where sets have blocks, those that share one.
 * @throws CompareError when the sets do not fit together
 */
export function comparePairs(
  sets: readonly LinkedSet[],
  { threads, threadCount, onProgress = () => {}, ...options }: CompareOptions,
): Promise<ScoredPairs> {
  const numbers = new Map<string, number>();
  const searched = sets.map(({ clks, blocks }) => ({ clks, blocks: blocks && numberBlocks(blocks, numbers) }));
  let comparisons = 0;
  sets.forEach(({ clks }, i) => {
    for (const other of sets.slice(i + 1)) comparisons += clks.rows * other.clks.rows;
  });
  const { cores, open } = threadsFor(threads, threadCount, comparisons / COMPARISONS_A_THREAD);
  const control = { signal: new AbortController().signal, onProgress };
  return new LinkagePool(cores, open).search(searched, options, control, Number.POSITIVE_INFINITY);
}
