import { plainText } from './plain-text.ts';

/** Codes of digits (phone numbers, postcodes) that a spreadsheet took for numbers: their zeros lost, or `.0` added. */

/** Share of values that have to be digits, and of those that have to have the usual length. */
const MOSTLY = 0.9;
const USUAL = 0.5;
/** Share of codes with a leading zero that shows that others have lost theirs. */
const ZEROS_KEPT = 0.1;
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

/** Which lengths of codes begin with a zero, always or ever. */
class FirstZeros {
  readonly #with = new Set<number>();
  readonly #without = new Set<number>();

  add(code: string): void {
    (code.startsWith('0') ? this.#with : this.#without).add(code.length);
  }

  /** Whether codes of this length lack the zero that all codes with one digit more begin with. */
  lost(length: number): boolean {
    return !this.#with.has(length) && this.#with.has(length + 1) && !this.#without.has(length + 1);
  }
}

/** How many digits the codes of a column have; 0 where they are no digits, or of many lengths. */
export function usualDigits(sample: readonly string[]): number {
  const rowsOf = new Map<number, number>();
  const zeros = new FirstZeros();
  let codes = 0;
  for (const text of sample) {
    const digits = digitsOf(text);
    if (digits === undefined) continue;
    const { length } = digits;
    codes++;
    zeros.add(digits);
    rowsOf.set(length, (rowsOf.get(length) ?? 0) + 1);
  }
  if (codes === 0 || codes < MOSTLY * sample.length) return 0;
  const [length, rows] = [...rowsOf].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  if (rows < USUAL * codes) return 0;
  return zeros.lost(length) && (rowsOf.get(length + 1) ?? 0) >= ZEROS_KEPT * codes ? length + 1 : length;
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
