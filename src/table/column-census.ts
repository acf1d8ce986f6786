/** Distinct values are counted up to here. */
export const DISTINCT_COUNTED = 10_000;
/** Rows with a value that are looked at closely. */
const SAMPLE_ROWS = 10_000;
/** Words that are counted even where they come after more distinct values than are counted. */
const LATE_LENGTH = 24;

/** What is in a column, before anything is made of it. */
export interface ColumnCensus {
  readonly rows: number;
  /** Rows with a blank value. */
  readonly blank: number;
  /**
   * How many rows have each value, trimmed, up to the row with the 10,001st distinct one; of words that stand for no
   * value, how many of all rows.
   */
  readonly counts: ReadonlyMap<string, number>;
  /** Whether there are no other values than those of `counts`. */
  readonly complete: boolean;
  /** The first values that are not blank, trimmed, up to 10,000. */
  readonly sample: readonly string[];
}

/** @param isWord short values that are counted however late they come */
export function takeCensus(values: Iterable<string>, isWord: (value: string) => boolean): ColumnCensus {
  const sample: string[] = [];
  const counts = new Map<string, number>();
  let rows = 0;
  let blank = 0;
  let complete = true;
  for (const value of values) {
    rows++;
    const text = value.trim();
    if (text === '') {
      blank++;
      continue;
    }
    if (sample.length < SAMPLE_ROWS) sample.push(text);
    if (!complete && (text.length > LATE_LENGTH || !isWord(text))) continue;
    const count = counts.get(text);
    if (count !== undefined || counts.size < DISTINCT_COUNTED || isWord(text)) counts.set(text, (count ?? 0) + 1);
    else complete = false;
  }
  return { rows, blank, counts, complete, sample };
}
