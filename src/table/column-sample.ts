/** The first values of a column, and how they would be read by themselves. */
import type { ColumnSettings } from './column-settings.ts';
import { areSerialDates, type CountedValues, likelyLastYear, likelyOrder, orderEvidence } from './date-column.ts';
import { type DateReading, parseDate } from './dates.ts';
import { speaksCroatian } from './month-names.ts';
import { likelyMark, likelyUnit, markCounts } from './number-column.ts';
import { type NumberReading, readNumber } from './numbers.ts';

export function numberReading(values: () => CountedValues, sample: CountedValues, settings: ColumnSettings) {
  const marks = markCounts(values());
  const decimalMark = settings.decimalMark ?? likelyMark(marks);
  const reading: NumberReading = { decimalMark, unit: likelyUnit(sample, decimalMark) };
  return { marks, reading };
}

export function dateReading(
  values: () => CountedValues,
  sample: readonly string[],
  settings: ColumnSettings,
  thisYear: number,
) {
  const serialDates = settings.serialDates ?? (areSerialDates(sample) ? '1900' : 'no');
  const written = serialDates === 'no' ? values : () => withoutNumbers(values());
  const evidence = orderEvidence(values(), serialDates);
  const dateOrder = settings.dateOrder ?? likelyOrder(evidence);
  const lastYear = settings.lastYear ?? likelyLastYear(written(), dateOrder, thisYear).lastYear;
  const months = speaksCroatian(sample) ? { isCroatian: true as const } : {};
  return { evidence, reading: { dateOrder, lastYear, serialDates, ...months } satisfies DateReading };
}

export class Sample {
  readonly counts: ReadonlyMap<string, number>;
  readonly numbers: ReturnType<typeof numberReading>;
  readonly dates: ReturnType<typeof dateReading>;
  /** Shares of the values that are numbers, and dates. */
  readonly numberShare: number;
  readonly dateShare: number;

  constructor(
    readonly values: readonly string[],
    settings: ColumnSettings,
    thisYear: number,
  ) {
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    this.counts = counts;
    this.numbers = numberReading(() => counts, counts, settings);
    this.dates = dateReading(() => counts, values, settings, thisYear);
    this.numberShare = this.share((text) => readNumber(text, this.numbers.reading) !== undefined);
    this.dateShare = this.share(isDate(this.dates.reading));
  }

  /** Of rows, each value looked at once. */
  share(holds: (value: string) => boolean): number {
    let rows = 0;
    for (const [value, count] of this.counts) if (holds(value)) rows += count;
    return this.values.length === 0 ? 0 : rows / this.values.length;
  }
}

/** Numbers of days have neither an order nor years of two digits. */
function* withoutNumbers(values: CountedValues): Generator<readonly [string, number]> {
  for (const entry of values) if (/[^\d.]/.test(entry[0])) yield entry;
}

export const isDate = (reading: DateReading) => (text: string) => parseDate(text, reading) !== undefined;
