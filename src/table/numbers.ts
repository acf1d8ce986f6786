import type { DecimalMark } from './column-settings.ts';

/** Numbers as people write them, read exactly: `units / 10^scale`, no binary fraction anywhere. */
export interface Decimal {
  readonly units: bigint;
  /** Digits after the decimal mark. */
  readonly scale: number;
}

/** Exponents past this are no measurements. */
const LARGEST_EXPONENT = 40;

const SPACES = /[\s\u00a0\u2009\u202f'’]/g;
const WRAPPING = /^\s*([-+−]?)\s*\p{Sc}?\s*([-+−]?)(.*?)\s*[\p{Sc}%]?\s*$/su;
const PLAIN: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?(?:[eE]([-+]?\d{1,3}))?$/,
  ',': /^(\d+|\d{1,3}(?:\.\d{3})+)?(?:,(\d*))?(?:[eE]([-+]?\d{1,3}))?$/,
};
const GROUPED_BY_SPACES = /^\d{1,3}([\s\u00a0\u2009\u202f'’]\d{3})+(?!\d)/;

/**
 * Reads a number: a sign, a currency sign before or after, a percent sign (kept as written: `12%` is 12), groups of
 * three digits parted by the other mark, spaces or apostrophes, and an exponent. Undefined for anything else.
 */
export function parseDecimal(text: string, mark: DecimalMark): Decimal | undefined {
  const wrapped = WRAPPING.exec(text);
  if (wrapped === null) return undefined;
  const [, before = '', after = '', core = ''] = wrapped;
  if (before !== '' && after !== '') return undefined;
  const digits = GROUPED_BY_SPACES.test(core) ? core.replace(SPACES, '') : core;
  const parts = PLAIN[mark].exec(digits);
  if (parts === null) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return undefined;
  const shift = Number(exponent);
  if (Math.abs(shift) > LARGEST_EXPONENT) return undefined;
  const magnitude = BigInt(whole.replace(/[.,]/g, '') + fraction);
  const sign = before + after;
  const units = sign === '' || sign === '+' ? magnitude : -magnitude;
  const scale = fraction.length - shift;
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

/** Which mark a single value shows to be the decimal one; undefined where both readings are possible or none is. */
function evidence(text: string): DecimalMark | undefined {
  const asPoint = parseDecimal(text, '.') !== undefined;
  const asComma = parseDecimal(text, ',') !== undefined;
  if (asPoint === asComma) return undefined;
  return asPoint ? '.' : ',';
}

/**
 * The decimal mark of a column: the comma only where more values can be read with it alone than with the point alone.
 * (`1,234` can be read both ways: with nothing else to go by it is one thousand two hundred and thirty-four.)
 */
export function decimalMarkOf(values: Iterable<string>): DecimalMark {
  let balance = 0;
  for (const value of values) {
    if (!/[.,]/.test(value)) continue;
    const mark = evidence(value);
    if (mark === '.') balance++;
    else if (mark === ',') balance--;
  }
  return balance < 0 ? ',' : '.';
}

/** The decimal that a JavaScript number prints as. Throws `RangeError` where it is not finite. */
export function decimalOf(value: number): Decimal {
  const decimal = Number.isFinite(value) ? parseDecimal(String(value), '.') : undefined;
  if (decimal === undefined) throw new RangeError(`${value} is no decimal number within reach`);
  return decimal;
}

/** The nearest JavaScript number. */
export function numberOf({ units, scale }: Decimal): number {
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
