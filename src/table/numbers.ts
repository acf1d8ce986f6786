import type { DecimalMark } from './column-settings.ts';
import { plainText } from './plain-text.ts';

/** Numbers as people write them, read exactly: `units / 10^scale`, no binary fraction anywhere. */
export interface Decimal {
  readonly units: bigint;
  /** Digits after the decimal mark. */
  readonly scale: number;
}

/** A number with what stands around it. */
export interface Measure extends Decimal {
  /** Currency, unit or percent sign in lower case, `` where there is none. */
  readonly unit: string;
  /** `k` or `M` stood behind it, which may be units elsewhere. */
  readonly byLetter?: boolean;
}

/** Exponents past this are no measurements, nor are numbers of more digits. */
const MAX_EXPONENT = 40;
/** Characters past which a value is a text. */
const MAX_NUMBER_LENGTH = 120;
/** `10²` is no 102, `5½` no 512. */
const RAISED = /\p{Nd}[\p{No}]|^[\s-]*\p{No}/u;
/** `12.-`, `1'200.–`, `250,--`: an amount without cents. */
const NO_CENTS = /(?<=\d) ?[.,] ?-{1,2}(?=$| ?[\p{L}\p{Sc}])/u;

/** Signs that stand for the apostrophe between groups of digits. */
const APOSTROPHE = /[´`ʼ′]/;
const OTHER_APOSTROPHES = /(?<=\p{Nd})[´`ʼ′](?=\p{Nd}{3}(?!\p{Nd}))/gu;

const PLAIN_DIGITS = /^\d+$/;
const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;
/** Groups of three digits, or as in India of two before the last three; the first has no leading zero. */
const grouped = (mark: string) => String.raw`[1-9]\d{0,2}(?:${mark}\d{3})+|[1-9]\d?(?:${mark}\d{2})*${mark}\d{3}`;
const core = (group: string, fraction: string) =>
  new RegExp(
    String.raw`^(\d+|${grouped(group)}|${grouped(' ')}|${grouped("['’]")})?(?:${fraction}(\d*))?(?:[eE]([-+]?\d{1,3}))?$`,
  );
const CORES: Readonly<Record<DecimalMark, RegExp>> = { '.': core(',', String.raw`\.`), ',': core(String.raw`\.`, ',') };

const DIGITS_WITHIN = /^([^\d.,]*\p{L}\. ?|[^\d.,]*)([.,]?\d[\d., '’]*(?:[eE][-+]?\d{1,3}(?!\d))?)(.*)$/su;
/** Letters of currencies, as a pattern. */
export const CURRENCY_LETTERS = String.raw`Rs\.?|Fr\.?|kr\.?|Kč|zł|Ft|Rp|RM|[KTU]sh|S\/|USD|EUR|GBP|CHF|INR|JPY|CNY|RMB|AUD|CAD|NZD|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|RUB|UAH|TRY|BRL|MXN|ARS|CLP|COP|PEN|ZAR|NGN|KES|EGP|KRW|HKD|SGD|ILS|AED|SAR|THB|IDR|MYR|PHP|VND|PKR|BDT|NPR|LKR|TWD|RSD`;
/** Before a number only a currency may stand: letters of any kind would make numbers of codes. */
const CURRENCY = new RegExp(String.raw`^(?:(?:[A-Z]{1,2})?\p{Sc}|${CURRENCY_LETTERS}|%)?$`, 'iu');
/** After a number: a currency, a percent sign, or a unit of one word or a ratio of words, such as `mg/dl` or `kg/m2`. */
const UNIT = /^(?:[%‰°\p{Sc}]|°?\p{L}[\p{L}\p{M}]{0,11}[23]?(?:[/·*]\p{L}{1,6}[23]?){0,2}\.?)?$/u;

/** Words and letters for powers of ten; `k` and `M` right after the digits alone, for they are units elsewhere. */
const TIMES: readonly (readonly [power: number, after: RegExp])[] = [
  [3, /^(?:tsd|thousand|tys|tis|tisíc|тыс|тис|хил|хиљ|千|천)(?!\p{L})\.?/iu],
  [4, /^[万萬만]/u],
  [5, /^(?:lakhs?|lacs?)(?!\p{L})/iu],
  [6, /^(?:mio|mln|mn|mill|milj|millions?|millionen|millones|milioni|милл?ион\p{L}*|млн)(?!\p{L})\.?/iu],
  [7, /^crores?(?!\p{L})/iu],
  [8, /^[億亿억]/u],
  [9, /^(?:mrd|milliarden?|milliards?|bn|млрд)(?!\p{L})\.?/iu],
];
/** A thousand in Spanish and Portuguese, a million in Czech and Romanian. */
const THOUSAND_OR_MILLION = /^mil(?!\p{L})/iu;
const TIMES_LETTERS: readonly (readonly [power: number, after: RegExp])[] = [
  [3, /^[kK](?!\p{L}|[/·*])/u],
  [6, /^M(?!\p{L}|[/·*])/u],
];

/** What stands after a number without its word for a power of ten: `12k` is 12,000 of no unit, `1.2万円` 12,000 円. */
function multiplied(after: string, isRightBehind: boolean) {
  if (after === '') return { power: 0, unit: '', byLetter: false };
  for (const entry of isRightBehind ? [...TIMES, ...TIMES_LETTERS] : TIMES) {
    const [power, pattern] = entry;
    const found = pattern.exec(after);
    if (found !== null) {
      return { power, unit: after.slice(found[0].length).trim(), byLetter: TIMES_LETTERS.includes(entry) };
    }
  }
  return { power: 0, unit: after, byLetter: false };
}

/** `(12)`, `$(12)` and `12-` are less than nothing, as accountants write it. */
function unwrapped(text: string): { readonly negative: boolean; readonly rest: string } {
  const inParentheses = /^([^\d()]*)\((.*)\)$/s.exec(text);
  if (inParentheses !== null) {
    const [, before = '', within = ''] = inParentheses;
    return { negative: true, rest: `${before}${within}`.trim() };
  }
  return text.length > 1 && /[\d.\p{L}\p{Sc}%] ?-$/u.test(text)
    ? { negative: true, rest: text.slice(0, -1).trim() }
    : { negative: false, rest: text };
}

function decimal(negative: boolean, whole: string, fraction: string, shift: number): Decimal | undefined {
  if (Math.abs(shift) > MAX_EXPONENT || whole.length > MAX_EXPONENT) return undefined;
  const magnitude = BigInt(whole + fraction);
  const units = negative ? -magnitude : magnitude;
  const scale = fraction.length - shift;
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

/** The sign that stands before the digits, or between a currency and them; undefined where there are two. */
function signedUnit(before: string): { readonly negative: boolean; readonly unit: string } | undefined {
  const signs = before.replace(/[^-+]/g, '');
  if (signs.length > 1) return undefined;
  return { negative: signs === '-', unit: before.replace(/[-+]/, '').trim() };
}

/**
 * Reads a number with what people write around it: a sign before or after, parentheses for a negative one, groups of digits
 * (`1,234`, `7,13,797`, `1'234`, narrow spaces), an exponent, a currency, a unit or a percent sign (`12%` is 12), digits of
 * any script. Undefined for anything else.
 */
export function parseMeasure(text: string, mark: DecimalMark): Measure | undefined {
  if (text.length > MAX_NUMBER_LENGTH && text.trim().length > MAX_NUMBER_LENGTH) return undefined;
  const plain = mark === '.' ? PLAIN.exec(text) : null;
  if (plain !== null) {
    const [, sign, whole = '', fraction = ''] = plain;
    if (whole.length > MAX_EXPONENT) return undefined;
    const magnitude = BigInt(whole + fraction);
    return { units: sign === '' ? magnitude : -magnitude, scale: fraction.length, unit: '' };
  }
  if (RAISED.test(text)) return undefined;
  const other = mark === '.' ? ',' : '.';
  // The Arabic marks and the raised point have one meaning each.
  const marked = plainText(APOSTROPHE.test(text) ? text.replace(OTHER_APOSTROPHES, "'") : text)
    .replace(/[٫·]/g, mark)
    .replace(/٬/g, other)
    .replace(/٪/g, '%')
    .replace(/\/-$/, '')
    .replace(NO_CENTS, '');
  const { negative, rest } = unwrapped(marked);
  const parts = DIGITS_WITHIN.exec(rest);
  if (parts === null) return undefined;
  const [, before = '', number = '', after = ''] = parts;
  const sign = signedUnit(before);
  if (sign === undefined || (negative && /[-+]/.test(before))) return undefined;
  const { power, unit, byLetter } = multiplied(after.trim(), number.trim() === number);
  if (!CURRENCY.test(sign.unit) || !UNIT.test(unit) || THOUSAND_OR_MILLION.test(unit)) return undefined;
  const digits = CORES[mark].exec(number.trim());
  if (digits === null) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = digits;
  if (whole === '' && fraction === '') return undefined;
  const value = decimal(negative !== sign.negative, whole.replace(/\D/g, ''), fraction, Number(exponent) + power);
  const around = `${sign.unit}${unit}`.replace(/[ .]/g, '').toLowerCase();
  return value && { ...value, unit: around, ...(byLetter && { byLetter }) };
}

/** How the numbers of a column are read. */
export interface NumberReading {
  readonly decimalMark: DecimalMark;
  /** What most of the column's values have beside them. */
  readonly unit: string;
}

/**
 * A column's value as a number. One in another currency or unit than the column's is none, nor is one without a percent
 * sign where the others have it.
 */
export function readNumber(text: string, { decimalMark, unit }: NumberReading): Decimal | undefined {
  const measure = parseMeasure(text, decimalMark);
  if (measure === undefined || measure.unit === unit) return measure;
  // `18M` among `2Y` are months, no millions.
  return measure.unit === '' && !unit.includes('%') && !measure.byLetter ? measure : undefined;
}

/** A number by itself, without currency or unit. */
export function parseDecimal(text: string, mark: DecimalMark): Decimal | undefined {
  const measure = parseMeasure(text, mark);
  return measure?.unit === '' ? measure : undefined;
}

/** A sign between digits that no decimal mark is: a second mark, or the same one again. */
const GROUPING = /[.,].*[.,]/s;

/** Whether a value's mark is shown by another one beside it, which no slip puts there. */
export const showsMark = (text: string): boolean => GROUPING.test(plainText(text));

/** What a single value says of the decimal mark: one of them, `both` where it is a number either way, but not the same. */
export function markEvidence(text: string): DecimalMark | 'both' | undefined {
  // Digits alone are a number whatever the mark is; other letters may be points and commas of their own.
  if (PLAIN_DIGITS.test(text) || !/[.,]/.test(plainText(text))) return undefined;
  const asPoint = parseMeasure(text, '.');
  const asComma = parseMeasure(text, ',');
  if (asPoint !== undefined && asComma !== undefined)
    return compareDecimals(asPoint, asComma) === 0 ? undefined : 'both';
  if (asPoint !== undefined) return '.';
  return asComma === undefined ? undefined : ',';
}

/**
 * The decimal that a JavaScript number prints as.
 * @throws `RangeError` where it is not finite
 */
export function decimalOf(value: number): Decimal {
  const decimal = Number.isFinite(value) ? parseDecimal(String(value), '.') : undefined;
  if (decimal === undefined) throw new RangeError(`${value} is no decimal number within reach`);
  return decimal;
}

/** Powers of ten up to this one are JavaScript numbers. */
const EXACT_POWER = 22;

/** The nearest JavaScript number. */
export function numberOf({ units, scale }: Decimal): number {
  const whole = Number(units);
  // Both are exact then, and so the quotient is the nearest.
  if (Number.isSafeInteger(whole) && scale <= EXACT_POWER) return scale === 0 ? whole : whole / 10 ** scale;
  return Number(`${units}e-${scale}`);
}

function unitsAt(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale);
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * `round((value - minimum) * 10^decimals)`, halves upwards, computed exactly: 1.005 with two decimals from 0 is 101,
 * though the nearest binary fraction lies below.
 */
export function scaledOffset(value: Decimal, minimum: Decimal, decimals: number): number {
  const scale = Math.max(value.scale, minimum.scale, decimals);
  const offset = unitsAt(value, scale) - unitsAt(minimum, scale);
  const unit = 10n ** BigInt(scale - decimals);
  const doubled = 2n * offset + unit;
  const quotient = doubled / (2n * unit);
  const floored = doubled < 0n && quotient * 2n * unit !== doubled ? quotient - 1n : quotient;
  return Number(floored);
}
