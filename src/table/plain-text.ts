/** Texts of other scripts and keyboards in plain signs, for reading numbers and dates. */

const NON_ASCII = /[^\x20-\x7e]/;
const OTHER_DIGITS = /\p{Nd}/gu;
const MINUS_SIGNS = /[\u2010-\u2015\u2212\ufe63\uff0d]/g;
/** White space of every width, and marks of direction, which show nothing. */
const WHITE_SPACE = /[\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000]/g;
const DIRECTION_MARKS = /[\u200c-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]/g;
const isDigit = /^\p{Nd}$/u;

/** The value of a decimal digit of any script: Unicode keeps the ten of a script in a row. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Decimal digits of every script as `0` to `9`. */
export const plainDigits = (text: string): string => text.replace(OTHER_DIGITS, digitValue);

/**
 * Compatibility forms made plain (NFKC), digits of every script as `0` to `9`, one kind of minus and of blank; trimmed.
 * ASCII text is only trimmed.
 */
export function plainText(text: string): string {
  if (!NON_ASCII.test(text)) return text.trim();
  return text
    .replace(WHITE_SPACE, ' ')
    .replace(DIRECTION_MARKS, '')
    .normalize('NFKC')
    .replace(OTHER_DIGITS, digitValue)
    .replace(MINUS_SIGNS, '-')
    .trim();
}
