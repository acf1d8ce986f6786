/** What the dates of a whole column show about how they are written. */

import { dayWords, numberWords, tCounted } from '../words/format.ts';
import { message, t } from '../words/translate.ts';
import type { ColumnDoubt, ColumnSettings, DateOrder } from './column-settings.ts';
import { DATE_ORDERS } from './column-settings.ts';
import { type DateReading, daysInOrders, parseDate, plainDay, twoDigitYear } from './dates.ts';

/** Values with how many rows have them. */
export type CountedValues = Iterable<readonly [value: string, rows: number]>;

/** Rows that can be read in one order alone, and rows that are other days in another order. */
export interface OrderEvidence {
  readonly only: Readonly<Record<DateOrder, number>>;
  readonly ambiguous: number;
  readonly example: string;
  /** Rows whose order is plain, and the days of a month among them. */
  readonly plain: { readonly rows: number; readonly days: ReadonlySet<number>; readonly example: string };
  /** Of rows that can be read in one order alone. */
  readonly onlyExample: string;
}

const DEFAULT_READING: Omit<DateReading, 'dateOrder'> = { lastYear: 2029, serialDates: 'no' };
/** Years of life that hardly anybody has behind them. */
const OLDEST = 115;
const NUMBER_OF_DAYS = /^\d{4,5}(?:\.\d+)?$/;
/** Days of 1920 to 2079 as Excel counts them. */
const SERIAL_FROM = 7306;
const SERIAL_TO = 65_745;
const SERIAL_SHARE = 0.9;

export const ORDER_WORDS = {
  dmy: message('day, month, year'),
  mdy: message('month, day, year'),
  ymd: message('year, month, day'),
} as const satisfies Readonly<Record<DateOrder, string>>;

export function orderEvidence(values: CountedValues, serialDates: DateReading['serialDates']): OrderEvidence {
  const only = { dmy: 0, mdy: 0, ymd: 0 };
  const plain = { rows: 0, days: new Set<number>(), example: '' };
  let ambiguous = 0;
  let [example, onlyExample] = ['', ''];
  for (const [value, rows] of values) {
    const day = plainDay(value, serialDates);
    if (day !== undefined) {
      plain.rows += rows;
      plain.days.add(day);
      plain.example ||= value;
    }
    if (day !== undefined || (serialDates !== 'no' && !/[^\d.]/.test(value))) continue;
    const readable = daysInOrders(value, DEFAULT_READING).filter(([, day]) => day !== undefined);
    const [order] = readable[0] ?? [];
    const distinct = new Set(readable.map(([, day]) => day)).size;
    // 05/05/1980 is one day in two orders and tells nothing of them; with dots nobody puts the month first.
    const isTelling = readable.length === 1 || (value.includes('.') && readable.length < DATE_ORDERS.length);
    if (distinct === 1 && isTelling && order !== undefined) {
      only[order] += rows;
      onlyExample ||= value;
    } else if (distinct > 1) {
      ambiguous += rows;
      if (example === '') example = value;
    }
  }
  return { only, ambiguous, example, plain, onlyExample };
}

/** The order that most rows ask for; day first where none does. */
export function likelyOrder({ only }: OrderEvidence): DateOrder {
  return DATE_ORDERS.reduce((best, order) => (only[order] > only[best] ? order : best), 'dmy');
}

/** A share of rows in another order that is more than slips. */
const MIXED = 0.1;
/** Rows that show an order, as a share of those that it leaves open: of days by chance three in five show it. */
const TELLING = 0.05;
/** So many show it for all, where days are mostly the first of a month. */
const ENOUGH = 10;
/** Rows whose days show that a spreadsheet has read them, and rows that it could not read. */
const FEW_READ = 8;
const FEW_LEFT = 3;
/** Where it has not read any, dates may be of one or two days alone: the first of the month, the middle. */
const FEW_DAYS = 4;
const LAST_MONTH = 12;

function dayInWords(value: string, dateOrder: DateOrder, reading: DateReading): string | undefined {
  const day = parseDate(value, { ...reading, dateOrder });
  if (day === undefined) return undefined;
  const date = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6))));
  return dayWords(date);
}

function undecidedWords({ ambiguous, example, only }: OrderEvidence): string {
  return only.dmy + only.mdy + only.ymd > 0
    ? tCounted(
        '{{count}} date such as {{example}} can be read in more than one order, and hardly any other date of the column shows which.',
        '{{count}} dates such as {{example}} can be read in more than one order, and hardly any other date of the column shows which.',
        ambiguous,
        { example },
      )
    : tCounted(
        '{{count}} date such as {{example}} can be read in more than one order, and no other date of the column shows which.',
        '{{count}} dates such as {{example}} can be read in more than one order, and no other date of the column shows which.',
        ambiguous,
        { example },
      );
}

function mixedWords({ only, ambiguous, example }: OrderEvidence): string {
  const orders = DATE_ORDERS.filter((order) => only[order] > 0)
    .map((order) => t('{{rows}} as {{order}}', { rows: numberWords(only[order]), order: t(ORDER_WORDS[order]) }))
    .join(', ');
  return tCounted(
    '{{count}} date such as {{example}} can be read in more than one order, and the column has dates of which only one order can be: {{orders}}.',
    '{{count}} dates such as {{example}} can be read in more than one order, and the column has dates of which only one order can be: {{orders}}.',
    ambiguous,
    { example, orders },
  );
}

/**
 * A spreadsheet that reads the month first takes 3 February for 2 March, and leaves 13 February as it was written: dates of
 * one kind then have no day after the 12th, those of the other no other.
 */
function swappedDays({ only, ambiguous, plain, onlyExample }: OrderEvidence, dateOrder: DateOrder): ColumnDoubt[] {
  const left = only.dmy + only.mdy;
  const isEarly = Math.max(...plain.days) <= LAST_MONTH && plain.days.size >= FEW_DAYS;
  if (plain.rows < FEW_READ || !isEarly || left < FEW_LEFT || ambiguous > 0) return [];
  return [
    {
      kind: 'date-order',
      message: tCounted(
        '{{count}} date such as {{plain}} has no day after the 12th, and {{others}} such as {{example}} have no other: a spreadsheet seems to have taken days for months. Correct the file, or say that the dates are right.',
        '{{count}} dates such as {{plain}} have no day after the 12th, and {{others}} such as {{example}} have no other: a spreadsheet seems to have taken days for months. Correct the file, or say that the dates are right.',
        plain.rows,
        { plain: plain.example, others: numberWords(left), example: onlyExample },
      ),
      stops: ['date'],
      choices: [{ label: t('The dates are right as they stand'), settings: { dateOrder } }],
    },
  ];
}

/** Asks for the order where the column does not show it, or shows two. */
export function orderDoubts(evidence: OrderEvidence, reading: DateReading, settings: ColumnSettings): ColumnDoubt[] {
  const { only, ambiguous, example } = evidence;
  if (settings.dateOrder !== undefined) return [];
  if (ambiguous === 0) return swappedDays(evidence, reading.dateOrder);
  const decided = only.dmy + only.mdy + only.ymd;
  const isMixed = decided - only[reading.dateOrder] > MIXED * decided;
  if ((decided > TELLING * ambiguous || decided >= ENOUGH) && !isMixed) return [];
  const choices = daysInOrders(example, reading).flatMap(([dateOrder]) => {
    const day = dayInWords(example, dateOrder, reading);
    return day === undefined
      ? []
      : [{ label: t('{{value}} is {{meaning}}', { value: example, meaning: day }), settings: { dateOrder } }];
  });
  return [
    {
      kind: 'date-order',
      message: isMixed ? mixedWords(evidence) : undecidedWords(evidence),
      stops: ['date'],
      choices,
    },
  ];
}

/**
 * The last year that two digits can mean: the years of a column lie close together, so the widest gap among them is where
 * they begin anew, and nobody is born in the future.
 */
export function likelyLastYear(
  values: CountedValues,
  order: DateOrder,
  thisYear: number,
): { lastYear: number; rows: number } {
  const rowsOf = new Array<number>(100).fill(0);
  let rows = 0;
  for (const [value, count] of values) {
    const year = twoDigitYear(value, order);
    if (year === undefined) continue;
    rowsOf[year] = (rowsOf[year] ?? 0) + count;
    rows += count;
  }
  const years = rowsOf.flatMap((count, year) => (count > 0 ? [year] : []));
  const ends = years.map((year, i) => {
    const next = years[(i + 1) % years.length] ?? year;
    const century = 100 * Math.floor(thisYear / 100);
    const last = century + year <= thisYear ? century + year : century + year - 100;
    return { last, gap: (next - year + 100) % 100 || 100, oldest: last - ((year - next + 100) % 100) };
  });
  const plausible = ends.filter(({ oldest }) => oldest >= thisYear - OLDEST);
  const [best] = plausible.sort((a, b) => b.gap - a.gap || b.last - a.last);
  return { lastYear: best?.last ?? thisYear, rows };
}

/**
 * Whether nearly all values are numbers of days, and none has the six digits of a date. Those that Excel did not take for
 * dates, such as `13/02/1980` where it has the month first, stand among its numbers as they were written.
 */
export function areSerialDates(sample: readonly string[]): boolean {
  const isDay = (text: string) => NUMBER_OF_DAYS.test(text) && Number(text) >= SERIAL_FROM && Number(text) <= SERIAL_TO;
  const others = sample.filter((text) => !isDay(text));
  const days = sample.length - others.length;
  if (days === 0 || others.some((text) => /^\d{6}$/.test(text))) return false;
  if (days >= SERIAL_SHARE * sample.length) return true;
  if (days + others.filter((text) => /\D/.test(text)).length < SERIAL_SHARE * sample.length) return false;
  const isWritten = (text: string) =>
    DATE_ORDERS.some(
      (dateOrder) => /\D/.test(text) && parseDate(text, { ...DEFAULT_READING, dateOrder }) !== undefined,
    );
  const written = others.filter(isWritten).length;
  return days > 1 && written > 1 && days + written >= SERIAL_SHARE * sample.length;
}
