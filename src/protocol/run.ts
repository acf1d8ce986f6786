/** What a run needs from the page, and what it tells it while it goes. */

import type { GroupColumn } from '../agreement/agreement.ts';
import type { Stage } from '../agreement/result.ts';
import type { BandKeys } from './data-port.ts';

/** Where a party's band keys come from: the worker that holds the file. */
export interface BandKeySource {
  readonly rows: number;
  /** Rows that have a key in some band. */
  readonly rowsWithKey: number;
  bandKeys(bandIndex: number, salt: Uint8Array): Promise<BandKeys>;
}

/** The researcher's own groups. */
export interface ListStrata {
  /** By the researcher's names; the agreement may call them otherwise. */
  readonly columns: readonly GroupColumn[];
  /** The stratum of each record: its labels' places, the first column's first. */
  readonly of: Uint32Array;
}

/** What tells a run the time. */
export interface RunClock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const pageClock: RunClock = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export interface RunProgress {
  readonly stage: Stage;
  /** 0 to 1 within the stage. */
  readonly done: number;
  /** What is happening now, in a few plain words. */
  readonly note: string;
  /** Nothing goes on here before the other person or their page does something. */
  readonly waiting?: boolean;
}
