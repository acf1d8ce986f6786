import { usualDigits } from './code-length.ts';
import { type ColumnCensus, takeCensus } from './column-census.ts';
import type { ColumnDoubt, ColumnReading, ColumnSettings, DateOrder, MissingCandidate } from './column-settings.ts';
import {
  areSerialDates,
  type CountedValues,
  likelyLastYear,
  likelyOrder,
  orderDoubts,
  orderEvidence,
} from './date-column.ts';
import { type DateReading, parseDate } from './dates.ts';
import { type ColumnKind, isLabelColumn, missingSet, missingWords } from './missing-values.ts';
import { isMissingSpelling, missingWord, normaliseWord } from './missing-words.ts';
import {
  codeDoubts,
  findNumbers,
  likelyMark,
  likelyUnit,
  markCounts,
  markDoubts,
  type NumberExtent,
  type NumberFindings,
  notNumberDoubts,
} from './number-column.ts';
import { type NumberReading, readNumber } from './numbers.ts';

/** What a column's values look like, how they are read, and what they leave open. */
export interface ColumnProfile {
  readonly name: string;
  readonly rows: number;
  /** Rows without a value: blank, or with one that stands for no value. */
  readonly empty: number;
  /** Distinct values, up to 10,000, those that stand for no value left out. */
  readonly distinct: number;
  /** The first values, trimmed, up to 10,000. */
  readonly sample: readonly string[];
  /** Distinct values in the sample. */
  readonly sampleDistinct: number;
  /** Shares (0 to 1) of the sample that are numbers, and dates. */
  readonly numbers: number;
  readonly dates: number;
  /** Of all numbers in the column. */
  readonly extent?: NumberExtent;
  readonly reading: ColumnReading;
  /** Of dates that are all numbers: the order that the column shows, or that a person decided. */
  readonly dateOrder?: DateOrder;
  /** What may stand for no value. */
  readonly missing: readonly MissingCandidate[];
  readonly doubts: readonly ColumnDoubt[];
}

/** Shares of a column's values from which on it is one of numbers, or of dates. */
const HALF = 0.5;
const NEARLY_ALL = 0.9;
const LONG_DIGITS = /^\d{4,}(?:\.0+)?$/;

/** A column whose values can be gone through again and again. */
class Column {
  readonly #census: ColumnCensus;
  readonly #values: () => Iterable<string>;

  constructor(
    census: ColumnCensus,
    values: () => Iterable<string>,
    readonly missing: ReadonlySet<string>,
  ) {
    this.#census = census;
    this.#values = values;
  }

  /** Every value that is one, with how many rows have it; the census serves where it has them all. */
  *filled(): CountedValues & Generator<readonly [string, number]> {
    if (this.#census.complete) {
      for (const entry of this.#census.counts) if (!this.isMissing(entry[0])) yield entry;
      return;
    }
    for (const value of this.#values()) {
      const text = value.trim();
      if (text !== '' && !this.isMissing(text)) yield [text, 1];
    }
  }

  isMissing(text: string): boolean {
    return this.missing.size > 0 && this.missing.has(normaliseWord(text));
  }

  /** Rows with a value that stands for none. */
  missingRows(): number {
    let rows = 0;
    const late = !this.#census.complete && [...this.missing].some((word) => !isMissingSpelling(word));
    if (!late) for (const [value, count] of this.#census.counts) rows += this.isMissing(value) ? count : 0;
    else for (const value of this.#values()) rows += value.trim() !== '' && this.isMissing(value) ? 1 : 0;
    return rows;
  }
}

function share(values: readonly string[], holds: (value: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(holds).length / values.length;
}

const once = (values: readonly string[]): CountedValues => values.map((value): [string, number] => [value, 1]);

function numberReading(values: CountedValues, sample: readonly string[], settings: ColumnSettings) {
  const marks = markCounts(values);
  const decimalMark = settings.decimalMark ?? likelyMark(marks);
  const reading: NumberReading = { decimalMark, unit: likelyUnit(once(sample), decimalMark) };
  return { marks, reading };
}

function dateReading(
  values: () => CountedValues,
  sample: readonly string[],
  settings: ColumnSettings,
  thisYear: number,
) {
  const serialDates = settings.serialDates ?? (areSerialDates(sample) ? '1900' : 'no');
  const written = serialDates === 'no' ? values : () => withoutNumbers(values());
  const evidence = orderEvidence(written());
  const dateOrder = settings.dateOrder ?? likelyOrder(evidence);
  const lastYear = settings.lastYear ?? likelyLastYear(written(), dateOrder, thisYear).lastYear;
  return { evidence, reading: { dateOrder, lastYear, serialDates } satisfies DateReading };
}

/** Numbers of days have neither an order nor years of two digits. */
function* withoutNumbers(values: CountedValues): Generator<readonly [string, number]> {
  for (const entry of values) if (/[^\d.]/.test(entry[0])) yield entry;
}

const isDate = (reading: DateReading) => (text: string) => parseDate(text, reading) !== undefined;
const isNumber = (reading: NumberReading) => (text: string) => readNumber(text, reading) !== undefined;

/** By the first values, words that may stand for no value left out. */
function kindOf(census: ColumnCensus, settings: ColumnSettings, thisYear: number): ColumnKind {
  const words = census.sample.filter((text) => missingWord(text) === undefined);
  const { reading: dates } = dateReading(() => once(words), words, settings, thisYear);
  if (share(words, isDate(dates)) >= NEARLY_ALL && dates.serialDates === 'no') return 'dates';
  if (share(words, (text) => LONG_DIGITS.test(text)) >= NEARLY_ALL && usualDigits(words) >= 4) return 'digits';
  const { reading: numbers } = numberReading(once(words), words, settings);
  if (share(words, isNumber(numbers)) >= HALF) return 'numbers';
  return isLabelColumn(census) ? 'labels' : 'text';
}

/**
 * Goes through a column once, and again where it has more than 10,000 distinct values that are numbers or dates.
 * @param values gives every value anew, as written
 */
export function profileColumn(
  name: string,
  values: () => Iterable<string>,
  settings: ColumnSettings = {},
  thisYear: number = new Date().getFullYear(),
): ColumnProfile {
  const census = takeCensus(values(), isMissingSpelling);
  const words = missingWords(census, kindOf(census, settings, thisYear));
  const taken = words.filter((word) => word.taken).map(({ value }) => value);
  const column = new Column(census, values, missingSet(settings.missing ?? taken));
  const sample = census.sample.filter((text) => !column.isMissing(text));
  const marked = numberReading(once(sample), sample, settings);
  const numbers = share(sample, isNumber(marked.reading));
  const numberSide = numbers > 0 ? readAllNumbers(column, sample, settings) : undefined;
  const dates = readDates(column, sample, settings, thisYear);
  const codes = numbers >= HALF ? (numberSide?.findings.codes ?? []) : [];
  const filled = census.rows - census.blank;
  const none: NumberFindings = { numbers: 0, others: filled, examples: sample.slice(0, 3), codes: [] };
  const extent = numberSide?.findings.extent;
  const profile = {
    name,
    rows: census.rows,
    empty: census.blank + column.missingRows(),
    distinct: [...census.counts.keys()].filter((text) => !column.isMissing(text)).length,
    sample,
    sampleDistinct: new Set(sample).size,
    numbers,
    dates: dates.share,
    reading: { missing: column.missing, ...(numberSide?.reading ?? marked.reading), ...dates.reading },
    missing: candidates([...words, ...codes], column, census),
    doubts: [
      ...(numberSide === undefined ? [] : markDoubts(numberSide.marks, settings)),
      ...codeDoubts(codes, taken, settings),
      ...notNumberDoubts(numberSide?.findings ?? none, settings),
      ...dates.doubts,
    ],
  };
  return {
    ...profile,
    ...(extent !== undefined && { extent }),
    ...(dates.isShown && { dateOrder: dates.reading.dateOrder }),
  };
}

function readAllNumbers(column: Column, sample: readonly string[], settings: ColumnSettings) {
  const { marks, reading } = numberReading(column.filled(), sample, settings);
  return { marks, reading, findings: findNumbers(column.filled(), reading, settings.missing !== undefined) };
}

/** The order of dates by all rows, where half of the first ones are dates; else by the first ones. */
function readDates(column: Column, sample: readonly string[], settings: ColumnSettings, thisYear: number) {
  const first = dateReading(() => once(sample), sample, settings, thisYear);
  const likely = share(sample, isDate(first.reading)) >= HALF;
  const { evidence, reading } = likely ? dateReading(() => column.filled(), sample, settings, thisYear) : first;
  const doubts = likely ? orderDoubts(evidence, reading, settings) : [];
  const { dmy, mdy, ymd } = evidence.only;
  const isShown = likely && doubts.length === 0 && dmy + mdy + ymd + evidence.ambiguous > 0;
  return { reading, share: share(sample, isDate(reading)), doubts, isShown };
}

/** What may stand for no value, and what a person said does, with what is taken now. */
function candidates(proposed: readonly MissingCandidate[], column: Column, census: ColumnCensus): MissingCandidate[] {
  const known = new Map(proposed.toReversed().map((candidate) => [normaliseWord(candidate.value), candidate]));
  const added = [...census.counts].filter(([value]) => column.isMissing(value) && !known.has(normaliseWord(value)));
  return [
    ...[...known.values()].toReversed().map((one) => ({ ...one, taken: column.isMissing(one.value) })),
    ...added.map(([value, rows]) => ({ value, rows, taken: true })),
  ];
}
