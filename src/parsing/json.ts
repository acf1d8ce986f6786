import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

export type JsonReading = { readonly data: unknown } | { readonly problem: string };

/** By the names that jsonc-parser gives to what it finds. */
const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no word of JSON',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a name in double quotation marks is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'something follows the end of the value',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfString: 'a closing quotation mark is missing',
  InvalidUnicode: 'an escape \\u is not followed by four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash is followed by a character that it cannot escape',
  InvalidCharacter: 'a character does not belong here',
};

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Deeper than any file that is read here, and far from where recursion over a value would end. */
const DEEPEST = 1000;

/** Where a text has more lists and objects within each other than any file here has; undefined where it has not. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > DEEPEST) return at;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return undefined;
}

/** A JSON text's value, or where it stops being JSON and why, for people. A byte order mark before it is passed over. */
export function readJson(text: string): JsonReading {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (plain.trim() === '') return { problem: 'it is empty' };
  const deep = tooDeep(plain);
  if (deep !== undefined) {
    return {
      problem: `${placeOf(plain, deep)}: JSON with more than ${DEEPEST} lists and objects within each other is not read`,
    };
  }
  try {
    return { data: JSON.parse(plain) };
  } catch (error) {
    const errors: ParseError[] = [];
    parse(plain, errors, { disallowComments: true, allowTrailingComma: false });
    const [first] = errors;
    if (first === undefined) return { problem: error instanceof Error ? error.message : String(error) };
    const reason = REASONS[printParseErrorCode(first.error)] ?? 'a character does not belong here';
    return { problem: `${placeOf(plain, first.offset)}: ${reason}` };
  }
}
