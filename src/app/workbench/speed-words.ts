/** What a computer's speed means for a person with files. */

export interface Speeds {
  /** CLKs a second: on one thread, on all. */
  readonly encodeOne: number;
  readonly encodeAll: number;
  /** Comparisons of two CLKs a second. */
  readonly compareOne: number;
  readonly compareAll: number;
  readonly threads: number;
}

/** `1 second`, `40 seconds`, `3 minutes`, `2 hours`, `5 days`: about how long. */
export function durationWords(seconds: number): string {
  const units = [
    ['second', 1, 90],
    ['minute', 60, 90],
    ['hour', 3600, 48],
    ['day', 86_400, Number.POSITIVE_INFINITY],
  ] as const;
  if (seconds < 1) return 'less than a second';
  const [name, length] = units.find(([, size, most]) => seconds / size < most) ?? units[3];
  const count = Math.max(1, Math.round(seconds / length));
  return `${count.toLocaleString('en')} ${name}${count === 1 ? '' : 's'}`;
}

/** Two significant digits are all that a short measurement can say. */
export function roughNumber(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toPrecision(2)} billion`;
  if (value >= 1e8) return `${Math.round(value / 1e6)} million`;
  if (value >= 1e6) return `${(value / 1e6).toPrecision(2)} million`;
  return Math.round(value).toLocaleString('en', { maximumSignificantDigits: 2 });
}

const FILE_ROWS = 100_000;

/** The figures in a plain sentence or two. */
export function speedSentence({ encodeAll, compareAll, threads }: Speeds): string {
  const rows = FILE_ROWS.toLocaleString('en');
  return `With ${threads === 1 ? 'its one thread' : `all ${threads} threads`} this computer encodes a file of ${rows} rows in ${durationWords(FILE_ROWS / encodeAll)}, and compares every row of it with every row of another such file in ${durationWords(FILE_ROWS ** 2 / compareAll)}.`;
}
