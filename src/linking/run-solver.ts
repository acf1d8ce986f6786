/** From scored pairs to groups and new places, in the columns of a run's results. */
import type { CandidatePairs } from '../compare/candidates.ts';
import { solveGreedily } from '../compare/greedy-solver.ts';
import { placeRows, type RandomBelow } from '../compare/permutations.ts';
import { type ProbabilisticOptions, solveProbabilistically } from '../compare/probabilistic-solver.ts';
import type { Groups, Permutations, ScoredPairs } from './run-result.ts';

function candidatePairs({ firstParty, firstRow, secondParty, secondRow, similarity }: ScoredPairs): CandidatePairs {
  return {
    similarities: similarity,
    firstDataset: Uint16Array.from(firstParty),
    secondDataset: Uint16Array.from(secondParty),
    firstRecord: firstRow,
    secondRecord: secondRow,
  };
}

/**
 * Candidate pairs as a run's scores; columns are shared where their type allows it.
 * @param pairs of at most 256 data sets
 */
export function scoredPairs(pairs: CandidatePairs): ScoredPairs {
  return {
    firstParty: Uint8Array.from(pairs.firstDataset),
    firstRow: pairs.firstRecord,
    secondParty: Uint8Array.from(pairs.secondDataset),
    secondRow: pairs.secondRecord,
    similarity: pairs.similarities,
  };
}

/**
 * Groups of rows that are one person.
 * @param parts pairs, each at most once, similarity falling, in parts that can be gone through again
 * @param probabilistic for the probabilistic solver; without it the greedy one solves
 */
export function solvePairs(parts: Iterable<ScoredPairs>, probabilistic?: ProbabilisticOptions): Groups {
  const candidates: Iterable<CandidatePairs> = {
    *[Symbol.iterator]() {
      for (const part of parts) yield candidatePairs(part);
    },
  };
  const solved = probabilistic ? solveProbabilistically(candidates, probabilistic) : solveGreedily(candidates);
  return { group: solved.group, party: Uint8Array.from(solved.dataset), row: solved.record };
}

/**
 * Random new places for the rows of all parties; what they promise stands at {@link placeRows}.
 * @param sizes rows of each data set
 * @throws RangeError when a group has a row or a party that the sizes do not have
 */
export function permuteRows(
  { group, party, row }: Groups,
  sizes: readonly number[],
  below?: RandomBelow,
): Permutations {
  return placeRows({ group, dataset: Uint16Array.from(party), record: row }, sizes, below);
}
