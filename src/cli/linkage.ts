import type { SearchOptions } from '../compare/candidate-search.ts';
import type { Measure } from '../compare/dice-bounds.ts';
import { LinkagePool } from '../linking/run-pool.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import type { ClkSet } from './clk-source.ts';
import { type Threads, threadsFor } from './threads.ts';

export interface CompareSettings {
  readonly threshold: number;
  readonly top?: number;
  readonly similarity?: Measure;
  readonly threads?: number;
  /** Comparisons in a part of a run on a queue. */
  readonly part?: number;
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

/**
 * Pairs of rows of different data sets in the order of anonlink; where sets have blocks, those that share one.
 * @throws CompareError when the sets do not fit together
 */
export function comparePairs(
  sets: readonly ClkSet[],
  { threads, threadCount, onProgress = () => {}, ...options }: CompareOptions,
): Promise<ScoredPairs> {
  const searched = sets.map(({ clks, blocks }) => ({
    clks,
    blocks: blocks && { starts: blocks.starts, ids: blocks.ids },
  }));
  let comparisons = 0;
  sets.forEach(({ clks }, i) => {
    for (const other of sets.slice(i + 1)) comparisons += clks.rows * other.clks.rows;
  });
  const { cores, open } = threadsFor(threads, threadCount, comparisons / COMPARISONS_A_THREAD);
  const control = { signal: new AbortController().signal, onProgress };
  return new LinkagePool(cores, open).search(searched, options, control, Number.POSITIVE_INFINITY);
}
