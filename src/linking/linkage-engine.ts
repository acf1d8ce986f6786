import type { ProbabilisticOptions } from '../compare/probabilistic-solver.ts';
import { numberWords } from '../words/format.ts';
import type { ClkUpload } from './clk-upload.ts';
import { LinkingError } from './linking-error.ts';
import type { Groups, Permutations, ScoredPairs } from './run-result.ts';
import { SAID, said } from './said.ts';

/** Pairs that fit into a page's memory with all that is done with them. */
export const MAX_PAIRS = 30_000_000;

export const tooManyPairs = (most: number, threshold: number): LinkingError =>
  new LinkingError(said(SAID.tooManyPairs, { most: numberWords(most), threshold: numberWords(threshold) }));

/**
 * Whether uploads have blocks.
 * @throws LinkingError where only some have
 */
export function areBlocked(uploads: readonly ClkUpload[]): boolean {
  const blocked = uploads.filter(({ blocks }) => blocks !== undefined).length;
  if (blocked !== 0 && blocked !== uploads.length) {
    throw new LinkingError(SAID.someBlocks);
  }
  return blocked > 0;
}

export interface EngineControl {
  readonly signal: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** The computing of a run, wherever it happens: in workers on all cores on the linkage unit's page, or on the queue of its server. */
export interface LinkageEngine {
  /**
   * All pairs of rows of different data sets with Dice similarity at or above the threshold; where data sets have
   * blocks, only pairs that share one. Order: similarity falling, then party and row of the first, then of the second.
   */
  compare(sets: readonly ClkUpload[], threshold: number, control: EngineControl): Promise<ScoredPairs>;
  /** Groups of rows that are one person, by the greedy solver, or with options by the probabilistic one. */
  solve(pairs: ScoredPairs, control: EngineControl, probabilistic?: ProbabilisticOptions): Promise<Groups>;
  /**
   * Random new places for all rows: those of one group get the same.
   * @param sizes rows of each data set
   */
  permute(groups: Groups, sizes: readonly number[], control: EngineControl): Promise<Permutations>;
}
