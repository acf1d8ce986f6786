/** What the model of matches is given, and what it gives. */

/** A candidate's evidence. */
export interface PairEvidence {
  /** The record of the list and the row of the data, numbered from 0. */
  readonly record: number;
  readonly row: number;
  /** A level a field (`candidate-evidence.ts`). */
  readonly levels: Uint8Array;
  /** How many strangers in the data agree with the record in these fields, on average. */
  readonly strangers: number;
}

/** What is known of the candidates of a run. */
export interface MatchEvidence {
  readonly pairs: readonly PairEvidence[];
  /** How many records and rows there are. */
  readonly records: number;
  readonly rows: number;
  /** By class of matches: how many imagined ones have each level, in every field. */
  readonly classes?: readonly (readonly number[])[] | undefined;
  /** Of pairs of the list's rows, the share, 0 to 1, with equal values that may be two people's (`list-values.ts`). */
  readonly equalRows?: number;
  /** Records of the list that agree with another record of the list (its number as the row's; numbered as candidates' records, others on from there), each pair both ways round, and how many records were compared. */
  readonly within?: { readonly pairs: readonly PairEvidence[]; readonly records: number };
}

/** A pair within the list, weighed as a candidate (`decoys.ts`). */
export interface Decoy {
  /** In bits, as a candidate's. */
  readonly weight: number;
  /** How many wrong matches it stands for: fewer where its record has a match. */
  readonly wrong: number;
}

export interface Decoys {
  readonly pairs: readonly Decoy[];
  /** How many wrong matches two records stand for that agree with each other, both ways round, and are free. */
  readonly worth: number;
}

export interface MatchModel {
  /** Pairs within the list, weighed as candidates; undefined where none were compared. */
  readonly decoys: Decoys | undefined;
  /** By candidate: log2 of how much likelier its pattern is between records of one person than between two people's. */
  readonly weights: Float64Array;
  /** By candidate: the probability of a match, 0 to 1; candidates of one record, or of one row, share 1. */
  readonly probabilities: Float64Array;
  /** By candidate: the probability that both are one person, 0 to 1: the match, or the same person once more. */
  readonly samePerson: Float64Array;
  /** The same where rows of the list with equal values are namesakes as far as the data leaves that open; left out where there are none. */
  readonly samePersonAtWorst?: Float64Array;
}
