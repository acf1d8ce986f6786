import type { ColumnCensus } from './column-census.ts';
import type { MissingCandidate } from './column-settings.ts';
import { missingWord, normaliseWord } from './missing-words.ts';
import { plausibleBounds } from './number-bounds.ts';
import { compareDecimals, type Decimal, numberOf, parseDecimal } from './numbers.ts';

/** Labels of a column that groups: fewer distinct values than this. */
const FEW_LABELS = 64;
/** A spelling that is so much more common than others stands out. */
const SPIKE = 5;
/** Beyond all others less is enough. */
const SPIKE_BEYOND = 2;
const FAR_BEYOND = 5;
const SPIKE_ROWS = 3;
const SPIKE_SHARE = 0.01;

/** Codes for no value in surveys and registers: -9, 99, 97, 888, -7777, 9999.9, and -1; the limits of a computer's numbers. */
const CODE =
  /^-?(?:([7-9])\1*(?:[.,]\1+)?|9+[678])(?:[.,]0+)?$|^-1(?:[.,]0+)?$|^-([1-6])\2+(?:[.,]0+)?$|^(?:-?3276[78]|-?214748364[78]|65535|4294967295)(?:[.,]0+)?$/;
/** Numbers of one digit alone, where names and dates of people are codes: 0000000, 99/99/9999. */
const FILLER = /^(?:0(?:\D?0){3,}|1(?:\D?1){5,}|9(?:\D?9){3,})(?:\.0)?$/;
/** Days that stand for none: of the years 1 and 9999, and day zero of spreadsheets. */
const FILLER_DAYS = new Set(
  '99991231 31129999 12319999 29991231 31122999 12312999 00010101 01010001 18991230 30121899 12301899 18991231 31121899 12311899'.split(
    ' ',
  ),
);
/** A quick look, for there are many values. */
const FILLER_YEARS = /9999|2999|0001|1899/;
const YEAR_9999 = /^9999\D\d\d?\D\d\d?(?:[T ].*)?$|^\d\d?\D\d\d?\D9999$/;
/** Days that programs put where they know none, and on which people are born as well. */
const DEFAULT_DAYS = new Set('19000101 01011900 19700101 01011970 18000101 01011800 19010101 01011901'.split(' '));
/** Hardly anybody who is in a file was born in these years. */
const NOBODYS_DAY = /1[89]00/;
const dayDigits = (value: string) => value.replace(/[T ].*$/, '').replace(/\D/g, '');
const isFillerDay = (value: string) =>
  FILLER_YEARS.test(value) && (FILLER_DAYS.has(dayDigits(value)) || YEAR_9999.test(value));

/** Whether a value may stand for no value where others are dates or codes. */
export const isFiller = (value: string): boolean => FILLER.test(value) || isFillerDay(value);

/** What a column is, as far as it matters here. */
export type ColumnKind = 'numbers' | 'dates' | 'digits' | 'labels' | 'text';

function median(counts: Iterable<number>): number {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Whether a value is far more common than the usual one. */
function isSpike(rows: number, usual: number, filled: number, times = SPIKE): boolean {
  return rows >= SPIKE_ROWS && rows >= times * usual && rows >= SPIKE_SHARE * filled;
}

function isWordTaken(value: string, kind: ColumnKind, common: boolean): boolean {
  const word = missingWord(value);
  if (word === undefined) return false;
  if (word === 'certain' || kind === 'numbers' || kind === 'dates' || kind === 'digits') return true;
  return kind === 'labels' ? word === 'word' : common && word !== 'name';
}

/**
 * Values of a column that may stand for no value, most rows first: words (`N/A`, `unbekannt`), taken where nobody and
 * nothing can be called so, and fillers of codes and dates (`00000000`) that are many. `isNumber` says what has a number
 * to lose.
 */
export function missingWords(census: ColumnCensus, kind: ColumnKind): MissingCandidate[] {
  const filled = census.rows - census.blank;
  const usual = median(census.counts.values());
  const found: MissingCandidate[] = [];
  for (const [value, rows] of census.counts) {
    const common = isSpike(rows, usual, filled);
    const word = missingWord(value);
    const taken = isWordTaken(value, kind, common);
    if (word !== undefined && (taken || word === 'word' || rows >= SPIKE_ROWS)) found.push({ value, rows, taken });
    else if ((kind === 'dates' || kind === 'digits') && FILLER.test(value)) {
      found.push({ value, rows, taken: kind === 'dates' || common });
    } else if (kind === 'dates' && isFillerDay(value)) found.push({ value, rows, taken: true });
    else if (kind === 'dates' && common && DEFAULT_DAYS.has(dayDigits(value))) {
      found.push({ value, rows, taken: NOBODYS_DAY.test(value) });
    }
  }
  return found.sort((a, b) => b.rows - a.rows);
}

export function isLabelColumn({ counts, complete, rows, blank }: ColumnCensus): boolean {
  return complete && counts.size <= FEW_LABELS && counts.size <= Math.max(2, 0.5 * (rows - blank));
}

/** Years that programs put where they know none. */
const YEAR_CODES = new Set([1000, 1111, 1800, 1899, 1900, 1901, 1970, 2099, 2100, 2900, 2999, 3000]);
const [FIRST_YEAR, LAST_YEAR] = [1850, 2100];
/** Share of rows with a year of four digits for the column to be one of years. */
const MOSTLY_YEARS = 0.8;
const YEARS_APART = 10;
const MAX_YEAR_SPAN = 130;

interface Coded {
  readonly value: string;
  readonly decimal: Decimal;
  readonly rows: number;
}

/** Share of the usual number below which nothing but zero may be, for many zeros to stand out, and for a few. */
const ABOVE_ZERO = 0.25;
const FAR_ABOVE_ZERO = 0.5;
const ENOUGH = 10;
/** Of an end: how much more common than usual, and how far from the others, in spans of these. */
const SPIKE_AT_END = 3;
const FAR_FROM_ALL = 0.4;
/** `0000` among numbers that do not begin with zeros. */
const ZEROS = /^0{3,}$/;
const LEADING_ZERO = /^0+[1-9]/;

/**
 * Numbers of a column that stand out from the others and may be codes for no value: those that look like codes, where they are
 * below zero and nothing else is, far above everything else, or far more common than what is around them; many zeros far below
 * everything else; what is far from the others (`number-bounds.ts`). Never taken by themselves.
 */
export function missingCodes(
  counts: ReadonlyMap<string, number>,
  read: (value: string) => Decimal | undefined,
): MissingCandidate[] {
  const codes: Coded[] = [];
  const others: Coded[] = [];
  for (const [value, rows] of counts) {
    const decimal = read(value);
    if (decimal === undefined) continue;
    const isCode = CODE.test(value) && parseDecimal(value, '.') !== undefined;
    (isCode ? codes : others).push({ value, decimal, rows });
  }
  const numbers = others.map(({ decimal }) => numberOf(decimal));
  const bounds = plausibleBounds(numbers);
  const isFar = ({ decimal }: Coded, i: number) =>
    bounds !== undefined &&
    decimal.units !== 0n &&
    !((numbers[i] ?? 0) >= bounds.low && (numbers[i] ?? 0) <= bounds.high);
  const far = others.filter(isFar);
  const rest = far.length === 0 ? others : others.filter((coded, i) => !isFar(coded, i));
  const zeros = rest.some(({ value }) => LEADING_ZERO.test(value)) ? [] : rest.filter(({ value }) => ZEROS.test(value));
  const found = new Set([
    ...far,
    ...codesAmong(codes, rest),
    ...zerosBelow(rest),
    ...zeros,
    ...heapsAtEnds(rest),
    ...oddYears(others),
  ]);
  return [...found]
    .sort((a, b) => compareDecimals(a.decimal, b.decimal))
    .map(({ value, rows }) => ({ value, rows, taken: false }));
}

/** Of years, those that programs put for none, where they lie apart from the others; years of two digits; what is no year. */
function oddYears(coded: readonly Coded[]): Coded[] {
  const yearOf = ({ decimal }: Coded) => numberOf(decimal);
  const isYear = (one: Coded) => one.decimal.scale === 0 && yearOf(one) >= FIRST_YEAR && yearOf(one) <= LAST_YEAR;
  const years = coded.filter(isYear);
  const rowsOf = (some: readonly Coded[]) => some.reduce((sum, { rows }) => sum + rows, 0);
  const usual = years.filter((one) => !YEAR_CODES.has(yearOf(one))).map(yearOf);
  if (usual.length < ENOUGH || rowsOf(years) < MOSTLY_YEARS * rowsOf(coded)) return [];
  const first = usual.reduce((a, b) => Math.min(a, b));
  const last = usual.reduce((a, b) => Math.max(a, b));
  // Numbers of four digits that spread more widely are no years.
  if (last - first > MAX_YEAR_SPAN) return [];
  return coded.filter((one) => {
    const year = yearOf(one);
    if (!isYear(one)) return one.decimal.scale === 0;
    return YEAR_CODES.has(year) && (year < first - YEARS_APART || year > last + YEARS_APART);
  });
}

function codesAmong(codes: readonly Coded[], others: readonly Coded[]): Coded[] {
  if (others.length === 0 || codes.length === 0) return [];
  const numbers = others.map(({ decimal }) => numberOf(decimal));
  const minimum = numbers.reduce((a, b) => Math.min(a, b));
  const maximum = numbers.reduce((a, b) => Math.max(a, b));
  const usual = median(others.map(({ rows }) => rows));
  const total = others.reduce((sum, { rows }) => sum + rows, 0);
  return codes.filter(({ decimal, rows }) => {
    const number = numberOf(decimal);
    if (number < 0 && minimum >= 0) return true;
    const span = Math.max(maximum - minimum, 1);
    if (number > maximum + span / 2 || number < minimum - span / 2) {
      // Of two values the third may be the next one.
      return others.length >= 3 || (total >= ENOUGH && number >= maximum + FAR_BEYOND * span);
    }
    if (number > maximum && isSpike(rows, usual, total, SPIKE_BEYOND)) return true;
    return Math.abs(number) > 10 && others.length >= ENOUGH && isSpike(rows, usual, total);
  });
}

function zerosBelow(numbers: readonly Coded[]): Coded[] {
  const zeros = numbers.filter(({ decimal }) => decimal.units === 0n);
  const others = numbers.filter(({ decimal }) => decimal.units !== 0n);
  if (zeros.length === 0 || others.length < ENOUGH) return [];
  const values = others.map(({ decimal }) => numberOf(decimal));
  const least = values.reduce((a, b) => Math.min(a, b));
  if (least <= 0 || least < ABOVE_ZERO * median(values)) return [];
  if (least >= FAR_ABOVE_ZERO * median(values)) return zeros;
  const usual = median(others.map(({ rows }) => rows));
  const total = numbers.reduce((sum, { rows }) => sum + rows, 0);
  return zeros.filter(({ rows }) => isSpike(rows, usual, total));
}

/** The least or the largest number, where many rows have it and all others lie far from it: ages of 0 or 120 among adults. */
function heapsAtEnds(numbers: readonly Coded[]): Coded[] {
  if (numbers.length <= ENOUGH) return [];
  const sorted = numbers.map((coded) => ({ coded, number: numberOf(coded.decimal) }));
  sorted.sort((a, b) => a.number - b.number);
  const usual = median(numbers.map(({ rows }) => rows));
  const total = numbers.reduce((sum, { rows }) => sum + rows, 0);
  const ends = [sorted, sorted.toReversed()].flatMap(([end, next, ...others]) => {
    const last = others.at(-1);
    if (end === undefined || next === undefined || last === undefined) return [];
    const isFar = Math.abs(end.number - next.number) >= FAR_FROM_ALL * Math.abs(last.number - next.number);
    return isFar && isSpike(end.coded.rows, usual, total, SPIKE_AT_END) ? [end.coded] : [];
  });
  return ends;
}

/** The values as `ColumnReading.missing` has them. */
export function missingSet(values: Iterable<string>): ReadonlySet<string> {
  return new Set(Array.from(values, normaliseWord));
}
