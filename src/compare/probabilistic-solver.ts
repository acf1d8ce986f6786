/** The probabilistic greedy solver of anonlink, for any number of data sets. */
import type { CandidateParts } from './candidates.ts';
import { solveGreedily } from './greedy-solver.ts';
import { growGroups, type RecordGroups } from './record-groups.ts';

export interface ProbabilisticOptions {
  /** The share of the pairs between two groups, 0 to 1, that must have been seen before they become one. */
  readonly mergeThreshold: number;
  /** Whether each data set holds a person at most once, so that no group may have two records of one data set. */
  readonly deduplicated: boolean;
}

/**
 * Walks the pairs from the most alike down; two groups become one when a pair between them is seen and the share of pairs
 * seen so far is enough.
 * @param pairs each pair of records at most once, similarity falling
 * @returns groups of two records or more, sorted by their first record, which does not tell how alike they are
 * @throws RangeError when the merge threshold is not from 0 to 1
 */
export function solveProbabilistically(
  pairs: CandidateParts,
  { mergeThreshold, deduplicated }: ProbabilisticOptions,
): RecordGroups {
  if (!(mergeThreshold >= 0 && mergeThreshold <= 1)) {
    throw new RangeError(`The merge threshold is ${mergeThreshold}; it must be from 0 to 1.`);
  }
  if (mergeThreshold === 1 && !deduplicated) return solveGreedily(pairs);
  return growGroups(pairs, {
    mayRepeat: () => !deduplicated,
    isEnough: (seen, possible) => seen / possible >= mergeThreshold,
  });
}
