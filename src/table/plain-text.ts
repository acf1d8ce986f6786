/** Texts of other scripts and keyboards in plain signs, for reading numbers and dates. */

const NON_ASCII = /[^\x20-\x7e]/;
const OTHER_DIGITS = /\p{Nd}/gu;
const MINUS_SIGNS = /[\u2010-\u2015\u2212\ufe63\uff0d]/g;
/** White space of every width. */
const WHITE_SPACE = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
/** Marks of direction, joiners and the like, which show nothing. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff]/g;
/** What spreadsheets and exports for them put around a value to keep it a text: `="1980"`, `'1980`, `'1980'`, `“1980”`, `"1980"`. */
const KEPT_AS_TEXT = /^\s*(?:="([^"]*)"|['’](?=[^'’]*$)(.*)|["'‘“„«]([^"'’”“»]*)["'’”“»])\s*$/s;
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

/** Characters that show nothing taken out. */
export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '');

/** A value without what a spreadsheet keeps it a text by. */
export function withoutTextMark(text: string): string {
  const kept = /^\s*[="'’‘“„«]/.test(text) ? KEPT_AS_TEXT.exec(text) : null;
  return kept?.[1] ?? kept?.[2] ?? kept?.[3] ?? text;
}

/**
 * Compatibility forms made plain (NFKC), digits of every script as `0` to `9`, one kind of minus and of blank; trimmed,
 * without what a spreadsheet keeps a text by.
 */
export function plainText(written: string): string {
  const text = withoutTextMark(written);
  if (!NON_ASCII.test(text)) return text.trim();
  return withoutUnseen(text)
    .replace(WHITE_SPACE, ' ')
    .normalize('NFKC')
    .replace(OTHER_DIGITS, digitValue)
    .replace(MINUS_SIGNS, '-')
    .trim();
}
