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

/** Undefined also where values stand so deep in one another that the search, which follows them down, runs out of stack. */
function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return errors[0];
}

/** A JSON text's value, or where it stops being JSON and why, for people. A byte order mark before it is passed over. */
export function readJson(text: string): JsonReading {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (plain.trim() === '') return { problem: 'it is empty' };
  try {
    return { data: JSON.parse(plain) };
  } catch (error) {
    const first = firstError(plain);
    if (first === undefined) return { problem: error instanceof Error ? error.message : String(error) };
    const reason = REASONS[printParseErrorCode(first.error)] ?? 'a character does not belong here';
    return { problem: `${placeOf(plain, first.offset)}: ${reason}` };
  }
}
