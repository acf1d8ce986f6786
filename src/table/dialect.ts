import Papa from 'papaparse';
import { parseDate } from './dates.ts';
import { parseDecimal } from './numbers.ts';
import { type Newline, RowParser } from './row-parser.ts';
import type { CsvOptions } from './table.ts';

export const DELIMITERS: readonly CsvOptions['delimiter'][] = [',', ';', '\t', '|'];

export interface Dialect {
  readonly delimiter: CsvOptions['delimiter'];
  readonly header: boolean;
  readonly newline: Newline;
}

/** Words that head columns; one among the first row's fields tells a header from a row of names. */
const HEADER_WORDS =
  /(^|[^a-z])(id|name|surname|given|first|last|sex|gender|dob|birth|date|age|address|street|suburb|city|town|state|post|postcode|zip|code|phone|email|number|income|group|country|region)([^a-z]|$)/i;

/**
 * How a text is cut into rows and fields, guessed from its beginning; what `known` gives is taken as it is.
 * @param whole false where the text goes on after the sample, whose last row may then be cut
 */
export function detectDialect(sample: string, whole: boolean, known: Partial<CsvOptions>): Dialect {
  const newline = detectNewline(sample);
  const delimiter = known.delimiter ?? detectDelimiter(sample, newline);
  return { newline, delimiter, header: known.header ?? detectHeader(firstRows(sample, whole, delimiter, newline)) };
}

function detectNewline(sample: string): Newline {
  const outside = sample.replace(/"(?:[^"]|"")*"/g, '');
  return outside.includes('\r') && !outside.includes('\n') ? '\r' : '\n';
}

function detectDelimiter(sample: string, newline: Newline): CsvOptions['delimiter'] {
  const { meta } = Papa.parse(sample, {
    newline,
    preview: 1,
    skipEmptyLines: 'greedy',
    delimitersToGuess: [...DELIMITERS],
  });
  return DELIMITERS.find((delimiter) => delimiter === meta.delimiter) ?? ',';
}

function firstRows(sample: string, whole: boolean, delimiter: CsvOptions['delimiter'], newline: Newline): string[][] {
  const parser = new RowParser(delimiter, newline);
  const rows = [...parser.push(sample).rows, ...(whole ? parser.end().rows : [])];
  return rows.filter((row) => row.some((field) => field.trim() !== '')).slice(0, 200);
}

/**
 * A header row has labels: all there, all different, none a number or a date, and none that comes again among the
 * values below it, unless one is a word that heads columns.
 */
export function detectHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (first === undefined) return true;
  const labels = first.map((label) => label.trim());
  const named = labels.filter((label) => label !== '');
  if (named.some((label) => parseDecimal(label, '.') || parseDate(label, 'dmy'))) return false;
  if (named.some((label) => HEADER_WORDS.test(label.replace(/([a-z])([A-Z])/g, '$1 $2')))) return true;
  if (named.length < labels.length || new Set(labels).size < labels.length) return false;
  return !labels.some((label, column) => rest.some((row) => row[column]?.trim() === label));
}
