/** What a run ends with, on either side: the shapes of the result file. Types only. */
import type { Agreement, GroupColumn } from './agreement.ts';
import type { Statistic } from './statistics.ts';

export type Stage = 'linkage' | 'table';

/** One payload's figures in one group. `undefined`: not asked for, or not defined (a deviation of one value). */
export interface PayloadFigures extends Readonly<Partial<Record<Statistic, number>>> {
  readonly payload: string;
  /** True when fewer rows than the minimum had a value, or the group is withheld: nothing is said, and not which of the two. */
  readonly suppressed: boolean;
}

export interface ResultRow {
  /** Where there are several tables: which one, by its place in the agreement. Rows come table by table. */
  readonly table?: number;
  /** Where the researcher has groups of their own: one label a column of theirs. Rows come stratum by stratum. */
  readonly strata?: readonly string[];
  /** One label a group column; `['(all)']` where there is none. */
  readonly labels: readonly string[];
  /**
   * Matched people in the group; undefined when sealed, or withheld so that no sealed one follows by subtraction. Nothing tells
   * the two apart, or it would follow all the same.
   */
  readonly count: number | undefined;
  readonly payloads: readonly PayloadFigures[];
}

export interface StageMeasure {
  readonly seconds: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

export type Measures = Readonly<Record<Stage, StageMeasure>>;

/** A threshold on the weight of candidates, and what it gives. Precision and recall are estimates: nobody knows who is who. */
export interface WeightStep {
  /** In bits: log2 of how much likelier the agreement is between two records of one person than between records of two people. */
  readonly weight: number;
  /** Candidates that weigh this much, and less than the next step. */
  readonly candidates: number;
  /** One-to-one matches among the candidates from here up. */
  readonly matches: number;
  /** Of these matches the share that is right, 0 to 1. */
  readonly precision: number;
  /** Of the people whom the bands can find the share that is found, 0 to 1. */
  readonly recall: number;
  /** From where to where the true precision may well lie. */
  readonly precisionRange: readonly [number, number];
  /** And the share that is found of all people in both files, those whom no two bands find included as far as numbers of agreeing bands tell. */
  readonly recallRange: readonly [number, number];
}

/** How the candidates weigh, lightest first, and the weight from which they were taken. */
export interface MatchScores {
  readonly steps: readonly WeightStep[];
  readonly threshold: number;
  /** The lightest weight from which hardly a match should be wrong; of no weight where none will do. */
  readonly strict?: number | undefined;
  /** Records of the list that were weighed. */
  readonly records: number;
}

/** What the researcher ends with. */
export interface ResearcherResult {
  readonly agreement: Agreement;
  readonly agreementHash: string;
  readonly rows: readonly ResultRow[];
  /** The researcher's records, how many of them could be matched at all (had a key), and how many found a match. */
  readonly records: number;
  readonly recordsWithKey: number;
  readonly matches: number;
  /** Where the researcher has groups of their own: their columns, by the researcher's names, and how many records of each combination found a match. */
  readonly strata?: readonly GroupColumn[];
  readonly strataMatches?: readonly number[];
  /** And how many records each combination has in the list. */
  readonly strataRecords?: readonly number[];
  readonly scores: MatchScores;
  readonly measures: Measures;
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly version: string;
}

/** What found no room in the bands' hash tables, counted over all bands. */
export interface LeftOut {
  /** Rows: more of them shared a key than are placed, so that these took no part in that band. */
  readonly capped: number;
  /** Placements, of up to three a row and band: the bin was full. A few in a thousand are to be expected. */
  readonly overflowed: number;
}

/** What the owner ends with: that it ran, and how much was sent. */
export interface OwnerOutcome {
  readonly agreement: Agreement;
  readonly agreementHash: string;
  readonly records: number;
  readonly leftOut: LeftOut;
  readonly measures: Measures;
  readonly finishedAt: string;
  readonly version: string;
}
