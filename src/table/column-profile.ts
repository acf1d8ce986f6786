import { usualDigits } from './code-length.ts';
import { type ColumnCensus, takeCensus } from './column-census.ts';
import { dateReading, isDate, numberReading, Sample } from './column-sample.ts';
import type { ColumnDoubt, ColumnReading, ColumnSettings, DateOrder, MissingCandidate } from './column-settings.ts';
import { type CountedValues, orderDoubts } from './date-column.ts';
import { type ColumnKind, isFiller, isLabelColumn, missingSet, missingWords } from './missing-values.ts';
import { isMissingSpelling, missingWord, normaliseWord } from './missing-words.ts';
import { findNumbers, type NumberExtent, type NumberFindings } from './number-column.ts';
import { codeDoubts, groupedDoubts, markDoubts, notNumberDoubts, zeroDoubts } from './number-doubts.ts';

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

  /** Whether the first values are all that there are. */
  get isSampled(): boolean {
    return this.#census.rows - this.#census.blank === this.#census.sample.length;
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

/** By the first values, words that may stand for no value left out. */
function kindOf(words: Sample, census: ColumnCensus): ColumnKind {
  if (words.dateShare >= NEARLY_ALL && words.dates.reading.serialDates === 'no') return 'dates';
  if (words.share((text) => LONG_DIGITS.test(text)) >= NEARLY_ALL && usualDigits(words.values) >= 4) return 'digits';
  if (words.numberShare >= HALF) return 'numbers';
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
  const first = new Sample(
    census.sample.filter((text) => missingWord(text) === undefined && !isFiller(text)),
    settings,
    thisYear,
  );
  const words = missingWords(census, kindOf(first, census));
  const taken = words.filter((word) => word.taken).map(({ value }) => value);
  const column = new Column(census, values, missingSet(settings.missing ?? taken));
  const kept = census.sample.filter((text) => !column.isMissing(text));
  const isSame = kept.length === first.values.length && kept.every((text, i) => text === first.values[i]);
  const sample = isSame ? first : new Sample(kept, settings, thisYear);
  const numberSide = sample.numberShare > 0 ? readAllNumbers(column, sample, settings) : undefined;
  const dates = readDates(column, sample, settings, thisYear);
  const numeric = sample.numberShare >= HALF ? numberSide : undefined;
  const codes = numeric?.findings.codes ?? [];
  const filled = census.rows - census.blank;
  const none: NumberFindings = { numbers: 0, others: filled, examples: kept.slice(0, 3), codes: [] };
  const profile = {
    name,
    rows: census.rows,
    empty: census.blank + column.missingRows(),
    distinct: [...census.counts.keys()].filter((text) => !column.isMissing(text)).length,
    sample: kept,
    sampleDistinct: sample.counts.size,
    numbers: sample.numberShare,
    dates: dates.share,
    reading: { missing: column.missing, ...(numberSide ?? sample.numbers).reading, ...dates.reading },
    missing: candidates([...words, ...codes], column, census),
    doubts: [
      ...(numberSide === undefined ? [] : markDoubts(numberSide.marks, settings)),
      ...(numberSide === undefined ? [] : groupedDoubts(numberSide.marks, sample.counts, numberSide.reading, settings)),
      ...(numeric === undefined ? [] : zeroDoubts(words, filled, sample.counts, numeric.reading, settings)),
      ...codeDoubts(codes, taken, settings),
      ...notNumberDoubts(numberSide?.findings ?? none, settings),
      ...dates.doubts,
    ],
  };
  return {
    ...profile,
    ...(numberSide?.findings.extent && { extent: numberSide.findings.extent }),
    ...(dates.isShown && { dateOrder: dates.reading.dateOrder }),
  };
}

function readAllNumbers(column: Column, sample: Sample, settings: ColumnSettings) {
  const { marks, reading } = column.isSampled
    ? sample.numbers
    : numberReading(() => column.filled(), sample.counts, settings);
  return { marks, reading, findings: findNumbers(column.filled(), reading, settings.missing !== undefined) };
}

/** The order of dates by all rows, where half of the first ones are dates; else by the first ones. */
function readDates(column: Column, sample: Sample, settings: ColumnSettings, thisYear: number) {
  const likely = sample.dateShare >= HALF;
  const isSampleEnough = !likely || column.isSampled;
  const { evidence, reading } = isSampleEnough
    ? sample.dates
    : dateReading(() => column.filled(), sample.values, settings, thisYear);
  const doubts = likely ? orderDoubts(evidence, reading, settings) : [];
  const { dmy, mdy, ymd } = evidence.only;
  const isShown = likely && doubts.length === 0 && dmy + mdy + ymd + evidence.ambiguous > 0;
  return { reading, share: isSampleEnough ? sample.dateShare : sample.share(isDate(reading)), doubts, isShown };
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
