import type { PackedClks } from '../clk/clk-file.ts';
import { findCandidates } from '../compare/candidate-search.ts';
import type { RecordBlocks } from '../compare/dice.ts';
import { filtersOf } from '../compare/filters.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import { scoredPairs } from '../linking/run-solver.ts';

/** The CLKs of one data set, and the block ids of each row where it was blocked. */
export interface LinkedSet {
  readonly clks: PackedClks;
  readonly blocks?: readonly (readonly string[])[] | undefined;
}

export interface CompareOptions {
  /** Least Dice similarity of a pair. */
  readonly threshold: number;
  /** At most so many pairs of each row with each other data set, the most alike. */
  readonly top?: number | undefined;
  /** Share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

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
export function comparePairs(sets: readonly LinkedSet[], { threshold, top, onProgress }: CompareOptions): ScoredPairs {
  const numbers = new Map<string, number>();
  const searched = sets.map(({ clks, blocks }) => ({
    filters: filtersOf(clks),
    blocks: blocks && numberBlocks(blocks, numbers),
  }));
  return scoredPairs(findCandidates(searched, { threshold, top }, onProgress));
}
