/** Tables that are parted otherwise than the family parts them, written anew with commas. */
import Papa from 'papaparse';
import { yieldToPage } from '../../channel/yield-to-page.ts';
import type { Dialect } from '../../table/dialect.ts';
import { RowParser } from '../../table/row-parser.ts';
import { tCounted } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';

const DELIMITER_NAMES = { ';': message('semicolons'), '\t': message('tabs'), '|': message('bars') } as const;
/** Characters that are cut into rows before the page may do something else. */
const PIECE = 1 << 20;

export interface CommaText {
  readonly text: string;
  /** What was changed, for the person: empty where the text is as it was. */
  readonly said: readonly string[];
}

function changes({ delimiter, skip }: Dialect): string[] {
  const said = [];
  if (delimiter !== ',')
    said.push(t('Its values are separated by {{delimiters}}.', { delimiters: t(DELIMITER_NAMES[delimiter]) }));
  if (skip > 0) {
    said.push(
      tCounted(
        '{{count}} line above the table is passed over.',
        '{{count}} lines above the table are passed over.',
        skip,
      ),
    );
  }
  return said;
}

/**
 * The rows of a text with commas between their values and without the lines above them; a text that has it so stays as it is.
 * @throws Error with a message for people where a quotation mark is never closed
 */
export async function commaText(
  name: string,
  text: string,
  dialect: Dialect,
  signal: AbortSignal | undefined,
): Promise<CommaText> {
  const said = changes(dialect);
  if (said.length === 0) return { text, said };
  const parser = new RowParser(dialect);
  const parts: string[] = [];
  let above = dialect.skip;
  const take = ({ rows, fault }: ReturnType<RowParser['push']>) => {
    if (fault !== undefined) {
      throw new Error(
        t('{{file}}: a quotation mark is never closed, so where its rows end cannot be told. Close it.', {
          file: name,
        }),
      );
    }
    const below = rows.slice(above);
    above -= rows.length - below.length;
    // Blank lines between those above and the table are of neither.
    const first = parts.length > 0 ? 0 : below.findIndex((row) => row.some((field) => field.trim() !== ''));
    const wanted = first < 0 ? [] : below.slice(first);
    if (wanted.length > 0) parts.push(`${Papa.unparse([...wanted], { newline: '\n' })}\n`);
  };
  const whole = text.startsWith('\ufeff') ? text.slice(1) : text;
  for (let at = 0; at < whole.length; at += PIECE) {
    take(parser.push(whole.slice(at, at + PIECE)));
    signal?.throwIfAborted();
    await yieldToPage();
  }
  take(parser.end());
  return { text: parts.join(''), said };
}
