/** Candidates that have been weighed. */
import type { Decoys } from './match-evidence.ts';
import type { WeighedPair } from './one-to-one.ts';

export interface ScoredCandidate extends WeighedPair {
  /** In how many bands it agrees. */
  readonly bands: number;
  /** Of a match, 0 to 1. */
  readonly probability: number;
  /** Of one person, 0 to 1: the match, or the same person once more. */
  readonly samePerson: number;
  /** The same at worst, where the data cannot tell namesakes from the same person (`match-evidence.ts`); the same unless given. */
  readonly samePersonAtWorst?: number | undefined;
}

/** The candidates of a run. */
export interface Scored {
  readonly candidates: readonly ScoredCandidate[];
  /** Pairs within the list, weighed as candidates, where there are any. */
  readonly decoys?: Decoys | undefined;
  /** How many records the list has. */
  readonly records: number;
}
