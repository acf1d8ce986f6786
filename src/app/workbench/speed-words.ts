/** What a computer's speed means for a person with files. */
import { counted, numberWords, roundedWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

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
    [(count: number) => counted(count, 'second'), 1, 90],
    [(count: number) => counted(count, 'minute'), 60, 90],
    [(count: number) => counted(count, 'hour'), 3600, 48],
    [(count: number) => counted(count, 'day'), 86_400, Number.POSITIVE_INFINITY],
  ] as const;
  if (seconds < 1) return t('less than a second');
  const [words, length] = units.find(([, size, most]) => seconds / size < most) ?? units[3];
  return words(Math.max(1, Math.round(seconds / length)));
}

const twoDigits = (value: number) => numberWords(value, { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });

/** Two significant digits are all that a short measurement can say. */
export function roughNumber(value: number): string {
  if (value >= 1e9) return t('{{number}} billion', { number: twoDigits(value / 1e9) });
  if (value >= 1e8) return t('{{number}} million', { number: Math.round(value / 1e6) });
  if (value >= 1e6) return t('{{number}} million', { number: twoDigits(value / 1e6) });
  return roundedWords(Math.round(value), 2);
}

const FILE_ROWS = 100_000;

/** The figures in a plain sentence or two. */
export function speedSentence({ encodeAll, compareAll, threads }: Speeds): string {
  const places = {
    rows: numberWords(FILE_ROWS),
    encoding: durationWords(FILE_ROWS / encodeAll),
    comparing: durationWords(FILE_ROWS ** 2 / compareAll),
  };
  return threads === 1
    ? t(
        'With its one thread this computer encodes a file of {{rows}} rows in {{encoding}}, and compares every row of it with every row of another such file in {{comparing}}.',
        places,
      )
    : t(
        'With all {{threads}} threads this computer encodes a file of {{rows}} rows in {{encoding}}, and compares every row of it with every row of another such file in {{comparing}}.',
        { ...places, threads },
      );
}
