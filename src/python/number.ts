import { asciiNumberText } from './text.ts';

/** CPython refuses to read integers of more digits than this from text (its guard against quadratic time). */
const MAX_INTEGER_DIGITS = 4300;

const INTEGER = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const NOT_A_NUMBER = /^[+-]?nan$/i;

/**
 * Python's `int(text, base=10)`: blanks around, a sign, underscores between digits, digits of any script.
 * @returns undefined where Python raises a ValueError
 */
export function parsePythonInteger(text: string): bigint | undefined {
  const ascii = asciiNumberText(text);
  if (!INTEGER.test(ascii)) return undefined;
  const digits = ascii.replace(/[+_-]/g, '');
  if (digits.length > MAX_INTEGER_DIGITS) return undefined;
  const magnitude = BigInt(digits);
  return ascii.startsWith('-') ? -magnitude : magnitude;
}

/**
 * Python's `float(text)`, infinities and NaN included.
 * @returns undefined where Python raises a ValueError
 */
export function parsePythonFloat(text: string): number | undefined {
  const ascii = asciiNumberText(text);
  if (FLOAT.test(ascii)) return Number(ascii.replaceAll('_', ''));
  const infinite = INFINITE.exec(ascii);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return NOT_A_NUMBER.test(ascii) ? Number.NaN : undefined;
}

/** Python's `round(value)`: to the nearest whole number, halves to the even one. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Python's `str` of a float: as JavaScript's, but a whole number keeps its `.0` (for the magnitudes of statistics). */
export function floatText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
}
