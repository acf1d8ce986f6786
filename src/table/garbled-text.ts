/** Texts whose letters were lost or changed by a program before this one. */

import { counted } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { ColumnProfile } from './column-profile.ts';
import { decoderOf } from './encodings.ts';
import type { Problem } from './table.ts';

const LATIN_1_PAIR = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;
const ENTITY = /&(?:[a-z]{2,8}|#\d{2,5}|#x[\da-f]{2,5});/i;
/** `K%C3%B6ln` of addresses of the web, `K\\u00f6ln` of programs, `K+APY-ln` of mail. */
const ESCAPED = /%C[2-9A-F]%[89AB][\dA-F]|\\u[\da-f]{4}|\p{L}\+A[A-P][A-Za-z\d+/]-/iu;
const ESCAPING = /[%\\+]/;
const LOST_LETTER = /\p{L}\?\p{L}/u;
/** Share of values beyond which letters are lost by a program, not by a slip. */
const SHARE = 0.001;

const decoder = new TextDecoder('utf-8', { fatal: true });
const windows = decoderOf('windows-1252');
/** Some programs take bytes 80 to 9f for controls. */
const BYTE_OF = new Map(
  Array.from({ length: 256 }, (_, byte) => byte).flatMap((byte): [string, number][] => [
    [String.fromCharCode(byte), byte],
    [windows.decode(Uint8Array.of(byte)), byte],
  ]),
);

/** What `JÃ¼rgen` was before UTF-8 was read as Windows-1252; undefined where it was not. */
export function readOnceMore(text: string): string | undefined {
  if (!LATIN_1_PAIR.test(text)) return undefined;
  const bytes = Array.from(text, (character) => BYTE_OF.get(character) ?? -1);
  if (bytes.includes(-1)) return undefined;
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

interface Kind {
  readonly holds: (text: string) => boolean;
  say(values: string, column: string, example: string): string;
}

const KINDS: readonly Kind[] = [
  {
    holds: (text) => readOnceMore(text) !== undefined,
    say: (values, column, example) =>
      t(
        '{{values}} of “{{column}}”, such as “{{example}}”, were saved in the wrong encoding before: letters beyond English became two signs each.',
        { values, column, example },
      ),
  },
  {
    holds: (text) => ENTITY.test(text),
    say: (values, column, example) =>
      t('{{values}} of “{{column}}”, such as “{{example}}”, have letters written as in web pages.', {
        values,
        column,
        example,
      }),
  },
  {
    holds: (text) => ESCAPING.test(text) && ESCAPED.test(text),
    say: (values, column, example) =>
      t('{{values}} of “{{column}}”, such as “{{example}}”, have letters written as codes of programs.', {
        values,
        column,
        example,
      }),
  },
  {
    holds: (text) => LOST_LETTER.test(text),
    say: (values, column, example) =>
      t('{{values}} of “{{column}}”, such as “{{example}}”, have question marks where letters were lost.', {
        values,
        column,
        example,
      }),
  },
];

/** `5-Sep` and `Oct-14`, which a spreadsheet makes of 5-9 and 10-14, and what it leaves as it is. */
const DAY_OF_RANGE = /^(?:\d{1,2}-\p{L}{3,4}\.?|\p{L}{3,4}\.?-\d{2})$/u;
const RANGE = /^\d{1,3} ?[-–] ?\d{1,3}$/;

/** Ranges, such as groups of ages, of which a spreadsheet took some for dates. */
export function rangesAsDates({ name, sample }: Pick<ColumnProfile, 'name' | 'sample'>): Problem[] {
  const range = sample.find((text) => RANGE.test(text));
  const days = range === undefined ? [] : sample.filter((text) => DAY_OF_RANGE.test(text));
  const [example] = days;
  if (range === undefined || example === undefined) return [];
  return [
    {
      kind: 'garbled-text',
      column: name,
      count: days.length,
      rows: [],
      message: t(
        '{{values}} of “{{column}}”, such as “{{example}}” beside “{{range}}”, look like ranges that a spreadsheet took for dates. Merge them under Cleaning, or correct the file.',
        { values: counted(days.length, 'value'), column: name, example, range },
      ),
    },
  ];
}

/** Looks at the first values of a column for letters that will not match those of the other side. */
export function garbledTexts({ name, sample }: Pick<ColumnProfile, 'name' | 'sample'>): Problem[] {
  return KINDS.flatMap(({ holds, say }) => {
    const found = sample.filter(holds);
    const [example = ''] = found;
    if (found.length === 0 || found.length < SHARE * sample.length) return [];
    return [
      {
        kind: 'garbled-text' as const,
        column: name,
        count: found.length,
        rows: [],
        message: `${say(counted(found.length, 'value'), name, example.slice(0, 40))} ${t('They do not match the same values with their letters. Export the file anew, in UTF-8.')}`,
      },
    ];
  });
}
