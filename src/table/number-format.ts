/** Formats of a spreadsheet by which a person sees more than the number that a cell keeps. */

const QUOTED = /"([^"]*)"/g;
const ESCAPED = /\\(.)/g;
/** Colours, conditions and locales; times that go past a day keep theirs. */
const BRACKETED = /\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi;
/** What stands for anything but a digit that is always shown. */
const OTHER_PLACES = /[#?.,%@*_]|\p{L}/u;
const ELAPSED = /\[(h+|m+|s+)\]/i;

/** The part for positive numbers, without what is written out in it. */
const places = (format: string) =>
  format.replace(QUOTED, '').replace(ESCAPED, '').replace(BRACKETED, '').split(';')[0]?.trim() ?? '';

/** `00000`, `000-00-0000`: a code that was kept as a number. */
export function isZeroPadded(format: string): boolean {
  const shown = places(format);
  return !OTHER_PLACES.test(shown) && shown.replace(/[^0]/g, '').length > 1;
}

export const isPercent = (format: string): boolean => places(format).includes('%');
export const isElapsed = (format: string): boolean => ELAPSED.test(places(format));

/** Whether numbers of the format have to be known by it to be read as they are shown. */
export const isTelling = (format: string): boolean => isZeroPadded(format) || isPercent(format) || isElapsed(format);

/** A whole number with the zeros and signs of such a format: 1105 is `01105`. */
function padded(value: number, format: string): string {
  const [pattern = ''] = format.replace(BRACKETED, '').replace(ESCAPED, '$1').replace(QUOTED, '$1').split(';');
  const digits = [...String(value)];
  const first = pattern.indexOf('0');
  return [...pattern]
    .map((sign, i) => ({ sign, i }))
    .reduceRight((text, { sign, i }) => {
      if (sign !== '0') return sign + text;
      return (i === first ? digits.splice(0).join('').padStart(1, '0') : (digits.pop() ?? '0')) + text;
    }, '');
}

/** Digits that a spreadsheet keeps of a number. */
const DIGITS = 15;

/** A number as a CSV file would have it: with the zeros in front or the percent sign that its format shows. */
export function numberText(value: number, format: string | undefined): string {
  if (Number.isInteger(value)) {
    if (format !== undefined && value >= 0 && isZeroPadded(format)) return padded(value, format);
    if (format === undefined || !isPercent(format)) return String(value);
  }
  const rounded = (number: number) => String(Number(number.toPrecision(DIGITS)));
  return format !== undefined && isPercent(format) ? `${rounded(100 * value)}%` : rounded(value);
}

const MS_A_DAY = 86_400_000;
const twoDigits = (number: number) => String(Math.floor(number)).padStart(2, '0');

export interface DayZero {
  /** Milliseconds, as those of a Date. */
  readonly dayZero: number;
  /** Whether it is a day of the calendar. */
  readonly isDay: boolean;
}

/** A time of day, or one that goes past it: `36:05:00`. */
function timeText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${twoDigits(seconds / 3600)}:${twoDigits((seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

/** The 29 February 1900, which spreadsheets count and the calendar has not: of the days since its day zero. */
const LEAP_DAY = 60;

/**
 * A day in ISO's order, with its time where it has one; a time alone where it lies on day zero. Day zero of 1900 is no day, so that
 * midnight is a time there; with that of 1904 it is the first of January.
 */
export function dateText(date: Date, format: string | undefined, { dayZero, isDay }: DayZero): string {
  const since = date.getTime() - dayZero;
  if (format !== undefined && isElapsed(format) && since >= 0) {
    return timeText(!isDay && since >= LEAP_DAY * MS_A_DAY ? since + MS_A_DAY : since);
  }
  if ((isDay ? since > 0 : since >= 0) && since < MS_A_DAY) return timeText(since);
  const year = date.getUTCFullYear();
  if (since < 0 || !(year <= 9999)) return String(Math.round((since / MS_A_DAY) * 1e6) / 1e6);
  const iso = new Date(1000 * Math.round(date.getTime() / 1000)).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}
