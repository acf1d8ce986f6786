/** Dates as people write them, read into `yyyymmdd`. */

import type { DateOrder } from './column-settings.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const TIME = String.raw`(?:[t ,]+\d{1,2}:\d{2}.*)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`);
const EIGHT_DIGITS = /^\d{8}$/;
const DAY_MONTH_NAME = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?([a-z]{3,9})\.?[-/,. ]*(\d{4}|\d{2})${TIME}$`,
);
const MONTH_NAME_DAY = new RegExp(
  String.raw`^([a-z]{3,9})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?[-/,. ]+(\d{4}|\d{2})${TIME}$`,
);
const YEAR_MONTH_NAME = new RegExp(String.raw`^(\d{4})[-/. ]+([a-z]{3,9})\.?[-/. ]+(\d{1,2})${TIME}$`);

/** `yyyymmdd`, or undefined where the calendar (Gregorian) has no such day. Years 1600 to 2199. */
function calendarDay(year: number, month: number, day: number): string | undefined {
  if (year < 1600 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > last) return undefined;
  return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}

/** Two digits mean 1930 to 2029, as in spreadsheets. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 30 ? 2000 + year : 1900 + year;
}

function monthNumber(name: string): number {
  if (name === 'sept') return 9;
  return MONTHS.findIndex((month) => month.startsWith(name)) + 1;
}

function yearLast(first: string, second: string, year: string, order: DateOrder): string | undefined {
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  return calendarDay(fullYear(year), Number(month), Number(day));
}

/**
 * Reads a date: ISO and its kin (year first), `yyyymmdd`, `ddmmyyyy` or `mmddyyyy`, day, month and year in the column's
 * order parted by `/`, `-`, `.` or spaces, English month names; a time of day after it is passed over.
 * @returns `yyyymmdd`, or undefined for what is no date (31 February is none)
 */
export function parseDate(text: string, order: DateOrder): string | undefined {
  const value = text.trim().toLowerCase();
  if (EIGHT_DIGITS.test(value)) {
    return (
      calendarDay(Number(value.slice(0, 4)), Number(value.slice(4, 6)), Number(value.slice(6))) ??
      yearLast(value.slice(0, 2), value.slice(2, 4), value.slice(4), order)
    );
  }
  const isoLike = YEAR_FIRST.exec(value);
  if (isoLike) return calendarDay(Number(isoLike[1]), Number(isoLike[3]), Number(isoLike[4]));
  const numbers = YEAR_LAST.exec(value);
  if (numbers) {
    const [, first = '', separator, second = '', year = ''] = numbers;
    return yearLast(first, second, year, separator === '.' ? 'dmy' : order);
  }
  const named = DAY_MONTH_NAME.exec(value);
  if (named) return calendarDay(fullYear(named[3] ?? ''), monthNumber(named[2] ?? ''), Number(named[1]));
  const monthFirst = MONTH_NAME_DAY.exec(value);
  if (monthFirst) {
    return calendarDay(fullYear(monthFirst[3] ?? ''), monthNumber(monthFirst[1] ?? ''), Number(monthFirst[2]));
  }
  const yearFirst = YEAR_MONTH_NAME.exec(value);
  if (yearFirst) return calendarDay(Number(yearFirst[1]), monthNumber(yearFirst[2] ?? ''), Number(yearFirst[3]));
  return undefined;
}

/**
 * The order of a column's dates, decided by all of its values: month first only where more values can be read that way
 * alone than the other way alone. Nothing to go by: day first.
 */
export function dateOrderOf(values: Iterable<string>): DateOrder {
  let balance = 0;
  for (const value of values) {
    const dayFirst = parseDate(value, 'dmy') !== undefined;
    const monthFirst = parseDate(value, 'mdy') !== undefined;
    if (dayFirst !== monthFirst) balance += monthFirst ? 1 : -1;
  }
  return balance > 0 ? 'mdy' : 'dmy';
}
