import { decimalDigit, pythonRepr, SPACE_CLASS } from './text.ts';

/** A day of the proleptic Gregorian calendar. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A day, or the text of the ValueError that Python's `datetime.strptime` raises. */
export type DateReading =
  | { readonly ok: true; readonly date: CalendarDay }
  | { readonly ok: false; readonly error: string };

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));
const SHORT_MONTHS = short(MONTHS);
const SHORT_WEEKDAYS = short(WEEKDAYS);
const alternatives = (names: readonly string[]): string => [...names].sort((a, b) => b.length - a.length).join('|');
const D = '\\p{Nd}';

/** Directive letter to what it matches, in CPython's order of alternatives (C locale). */
const DIRECTIVES: Readonly<Record<string, string>> = {
  d: `3[0-1]|[1-2]${D}|0[1-9]|[1-9]| [1-9]`,
  f: '[0-9]{1,6}',
  H: `2[0-3]|[0-1]${D}|${D}`,
  I: '1[0-2]|0[1-9]|[1-9]',
  G: `${D}${D}${D}${D}`,
  j: `36[0-6]|3[0-5]${D}|[1-2]${D}${D}|0[1-9]${D}|00[1-9]|[1-9]${D}|0[1-9]|[1-9]`,
  m: '1[0-2]|0[1-9]|[1-9]',
  M: `[0-5]${D}|${D}`,
  S: `6[0-1]|[0-5]${D}|${D}`,
  U: `5[0-3]|[0-4]${D}|${D}`,
  W: `5[0-3]|[0-4]${D}|${D}`,
  w: '[0-6]',
  u: '[1-7]',
  V: `5[0-3]|0[1-9]|[1-4]${D}|${D}`,
  y: `${D}${D}`,
  Y: `${D}${D}${D}${D}`,
  z: `[+\\-]${D}${D}:?[0-5]${D}(?::?[0-5]${D}(?:\\.${D}{1,6})?)?|Z`,
  A: alternatives(WEEKDAYS),
  a: alternatives(SHORT_WEEKDAYS),
  B: alternatives(MONTHS),
  b: alternatives(SHORT_MONTHS),
  p: 'am|pm',
  Z: 'utc|gmt',
};

/** Directives that stand for others, in the C locale. */
const COMPOSITE: Readonly<Record<string, string>> = {
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 0000-12-31 (so 0001-01-01 is 1), as `date.toordinal`. */
function ordinal({ year, month, day }: CalendarDay): number {
  const y = year - 1;
  let days = y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  for (let m = 1; m < month; m++) days += daysInMonth(year, m);
  return days + day;
}

/** The day with a given ordinal, or undefined outside the years 1 to 9999. */
function fromOrdinal(days: number): CalendarDay | undefined {
  if (days < 1 || days > 3652059) return undefined;
  let year = Math.max(1, Math.floor(days / 366));
  while (ordinal({ year: year + 1, month: 1, day: 1 }) <= days) year++;
  let rest = days - ordinal({ year, month: 1, day: 1 });
  let month = 1;
  while (rest >= daysInMonth(year, month)) rest -= daysInMonth(year, month++);
  return { year, month, day: rest + 1 };
}

/** Monday = 0. */
const weekdayOf = (days: number): number => (days + 6) % 7;

interface CompiledFormat {
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** Regular expression of a format, or the message of the error CPython raises for it. */
function compileFormat(format: string): CompiledFormat | string {
  const names: string[] = [];
  let source = '';
  let rest = format.replace(/%[cxX]/g, (directive) => COMPOSITE[directive.slice(1)] ?? directive);
  while (rest !== '') {
    const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    rest = rest.slice(char.length);
    if (char !== '%') {
      const blanks = new RegExp(`^[${SPACE_CLASS}]+`, 'u').exec(char + rest);
      if (blanks) {
        source += `[${SPACE_CLASS}]+`;
        rest = (char + rest).slice(blanks[0].length);
      } else {
        source += /[A-Za-z0-9]/.test(char) ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
      }
      continue;
    }
    if (rest === '') return `stray % in format '${format}'`;
    const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    rest = rest.slice(letter.length);
    if (letter === '%') {
      source += '%';
      continue;
    }
    const directive = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined;
    if (directive === undefined) return `'${letter}' is a bad directive in format '${format}'`;
    if (names.includes(letter)) return `redefinition of group name '${letter}' in format '${format}'`;
    names.push(letter);
    source += `(?<${letter}>${directive})`;
  }
  return { pattern: new RegExp(source, 'iuy'), names };
}

function digits(text: string): number {
  let value = 0;
  for (const char of text.trim()) value = value * 10 + Math.max(0, decimalDigit(char.codePointAt(0) ?? 0));
  return value;
}

/** What the directives of one text said; months and days count from 1, weekdays from Monday = 0. */
interface Parts {
  year?: number;
  isoYear?: number;
  isoWeek?: number;
  week?: number;
  weekStart?: number;
  weekday?: number;
  julian?: number;
  second?: number;
  month: number;
  day: number;
}

function collect(names: readonly string[], groups: Readonly<Record<string, string>>): Parts {
  const parts: Parts = { month: 1, day: 1 };
  for (const name of names) {
    const text = groups[name] ?? '';
    const lower = text.toLowerCase();
    if (name === 'y') parts.year = digits(text) + (digits(text) <= 68 ? 2000 : 1900);
    else if (name === 'Y') parts.year = digits(text);
    else if (name === 'G') parts.isoYear = digits(text);
    else if (name === 'V') parts.isoWeek = digits(text);
    else if (name === 'm') parts.month = digits(text);
    else if (name === 'B') parts.month = MONTHS.indexOf(lower) + 1;
    else if (name === 'b') parts.month = SHORT_MONTHS.indexOf(lower) + 1;
    else if (name === 'd') parts.day = digits(text);
    else if (name === 'A') parts.weekday = WEEKDAYS.indexOf(lower);
    else if (name === 'a') parts.weekday = SHORT_WEEKDAYS.indexOf(lower);
    else if (name === 'w') parts.weekday = (digits(text) + 6) % 7;
    else if (name === 'u') parts.weekday = digits(text) - 1;
    else if (name === 'j') parts.julian = digits(text);
    else if (name === 'S') parts.second = digits(text);
    else if (name === 'U' || name === 'W') {
      parts.week = digits(text);
      parts.weekStart = name === 'U' ? 6 : 0;
    }
  }
  return parts;
}

const WEEKDAY_DIRECTIVES = "a weekday directive ('%A', '%a', '%w', or '%u').";

function isoComplaint(parts: Parts): string | undefined {
  if (parts.year === undefined && parts.isoYear !== undefined) {
    if (parts.isoWeek === undefined || parts.weekday === undefined) {
      return `ISO year directive '%G' must be used with the ISO week directive '%V' and ${WEEKDAY_DIRECTIVES}`;
    }
    if (parts.julian !== undefined) {
      return "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.";
    }
  } else if (parts.week === undefined && parts.isoWeek !== undefined) {
    return parts.weekday === undefined
      ? `ISO week directive '%V' must be used with the ISO year directive '%G' and ${WEEKDAY_DIRECTIVES}`
      : "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.";
  }
  return undefined;
}

/** Day of the year of a weekday in a week counted from the first Sunday or Monday; may be zero or negative. */
function dayOfYearFromWeek(year: number, week: number, weekday: number, mondayFirst: boolean): number {
  const shift = mondayFirst ? 0 : 1;
  const first = (weekdayOf(ordinal({ year, month: 1, day: 1 })) + shift) % 7;
  const day = (weekday + shift) % 7;
  return week === 0 ? 1 + day - first : 1 + ((7 - first) % 7) + 7 * (week - 1) + day;
}

function resolve(parts: Parts): DateReading {
  const fail = (error: string): DateReading => ({ ok: false, error });
  const complaint = isoComplaint(parts);
  if (complaint !== undefined) return fail(complaint);
  // Python reads 29 February without a year in a leap year first, and then fails on 1900.
  let year = parts.year ?? 1900;
  let julian = parts.julian;
  if (julian === undefined && parts.weekday !== undefined) {
    if (parts.week !== undefined) {
      if (year < 1) return fail(`year ${year} is out of range`);
      julian = dayOfYearFromWeek(year, parts.week, parts.weekday, parts.weekStart === 0);
    } else if (parts.isoYear !== undefined && parts.isoWeek !== undefined) {
      if (parts.isoYear < 1) return fail(`Year is out of range: ${parts.isoYear}`);
      year = parts.isoYear;
      const fourth = ordinal({ year, month: 1, day: 4 });
      const days = fourth - weekdayOf(fourth) + 7 * (parts.isoWeek - 1) + parts.weekday;
      const date = fromOrdinal(days);
      return date ? { ok: true, date } : fail('ordinal must be >= 1');
    }
    if (julian !== undefined && julian <= 0) {
      year -= 1;
      julian += isLeap(year) ? 366 : 365;
    }
  }
  if (year < 1) return fail(`year ${year} is out of range`);
  let date: CalendarDay = { year, month: parts.month, day: parts.day };
  if (julian !== undefined) {
    const found = fromOrdinal(julian - 1 + ordinal({ year, month: 1, day: 1 }));
    if (!found) return fail('ordinal must be >= 1');
    date = found;
  } else if (date.day > daysInMonth(date.year, date.month)) {
    return fail('day is out of range for month');
  }
  return (parts.second ?? 0) > 59 ? fail('second must be in 0..59') : { ok: true, date };
}

const KNOWN_DATES = 1 << 16;

/**
 * A reader for dates in a `strptime` format, with CPython 3.11's results in the C locale.
 * @param format directives such as `%d/%m/%Y`
 * @returns a function from text to the day or to the error text CPython gives; a bad format is an error of every text
 */
export function compileDateFormat(format: string): (text: string) => DateReading {
  const compiled = compileFormat(format);
  if (typeof compiled === 'string') return () => ({ ok: false, error: compiled });
  const read = (text: string): DateReading => {
    compiled.pattern.lastIndex = 0;
    const match = compiled.pattern.exec(text);
    if (!match || match.groups?.z === 'z') {
      return { ok: false, error: `time data ${pythonRepr(text)} does not match format ${pythonRepr(format)}` };
    }
    if (match[0].length !== text.length) {
      return { ok: false, error: `unconverted data remains: ${text.slice(match[0].length)}` };
    }
    return resolve(collect(compiled.names, match.groups ?? {}));
  };
  // A century has 36,525 days: dates of births come again and again.
  const known = new Map<string, DateReading>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const found = read(text);
    if (known.size < KNOWN_DATES) known.set(text, found);
    return found;
  };
}

/** What is wrong with a `strptime` format itself, or undefined. */
export function dateFormatError(format: string): string | undefined {
  const compiled = compileFormat(format);
  return typeof compiled === 'string' ? compiled : undefined;
}

/** `%Y%m%d` as glibc writes it: years below 1000 come without leading zeros. */
export function compactDate({ year, month, day }: CalendarDay): string {
  return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}
