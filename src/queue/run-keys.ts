/** Under which names the queue holds what. All of it is forgotten by itself when nobody says that it is still needed. */

/** The prefix of all names. */
export const PREFIX = 'blindjoin';
/** The name that BullMQ gives the jobs' queue. */
export const QUEUE = 'parts';
/** Seconds after which the queue forgets what belongs to a run whose coordinator is gone. */
export const KEPT_SECONDS = 300;
/** How often a coordinator says that a run goes on. */
export const REFRESH_MS = 60_000;

export interface RunKeys {
  readonly manifest: string;
  /** Words of workers that parts have ended. */
  readonly endings: string;
  slice(dataset: number, slice: number): string;
  part(number: number): string;
  result(number: number): string;
  /** The id of a part's job; another one each time that it is handed out. */
  job(number: number, attempt: number): string;
}

/** @param run 32 hexadecimal digits */
export function keysOf(run: string): RunKeys {
  const under = `${PREFIX}:run:${run}`;
  return {
    manifest: `${under}:manifest`,
    endings: `${under}:endings`,
    slice: (dataset, slice) => `${under}:clks:${dataset}:${slice}`,
    part: (number) => `${under}:part:${number}`,
    result: (number) => `${under}:result:${number}`,
    job: (number, attempt) => `${run}-${number}-${attempt}`,
  };
}
