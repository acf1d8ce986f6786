/** Dates as people write them, read into `yyyymmdd`. */
import { type ColumnReading, DATE_ORDERS, type DateOrder } from './column-settings.ts';
import { commonYear, inCommonEra } from './eras.ts';
import { monthNumber } from './month-names.ts';
import { plainText } from './plain-text.ts';
import { type Falls, isWeekday, isWeekdayBefore } from './weekdays.ts';

/** How the dates of a column are read. */
export type DateReading = Pick<ColumnReading, 'dateOrder' | 'lastYear' | 'serialDates' | 'isCroatian'>;

const TIME = String.raw`(?:[t ,:]+\d{1,2}[:.]\d{2}.*)?`;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const ISO_DAY = /^\d{4}-\d{2}-(\d{2})(?:$|[T ])/;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/._\\ ])[ ]?(\d{1,2})\2[ ]?(\d{1,2})\.?${TIME}$`);
/** What is said of a year behind it: `1980.`, `1980 г.`, `1980. g.` */
const OF_YEAR = String.raw`\.?(?: ?(?:г|р|r|m|a|g|թ)\.?)?`;
/** Blanks around marks, but for one behind a point, and a year of two digits: `3 - 7 - 45` are scores. */
const SCORES = String.raw`\d{1,2}(?: [-/._\\]|[-/_\\] ) ?\d{1,2} ?[-/._\\] ?\d{2}(?!\d)`;
const PARTS = new RegExp(
  String.raw`^(?!${SCORES})(\d{1,2})[ ]?([-/._\\ ])[ ]?(\d{1,2})[ ]?\2[ ]?(\d{4}|\d{2})${OF_YEAR}${TIME}$`,
);
const DIGITS = /^\d{6}(?:\d{2})?$/;
/** Days, and the time of day as a fraction. */
const SERIAL = /^(\d{1,6})(?:\.\d+)?$/;
/** Digits of which no date is made but by counting days, and words with a number behind: many values, told at a glance. */
const NO_DATE = /^(?:\d{1,4}|[A-Za-z]+\d*)$/;
/** `März`, `ม.ค.`, `जन॰`. */
const NAME = String.raw`(\p{L}[\p{L}\p{M}'’׳]{0,15}(?:\.\p{L}[\p{L}\p{M}]{0,3})?)[.॰]?`;
/** `3rd of`, `1er`, `3. de`, `3º di`. */
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th|er|[ºª°])?[-/., ]*(?:(?:of|de|di|do|da|del|ta['’]) |d['’])?`;
/** `de 1980`, `del 1980`, `พ.ศ. 2523`. */
const YEAR = String.raw`[-/,.، ]*(?:(?:de|del|do|di|[พค]\.?ศ\.?) ?)?['’]?(\d{4}|\d{2})${OF_YEAR}`;
const DAY_MONTH_NAME = new RegExp(`^${DAY}${NAME}${YEAR}${TIME}$`, 'u');
const MONTH_NAME_DAY = new RegExp(
  String.raw`^${NAME}[-/ ]*(\d{1,2})(?:st|nd|rd|th|\.)?[-/,. ]+(\d{4}|\d{2})${TIME}$`,
  'u',
);
const YEAR_MONTH_NAME = new RegExp(
  String.raw`^(\d{4})\.?(?: m\.)?[-/. ]+${NAME}[-/. ]+(\d{1,2})(?: ?d)?\.?${TIME}$`,
  'u',
);
/** `1980. gada 3. februāris`, `1980 ж. 3 ақпан`. */
const YEAR_DAY_NAME = new RegExp(String.raw`^(\d{4})(?:\. ?(?:gada|g\.)| ж\.) ?(\d{1,2})\.? ?${NAME}$`, 'u');
/** What may be a weekday before a day, word by word: `Mon Feb 03 1980`, `Montag, den 3. Februar 1980`. */
const WORD_BEFORE = /^\p{L}[\p{L}\p{M}\p{Cf}'’-]*\.?[,،]? +(?=[\p{L}\d])/u;
/** And behind it: `1980. február 3., vasárnap`, `3 Şubat 1980 Pazar`, `03.02.1980 (So.)`. */
const WORD_BEHIND = /[,،]? +\p{L}[\p{L}\p{M}\p{Cf}'’-]*\.?$/u;
const IN_PARENTHESES = / ?\((\p{L}[\p{L}\p{M}]{0,15}\.?)\)$/u;
const MAX_WORDS = 3;
/** A day beside words has a number for itself, and one for its year; an address has one alone. */
const NUMBERS = /\d\D+\d|\d{6}/;
const MAY_HAVE_WEEKDAY = /^\p{L}\S* |[\p{L}\p{M}]\.?\)?$/u;
/** `1980年2月3日星期日`, `1980年2月3日日曜日`. */
const WEEKDAY_BEHIND = / ?(?:(?:星期|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)$/u;
/** `19800203T120000`, `198002031200`, `19800203120000+0100`: as messages between hospitals have it. */
const STAMP = /^(\d{8})(?:[t ]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\.\d+)?)?)(?:z|[-+]\d{4})?$/;

const MS_A_DAY = 86_400_000;
/** Excel counts from 1 January 1900, and a 29 February 1900 that never was; old Excel for Mac from 1 January 1904. */
const DAY_ZERO = { '1900': Date.UTC(1899, 11, 30), '1904': Date.UTC(1904, 0, 1) } as const;

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `yyyymmdd`, or undefined where the calendar (Gregorian) has no such day. Years 1600 to 2199. */
function calendarDay(written: number, month: number, day: number): string | undefined {
  const year = commonYear(written);
  if (year < 1600 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (month === 2 && isLeap ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0))) return undefined;
  return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}

/** Two digits mean the year within the hundred years up to the last one. */
export function fullYear(digits: string, lastYear: number): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return lastYear - ((((lastYear - year) % 100) + 100) % 100);
}

function inOrder(parts: readonly [string, string, string], order: DateOrder, lastYear: number): string | undefined {
  const [a, b, c] = parts;
  const [year, month, day] = order === 'dmy' ? [c, b, a] : order === 'mdy' ? [c, a, b] : [a, b, c];
  return calendarDay(fullYear(year, lastYear), Number(month), Number(day));
}

/** Eight digits with the year first or last, six in the column's order. */
function fromDigits(value: string, { dateOrder, lastYear }: Omit<DateReading, 'serialDates'>): string | undefined {
  const part = (from: number, to?: number) => value.slice(from, to);
  if (value.length === 6) return inOrder([part(0, 2), part(2, 4), part(4)], dateOrder, lastYear);
  const order = dateOrder === 'ymd' ? 'dmy' : dateOrder;
  return (
    calendarDay(Number(part(0, 4)), Number(part(4, 6)), Number(part(6))) ??
    inOrder([part(0, 2), part(2, 4), part(4)], order, lastYear)
  );
}

function fromNames(value: string, { lastYear, isCroatian }: Omit<DateReading, 'serialDates'>): string | undefined {
  const day = (year: string, month: string, date: string) =>
    calendarDay(fullYear(year, lastYear), monthNumber(month, isCroatian), Number(date));
  const dayFirst = DAY_MONTH_NAME.exec(value);
  if (dayFirst !== null) {
    const [, date = '', month = '', year = ''] = dayFirst;
    return day(year, month, date);
  }
  const monthFirst = MONTH_NAME_DAY.exec(value);
  if (monthFirst !== null) {
    const [, month = '', date = '', year = ''] = monthFirst;
    return day(year, month, date);
  }
  const monthLast = YEAR_DAY_NAME.exec(value);
  if (monthLast !== null) {
    const [, year = '', date = '', month = ''] = monthLast;
    return day(year, month, date);
  }
  const [, year = '', month = '', date] = YEAR_MONTH_NAME.exec(value) ?? [];
  return date === undefined ? undefined : day(year, month, date);
}

/** A day by its number, in the years 1900 to 2099. */
function fromSerial(value: string, system: '1900' | '1904'): string | undefined {
  const days = Number(SERIAL.exec(value)?.[1] ?? Number.NaN);
  const date = new Date(DAY_ZERO[system] + days * MS_A_DAY);
  const year = date.getUTCFullYear();
  return year >= 1900 && year < 2100 && days > 0
    ? calendarDay(year, date.getUTCMonth() + 1, date.getUTCDate())
    : undefined;
}

/** The orders that make a difference: a year of four digits stands first or last whatever the order. */
function ordersOf(value: string): readonly DateOrder[] {
  const isLong = value.length === 8 && DIGITS.test(value);
  return isLong || PARTS.exec(value)?.[4]?.length === 4 ? ['dmy', 'mdy'] : DATE_ORDERS;
}

/** The orders of day, month and year in which a value of digits may be read, with the day in each; none where its order is plain. */
export function daysInOrders(
  text: string,
  reading: Pick<DateReading, 'lastYear'>,
): readonly (readonly [order: DateOrder, day: string | undefined])[] {
  if (ISO.test(text) || NO_DATE.test(text) || !/\p{Nd}/u.test(text)) return [];
  const value = plainDate(text);
  if (!DIGITS.test(value) && !PARTS.test(value)) return [];
  return ordersOf(value).map((dateOrder) => [dateOrder, readDate(value, { ...reading, dateOrder })]);
}

/** The day of a month that is plain whatever the order: of a date in ISO's, and of a number of days. */
export function plainDay(text: string, serialDates: DateReading['serialDates']): number | undefined {
  const iso = ISO_DAY.exec(text)?.[1];
  if (iso !== undefined) return Number(iso);
  const counted = serialDates !== 'no' && /^\d{4,5}(?:\.\d+)?$/.test(text) ? fromSerial(text, serialDates) : undefined;
  return counted === undefined ? undefined : Number(counted.slice(6));
}

/** Whether the year has two digits only; what they are. */
export function twoDigitYear(text: string, order: DateOrder): number | undefined {
  const value = plainDate(text);
  const parts = PARTS.exec(value);
  const named = DAY_MONTH_NAME.exec(value)?.[3] ?? MONTH_NAME_DAY.exec(value)?.[3];
  const six =
    value.length === 6 && DIGITS.test(value) ? (order === 'ymd' ? value.slice(0, 2) : value.slice(4)) : undefined;
  const year = six ?? named ?? (order === 'ymd' ? parts?.[1] : parts?.[4]);
  return year?.length === 2 ? Number(year) : undefined;
}

/** A day's digits as a program took them for a number: `19800203.0`, and `3021980` without its zero. */
const NUMBER_OF_DIGITS = /^(\d{5,8})(?:\.0+)?$/;

/** Years, months and days of East Asia parted by hyphens, eras and lost zeros made good; no capitals. */
function plainDate(text: string): string {
  const plain = plainText(text).toLowerCase();
  const digits = NUMBER_OF_DIGITS.exec(plain)?.[1];
  if (digits !== undefined) return digits.length % 2 === 0 ? digits : `0${digits}`;
  const stamped = STAMP.exec(plain)?.[1];
  if (stamped !== undefined) return stamped;
  if (!MAY_HAVE_WEEKDAY.test(plain)) return inCommonDigits(plain);
  const inside = IN_PARENTHESES.exec(plain);
  if (inside === null) return withoutWeekday(inCommonDigits(plain.replace(WEEKDAY_BEHIND, '')));
  const day = inCommonDigits(plain.slice(0, inside.index));
  return isWeekday(inside[1] ?? '', fallsOf(day)) ? day : plain;
}

/** Eras and the words of East Asia for years, months and days, made good. */
function inCommonDigits(date: string): string {
  return inCommonEra(date)
    .replace(/^ngày /, '')
    .replace(/,? ?th(?:áng|g) ?(\d{1,2}),? (?=\d{4}$)/, '-$1-')
    .replace(/ ?[年년] ?| ?[月월] ?|,? ?(?:tháng|năm) ?(?=\d)/g, '-')
    .replace(/ ?[日일]/, '');
}

/**
 * Reads a date: ISO and its kin (year first), `yyyymmdd`, `ddmmyyyy`, `ddmmyy` and others in the column's order, parts in
 * that order with `/`, `-`, `.` or spaces between them, names of months in many languages, days counted as Excel
 * does where the column has them, digits of any script; a weekday before and a time of day after it are passed over.
 * @returns `yyyymmdd`, or undefined for what is no date (31 February is none)
 */
export function parseDate(text: string, reading: DateReading): string | undefined {
  const iso = ISO.exec(text);
  if (iso !== null) return calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  if (reading.serialDates !== 'no') {
    const number = plainText(text);
    if (SERIAL.test(number)) return fromSerial(number, reading.serialDates);
  }
  if (!/\p{Nd}/u.test(text) || NO_DATE.test(text)) return undefined;
  return readDate(plainDate(text), reading);
}

const FALLS_READING: Omit<DateReading, 'serialDates' | 'dateOrder'> = { lastYear: 2029 };

/** Whether a date, in any order, falls on one of some weekdays. */
function fallsOf(date: string): Falls {
  return (days) =>
    DATE_ORDERS.some((dateOrder) => {
      const day = readDate(date, { ...FALLS_READING, dateOrder });
      return day !== undefined && days.has(weekdayOf(day));
    });
}

const weekdayOf = (day: string) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)))).getUTCDay();

/** A date without the weekday before or behind it. What other words say may make it another day, or none. */
function withoutWeekday(date: string): string {
  // `Mar 3 1980` begins with a month.
  if (!NUMBERS.test(date) || MONTH_NAME_DAY.test(date)) return date;
  for (const [word, isPlain] of [
    [WORD_BEFORE, isWeekdayBefore],
    [WORD_BEHIND, isWeekday],
  ] as const) {
    let [rest, plain] = [date, ''];
    for (let left = MAX_WORDS; left > 0 && word.test(rest); left--) {
      rest = rest.replace(word, '');
      const words = word === WORD_BEFORE ? date.slice(0, -rest.length) : date.slice(rest.length);
      if (isPlain(words, fallsOf(rest))) plain = rest;
    }
    if (plain !== '') return plain;
  }
  return date;
}

function readDate(value: string, reading: Omit<DateReading, 'serialDates'>): string | undefined {
  if (DIGITS.test(value)) return fromDigits(value, reading);
  const isoLike = YEAR_FIRST.exec(value);
  if (isoLike !== null) return calendarDay(Number(isoLike[1]), Number(isoLike[3]), Number(isoLike[4]));
  const numbers = PARTS.exec(value);
  if (numbers === null) return fromNames(value, reading);
  const [, first = '', separator, second = '', third = ''] = numbers;
  // A year of four digits stands last whatever the column's order, and with dots nobody puts the month first.
  const inDays = reading.dateOrder === 'ymd' && third.length === 4 ? 'dmy' : reading.dateOrder;
  return inOrder([first, second, third], separator === '.' && inDays === 'mdy' ? 'dmy' : inDays, reading.lastYear);
}
