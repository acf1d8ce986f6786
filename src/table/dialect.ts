import { inQuotes } from '../words/format.ts';
import { t } from '../words/translate.ts';
import { findHeader, headerWords } from './header.ts';
import { type Newline, RowParser } from './row-parser.ts';
import { findWidth } from './row-width.ts';
import type { CsvOptions, FileDoubt } from './table.ts';

/** Tabs, bars and semicolons stand in a text by chance less often than commas, so they come first. */
export const DELIMITERS: readonly CsvOptions['delimiter'][] = ['\t', '|', ';', ','];

export interface Dialect {
  readonly delimiter: CsvOptions['delimiter'];
  readonly header: boolean;
  /** Rows above the header, or above the first row where there is none, blank ones included. */
  readonly skip: number;
  /** The rows begin with a field that the header does not name. */
  readonly rowNames: boolean;
  readonly newline: Newline;
  /** Columns beyond have neither a name nor a value. */
  readonly columns?: number | undefined;
  /** Blanks stand between delimiters and opening quotation marks. */
  readonly spacedQuotes: boolean;
}

export interface FoundDialect extends Dialect {
  /** What may part the values of a file in which none of the known delimiters stands. */
  readonly otherDelimiter?: string | undefined;
  readonly doubts: readonly FileDoubt[];
}

/** Rows that are looked at. */
const FIRST_ROWS = 200;
/** Rows that may stand above a header. */
const MAX_ABOVE = 30;
const QUOTED = /"(?:[^"]|"")*"?/g;
/** Excel's own line above everything. */
const SEPARATOR_LINE = /^(?:"sep=(.)"|sep=(.))\s*$/i;
const COMMENT = /^\s*(?:#|\/\/|%)/;

/**
 * How a text is cut into rows and fields, guessed from its beginning; what `known` gives is taken as it is.
 * @param whole false where the text goes on after the sample, whose last row may then be cut
 */
export function detectDialect(sample: string, whole: boolean, known: Partial<CsvOptions>): FoundDialect {
  const text = sample.startsWith('\ufeff') ? sample.slice(1) : sample;
  const newline = detectNewline(text);
  const line = SEPARATOR_LINE.exec(/^[^\r\n]*/.exec(text)?.[0] ?? '');
  const rowsWith = (delimiter: CsvOptions['delimiter']) => firstRows(text, whole, delimiter, newline);
  const declared = DELIMITERS.find((sign) => sign === (line?.[1] ?? line?.[2]) && widthWith(rowsWith(sign)) > 1);
  const delimiter = known.delimiter ?? declared ?? detectDelimiter(rowsWith);
  const rows = rowsWith(delimiter);
  const layout = layoutOf(rows, known, line !== null);
  const otherDelimiter = widthWith(rows) > 1 ? undefined : otherDelimiterOf(rows.slice(layout.skip));
  return { newline, delimiter, spacedQuotes: hasSpacedQuotes(text, delimiter), ...layout, otherDelimiter };
}

/** What nobody here can read a file by. */
const OTHER_DELIMITERS = ['^', '~', '*', '§', '·', '#', ':', '¦', '；', '，', '،', '  ', ' '];

/** Columns that blanks keep below one another; between quotation marks one blank does. */
const ALIGNED = /\S(?: {2,}|\t)\S/;
const MOSTLY_ALIGNED = 0.9;

function otherDelimiterOf(rows: readonly (readonly string[])[]): string | undefined {
  const lines = rows.filter(isFilled).map(([line = '']) => line.trim());
  // The known ones where every line stands in quotation marks as a whole.
  const even = [...DELIMITERS, ...OTHER_DELIMITERS].find((sign) => {
    const counts = lines.map((line) => line.split(sign).filter(isText).length);
    return lines.length > 1 && (counts[0] ?? 0) > 1 && counts.every((count) => count === counts[0]);
  });
  const parted = lines.filter((line) => ALIGNED.test(line) || line.includes('" "')).length;
  return even ?? (lines.length > 1 && parted >= MOSTLY_ALIGNED * lines.length ? '  ' : undefined);
}

/** Where the table begins in rows that are cut into fields already. */
export function detectLayout(rows: readonly (readonly string[])[], known: Partial<CsvOptions>): Layout {
  return layoutOf(rows.slice(0, FIRST_ROWS), known, false);
}

type Layout = Pick<FoundDialect, 'skip' | 'header' | 'rowNames' | 'columns' | 'doubts'>;

function layoutOf(rows: readonly (readonly string[])[], known: Partial<CsvOptions>, hasSeparatorLine: boolean): Layout {
  const skip = known.skip ?? linesAbove(rows, hasSeparatorLine);
  const body = rows.slice(skip).filter(isFilled);
  const found = findHeader(body);
  const header = known.header ?? found.header;
  const [first = [], ...rest] = body;
  const width = header ? findWidth(first, rest) : { rowNames: false, doubts: [] };
  const doubts = [
    ...(known.header === undefined && found.isDoubtful ? [headerDoubt(header, first)] : []),
    ...(known.rowNames === undefined ? width.doubts : []),
  ];
  const columns = header ? body.reduce((most, row) => Math.max(most, row.findLastIndex(isText) + 1), 0) : undefined;
  return { skip, header, rowNames: known.rowNames ?? width.rowNames, columns, doubts };
}

const isText = (field: string) => field.trim() !== '';
const isFilled = (row: readonly string[]) => row.some(isText);

function headerDoubt(header: boolean, row: readonly string[]): FileDoubt {
  const first = row.slice(0, 4).map((field) => inQuotes(field.trim()));
  const choices = [
    { label: t('It has the names of the columns'), settings: { header: true } },
    { label: t('It is the first person'), settings: { header: false } },
  ];
  return {
    kind: 'header',
    message: t(
      'The first row ({{values}}) may have the names of the columns or be a person: nothing in the rows below decides it.',
      { values: `${first.join(', ')}${row.length > 4 ? ', …' : ''}` },
    ),
    choices: header ? choices : choices.toReversed(),
  };
}

function detectNewline(sample: string): Newline {
  const outside = sample.replace(QUOTED, '""');
  if (!/\r(?!\n|$)/.test(outside)) return '\n';
  return outside.includes('\n') ? 'mixed' : '\r';
}

function hasSpacedQuotes(sample: string, delimiter: string): boolean {
  const marked = sample.replace(QUOTED, '""');
  return marked.includes(`${delimiter} "`) || marked.startsWith(' "') || marked.includes('\n "');
}

/** The delimiter that cuts the most rows into the same number of fields, two or more. */
function detectDelimiter(rowsWith: (delimiter: CsvOptions['delimiter']) => string[][]): CsvOptions['delimiter'] {
  const fits = DELIMITERS.map((delimiter) => {
    const rows = rowsWith(delimiter).filter(isFilled);
    const width = usualWidth(rows);
    return { delimiter, fit: width < 2 ? 0 : rows.filter((row) => row.length === width).length / rows.length };
  });
  const best = fits.reduce((a, b) => (b.fit > a.fit ? b : a));
  return best.fit === 0 ? ',' : best.delimiter;
}

/** Of rows that hold anything. */
const widthWith = (rows: readonly (readonly string[])[]) => usualWidth(rows.filter(isFilled));

/** The number of fields that most rows have. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const rowsOf = new Map<number, number>();
  for (const { length } of rows) rowsOf.set(length, (rowsOf.get(length) ?? 0) + 1);
  return [...rowsOf].reduce(
    (best, entry) => (entry[1] > best[1] || (entry[1] === best[1] && entry[0] > best[0]) ? entry : best),
    [0, 0],
  )[0];
}

function firstRows(sample: string, whole: boolean, delimiter: CsvOptions['delimiter'], newline: Newline): string[][] {
  const parser = new RowParser({ delimiter, newline, spacedQuotes: hasSpacedQuotes(sample, delimiter) });
  const rows = [...parser.push(sample).rows, ...(whole ? parser.end().rows : [])];
  return rows.slice(0, FIRST_ROWS);
}

/** A row of any width with a blank one and then a certain header below it, that is no header itself. */
function standsApart(rows: readonly (readonly string[])[], at: number): boolean {
  const [row, next] = [rows[at] ?? [], rows[at + 1] ?? ['']];
  if (!isFilled(row) || isFilled(next) || rows.length < at + 4) return false;
  const itself = findHeader(rows.slice(at).filter(isFilled));
  const below = findHeader(rows.slice(at + 2).filter(isFilled));
  return (!itself.header || itself.isDoubtful) && below.header && !below.isDoubtful;
}

/** What a program says of its export, in as many fields as people have: no header, right above one that names two columns at least. */
function isPreamble(rows: readonly (readonly string[])[], at: number): boolean {
  const below = rows.slice(at + 1).filter(isFilled);
  return below.length > 1 && headerWords(below) > 1 && !findHeader(rows.slice(at).filter(isFilled)).header;
}

/** Names over several columns each, with a header below them that names every column. */
function isUpperHeader(rows: readonly (readonly string[])[], at: number): boolean {
  const [row, next] = [rows[at] ?? [], rows[at + 1] ?? []];
  const names = next.map((field) => field.trim());
  if (row.length !== next.length || !row.some((field) => field.trim() === '')) return false;
  if (names.includes('') || new Set(names).size < names.length || rows.length < at + 3) return false;
  const { header, isDoubtful } = findHeader(rows.slice(at + 1).filter(isFilled));
  return header && !isDoubtful;
}

/**
 * How many rows stand above the table: a `sep=` line, comments, titles of fewer fields than the rows have. Titles only
 * where the row below them is a header for certain, so that nobody's row is taken for one.
 */
function linesAbove(rows: readonly (readonly string[])[], hasSeparatorLine: boolean): number {
  const width = usualWidth(rows.filter(isFilled));
  const start = hasSeparatorLine ? 1 : 0;
  const filled = (row: readonly string[]) => row.filter((field) => field.trim() !== '').length;
  let above = start;
  let titles = 0;
  let last = start;
  while (above < Math.min(MAX_ABOVE, rows.length - 1)) {
    const row = rows[above] ?? [];
    const isComment = COMMENT.test(row[0] ?? '') && (row.length !== width || filled(row) < row.length || width === 1);
    const isTitle =
      (width > 1 && filled(row) < width && (row.length < width || filled(row) === 1 || 2 * filled(row) <= width)) ||
      standsApart(rows, above) ||
      isPreamble(rows, above) ||
      isUpperHeader(rows, above);
    if (isFilled(row) && !isComment && !isTitle) break;
    above++;
    if (!isFilled(row)) continue;
    if (isTitle && !isComment) titles++;
    last = above;
  }
  if (titles === 0) return last;
  const { header, isDoubtful } = findHeader(rows.slice(above).filter(isFilled));
  return header && !isDoubtful ? last : start;
}
