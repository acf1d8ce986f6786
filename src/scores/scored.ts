/** Candidates that have been weighed. */
import type { WeighedPair } from './one-to-one.ts';

export interface ScoredCandidate extends WeighedPair {
  /** In how many bands it agrees. */
  readonly bands: number;
  /** Of a match, 0 to 1. */
  readonly probability: number;
  /** Of one person, 0 to 1: the match, or the same person once more. */
  readonly samePerson: number;
}

export interface DecoyCandidate extends WeighedPair {
  /** The probability, 0 to 1, that the row is nobody of the list. */
  readonly free: number;
}

/** The candidates of a run. */
export interface Scored {
  /** Of the list's own records. */
  readonly candidates: readonly ScoredCandidate[];
  /** Those of its decoys. */
  readonly ofDecoys: readonly DecoyCandidate[];
  /** How many records and decoys there are. */
  readonly records: number;
  readonly decoys: number;
}
