/** What a computer's speed means for a person with files. */
import { counted, numberWords, roundedWords } from '../../words/format.ts';

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
  return counted(count, name);
}

const twoDigits = (value: number) => numberWords(value, { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });

/** Two significant digits are all that a short measurement can say. */
export function roughNumber(value: number): string {
  if (value >= 1e9) return `${twoDigits(value / 1e9)} billion`;
  if (value >= 1e8) return `${Math.round(value / 1e6)} million`;
  if (value >= 1e6) return `${twoDigits(value / 1e6)} million`;
  return roundedWords(Math.round(value), 2);
}

const FILE_ROWS = 100_000;

/** The figures in a plain sentence or two. */
export function speedSentence({ encodeAll, compareAll, threads }: Speeds): string {
  const rows = numberWords(FILE_ROWS);
  return `With ${threads === 1 ? 'its one thread' : `all ${threads} threads`} this computer encodes a file of ${rows} rows in ${durationWords(FILE_ROWS / encodeAll)}, and compares every row of it with every row of another such file in ${durationWords(FILE_ROWS ** 2 / compareAll)}.`;
}
