/** How often a record, and a row, meets its person once more, where a file repeats people. */

/**
 * Before anything is known: seldom, or relatives of people who match would be taken for repeats before any is seen to be a relative. And
 * imagined records and rows that do not.
 */
const FIRST_AGAIN = 0.2;
const PRIOR_AGAIN = 5;

/** By side, for patterns without a mistake and with one: who is entered twice is often entered with a mistake once. */
export interface Again {
  readonly ofRecord: number[];
  readonly ofRow: number[];
}

export const firstAgain = (): Again => ({ ofRecord: [FIRST_AGAIN, FIRST_AGAIN], ofRow: [FIRST_AGAIN, FIRST_AGAIN] });

/**
 * The rates where so many were met once more. `taken`: the records, and rows, that belong to some candidate; `samePerson`: by kind of
 * pattern, how many candidates are one person.
 */
export function againOf(
  once: Again,
  taken: { readonly records: number; readonly rows: number },
  samePerson: readonly number[],
): Again {
  const all = samePerson.reduce((sum, one) => sum + one, 0);
  const rates = (counts: readonly number[], met: number) =>
    counts.map((count, group) => count / ((met * (samePerson[group] as number)) / all + PRIOR_AGAIN));
  return { ofRecord: rates(once.ofRecord, taken.records), ofRow: rates(once.ofRow, taken.rows) };
}

/** By how much the rate that moved most has moved. */
export function driftOf(before: Again, after: Again): number {
  const [old, now] = [before, after].map(({ ofRecord, ofRow }) => [...ofRecord, ...ofRow]) as [number[], number[]];
  return now.reduce((most, rate, i) => Math.max(most, Math.abs(rate - (old[i] as number))), 0);
}
