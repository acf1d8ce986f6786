/** What a run ends with, on either side: the shapes of the result file. Types only. */
import type { Agreement } from './agreement.ts';

export type Stage = 'linkage' | 'table';

/** One payload's figures in one group. `undefined`: not asked for, or not defined (a deviation of one value). */
export interface PayloadFigures {
  readonly payload: string;
  /** True when fewer rows than the minimum had a value, or the row is withheld: nothing is said. */
  readonly suppressed: boolean;
  readonly count?: number;
  readonly mean?: number;
  readonly sum?: number;
  readonly sd?: number;
}

export interface ResultRow {
  /** One label a group column; `['(all)']` where there is none. */
  readonly labels: readonly string[];
  /** Matched people in the group; undefined when sealed or withheld. */
  readonly count: number | undefined;
  /** The group reached the minimum, but the table leaves it out so that a sealed one does not follow by subtraction. */
  readonly withheld?: boolean;
  readonly payloads: readonly PayloadFigures[];
}

export interface StageMeasure {
  readonly seconds: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

export type Measures = Readonly<Record<Stage, StageMeasure>>;

/** What the researcher ends with. */
export interface ResearcherResult {
  readonly agreement: Agreement;
  readonly agreementHash: string;
  readonly rows: readonly ResultRow[];
  /** Her records, how many of them could be matched at all (had a key), and how many found a match. */
  readonly records: number;
  readonly recordsWithKey: number;
  readonly matches: number;
  readonly measures: Measures;
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly version: string;
}

/** What the owner ends with: that it ran, and how much was sent. */
/** Rows that took no part in a band, counted over all bands. */
export interface LeftOut {
  /** More than four rows shared a key: the others were left out of that band. */
  readonly capped: number;
  /** A bin of the hash table was full. */
  readonly overflowed: number;
}

export interface OwnerOutcome {
  readonly agreement: Agreement;
  readonly agreementHash: string;
  readonly records: number;
  readonly leftOut: LeftOut;
  readonly measures: Measures;
  readonly finishedAt: string;
  readonly version: string;
}
