import { plainText } from './plain-text.ts';

/** Codes of digits (phone numbers, postcodes) that a spreadsheet took for numbers: their zeros lost, or `.0` added. */

/** Share of values that have to be digits, and of those that have to have the usual length. */
const MOSTLY = 0.9;
const USUAL = 0.5;
const FLOAT = /^(\d+)\.0+$/;
/** Signs that people put between digits. */
const BETWEEN = /[\s().\-/]/g;

/** `4.47911E+11`, as a spreadsheet shows a long number: of twelve digits six are left. */
const POWER = /^(\d)(?:[.,](\d*))?e\+(\d{2,3})$/i;

/** Whether a number in powers of ten has fewer digits than the code that it was. */
export function hasLostDigits(text: string): boolean {
  const [, , fraction = '', power = ''] = POWER.exec(text.trim()) ?? [];
  return power !== '' && Number(power) > fraction.length;
}

/** The digits of a code, `.0` at its end left out; undefined where it holds anything else. */
function digitsOf(text: string): string | undefined {
  const value = plainText(text);
  const digits = FLOAT.exec(value)?.[1] ?? value.replace(BETWEEN, '');
  return /^\d+$/.test(digits) ? digits : undefined;
}

/** How many digits the codes of a column have; 0 where they are no digits, or of many lengths. */
export function usualDigits(sample: readonly string[]): number {
  const rowsOf = new Map<number, number>();
  let codes = 0;
  for (const text of sample) {
    const length = digitsOf(text)?.length;
    if (length === undefined) continue;
    codes++;
    rowsOf.set(length, (rowsOf.get(length) ?? 0) + 1);
  }
  if (codes === 0 || codes < MOSTLY * sample.length) return 0;
  const [length, rows] = [...rowsOf].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  return rows >= USUAL * codes ? length : 0;
}

/**
 * A code of digits with as many digits as usual: `1105` and `1105.0` of five digits are `01105`, `0826540503` of nine is
 * `826540503`. Other codes, and longer ones, stay as they are.
 * @param digits 0: all codes stay as they are
 */
export function mendedCode(text: string, digits: number): string {
  if (digits === 0) return text;
  const code = digitsOf(text);
  return code === undefined ? text : code.replace(/^0+(?=\d)/, '').padStart(digits, '0');
}

/** Whether mending adds or takes anything but signs between digits. */
export function isMended(text: string, digits: number): boolean {
  return digits > 0 && FLOAT.test(text.trim()) ? true : mendedCode(text, digits) !== (digitsOf(text) ?? text);
}
