/**
 * Text as CPython sees it: code points instead of UTF-16 units, its white space, its decimal digits, its `repr` and
 * its encoders. Linkage schemas are defined by a Python program, and one differing character gives other bits.
 */

export const TEXT_ENCODINGS = ['ascii', 'utf-8', 'utf-16', 'utf-32'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** The characters for which `str.isspace()` holds, as the inside of a character class. */
export const SPACE_CLASS = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const DECIMAL_DIGIT = /^\p{Nd}$/u;
/** Whether there is any is known faster than whether one stands alone. */
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NOT_ASCII = /[^\0-\x7f]/;

const utf8 = new TextEncoder();

/** Number of code points, as Python's `len`. */
export function codePointCount(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next <= 0xdfff) {
        count--;
        i++;
      }
    }
  }
  return count;
}

/** Digit value 0 to 9 of a decimal digit of any script, or -1. Digits of a script are ten code points in a row. */
export function decimalDigit(codePoint: number): number {
  if (codePoint < 128) return codePoint >= 48 && codePoint <= 57 ? codePoint - 48 : -1;
  if (!DECIMAL_DIGIT.test(String.fromCodePoint(codePoint))) return -1;
  let first = codePoint;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(first - 1))) first--;
  return (codePoint - first) % 10;
}

const OTHER_SPACE = /^[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u;

/**
 * The step before `int()` and `float()`: decimal digits of any script become ASCII digits, white space beyond ASCII
 * becomes a blank, then ASCII white space is cut from both ends. Anything else stays and makes the number invalid.
 */
export function asciiNumberText(text: string): string {
  let ascii = text;
  if (NOT_ASCII.test(text)) {
    ascii = '';
    for (const char of text) {
      const digit = decimalDigit(char.codePointAt(0) ?? 0);
      ascii += digit >= 0 ? String(digit) : OTHER_SPACE.test(char) ? ' ' : char;
    }
  }
  return ascii.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
}

/** Whether Python's `text.encode(encoding)` succeeds: no lone surrogates, and below U+0080 for `ascii`. */
export function canEncode(text: string, encoding: TextEncoding): boolean {
  return encoding === 'ascii' ? !NOT_ASCII.test(text) : !(SURROGATE.test(text) && LONE_SURROGATE.test(text));
}

const SHORT = 32;

/** The bytes of a short ASCII text, faster than an encoder is called; undefined for others. */
function shortAscii(text: string): Uint8Array | undefined {
  if (text.length > SHORT) return undefined;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

/**
 * Python's `text.encode(encoding)`; `utf-16` and `utf-32` are little-endian with a byte-order mark. The text must
 * satisfy {@link canEncode}.
 */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding === 'ascii' || encoding === 'utf-8') return shortAscii(text) ?? utf8.encode(text);
  if (encoding === 'utf-16') {
    const bytes = new Uint8Array(2 + 2 * text.length);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 0xfeff, true);
    for (let i = 0; i < text.length; i++) view.setUint16(2 + 2 * i, text.charCodeAt(i), true);
    return bytes;
  }
  const bytes = new Uint8Array(4 + 4 * codePointCount(text));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xfeff, true);
  let at = 4;
  for (const char of text) {
    view.setUint32(at, char.codePointAt(0) ?? 0, true);
    at += 4;
  }
  return bytes;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** Python's `repr` of a string, for messages that quote what clkhash says. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let inner = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const escaped = char === quote ? `\\${char}` : ESCAPES[char];
    if (escaped !== undefined) inner += escaped;
    else if (!UNPRINTABLE.test(char)) inner += char;
    else if (code < 0x100) inner += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 0x10000) inner += `\\u${code.toString(16).padStart(4, '0')}`;
    else inner += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return quote + inner + quote;
}
