import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { message, t } from '../words/translate.ts';

export type JsonReading = { readonly data: unknown } | { readonly problem: string };

const UNKNOWN = message('a character does not belong here');

/** By the names that jsonc-parser gives to what it finds. */
const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: message('this is no word of JSON'),
  InvalidNumberFormat: message('this is no number'),
  PropertyNameExpected: message('a name in double quotation marks is missing'),
  ValueExpected: message('a value is missing'),
  ColonExpected: message('a colon is missing'),
  CommaExpected: message('a comma is missing'),
  CloseBraceExpected: message('a closing } is missing'),
  CloseBracketExpected: message('a closing ] is missing'),
  EndOfFileExpected: message('something follows the end of the value'),
  InvalidCommentToken: message('JSON has no comments'),
  UnexpectedEndOfString: message('a closing quotation mark is missing'),
  InvalidUnicode: message('an escape \\u is not followed by four hexadecimal digits'),
  InvalidEscapeCharacter: message('a backslash is followed by a character that it cannot escape'),
  InvalidCharacter: UNKNOWN,
};

/** `reason`, after its place. */
function placed(text: string, offset: number, reason: string): string {
  const before = text.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return t('line {{line}}, column {{column}}: {{reason}}', { line: before.length, column, reason });
}

/** Deeper than any file that is read here, and far from where recursion over a value would end. */
export const MAX_DEPTH = 1000;

export const tooDeepWords = (): string =>
  t('JSON with more than {{most}} lists and objects within each other is not read', { most: MAX_DEPTH });

/** Where a text has more lists and objects within each other than any file here has; undefined where it has not. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) return at;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return undefined;
}

/** A JSON text's value, or where it stops being JSON and why, for people. A byte order mark before it is passed over. */
export function readJson(text: string): JsonReading {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (plain.trim() === '') return { problem: t('it is empty') };
  const deep = tooDeep(plain);
  if (deep !== undefined) return { problem: placed(plain, deep, tooDeepWords()) };
  try {
    return { data: JSON.parse(plain) };
  } catch (error) {
    const errors: ParseError[] = [];
    parse(plain, errors, { disallowComments: true, allowTrailingComma: false });
    const [first] = errors;
    if (first === undefined) return { problem: error instanceof Error ? error.message : String(error) };
    const reason = REASONS[printParseErrorCode(first.error)] ?? UNKNOWN;
    return { problem: placed(plain, first.offset, t(reason)) };
  }
}
