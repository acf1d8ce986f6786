/** A CSV file as the family reads it: its text, and its rows on demand, so that a million rows need no second copy. */

import { yieldToPage } from '../../channel/yield-to-page.ts';
import { csvRows } from '../../python/csv-rows.ts';
import { detectDialect } from '../../table/dialect.ts';
import { RowSample } from '../../table/row-sample.ts';
import { t } from '../../words/translate.ts';
import { commaText } from './comma-text.ts';

export interface CsvTable {
  readonly name: string;
  /** With commas, whatever stood between the values in the file. */
  readonly text: string;
  /** How the file differed from what the family reads. */
  readonly said: readonly string[];
  readonly hasHeader: boolean;
  /** Why the first row may be taken for the wrong thing; undefined where it is certain, or a person has said. */
  readonly headerDoubt: string | undefined;
  /** Which rows look like nobody, and are rows all the same. */
  readonly extraRows: string | undefined;
  /** The header, or `Column 1`, `Column 2`, ... where there is none. */
  readonly columns: readonly string[];
  /** Without the header. */
  readonly rows: number;
  readonly preview: readonly (readonly string[])[];
  readonly raggedRows: RaggedRows;
}

/** Rows with more or fewer values than there are columns. */
export interface RaggedRows {
  readonly count: number;
  /** The first of them; rows count from 0. */
  readonly first: readonly { readonly row: number; readonly values: number }[];
}

export interface CsvTableOptions {
  /** Guessed unless given. */
  readonly hasHeader?: boolean;
  /** What was said of the table when it was read before. */
  readonly said?: readonly string[];
  readonly signal?: AbortSignal;
}

const SAMPLE_CHARACTERS = 65_536;
const PREVIEW_ROWS = 5;
const ROWS_PER_YIELD = 10_000;
const RAGGED_DESCRIBED = 100;

/**
 * Looks a CSV text over: header, columns, rows.
 * @throws Error with a message for people where the text is empty
 */
export async function readCsvTable(name: string, written: string, options: CsvTableOptions = {}): Promise<CsvTable> {
  const whole = written.length <= SAMPLE_CHARACTERS;
  const dialect = detectDialect(written.slice(0, SAMPLE_CHARACTERS), whole, {});
  const { text, said } = await commaText(name, written, dialect, options.signal);
  const hasHeader = options.hasHeader ?? dialect.header;
  const headerDoubt =
    options.hasHeader === undefined ? dialect.doubts.find(({ kind }) => kind === 'header')?.message : undefined;
  const rows = csvRows(text);
  const firstRow = rows.next();
  if (firstRow.done) throw new Error(t('{{file}} is empty. Choose a CSV file with rows.', { file: name }));
  const columns = hasHeader ? firstRow.value : firstRow.value.map((_, i) => `Column ${i + 1}`);
  const preview: string[][] = [];
  const ragged: { row: number; values: number }[] = [];
  let raggedCount = 0;
  let count = 0;
  const sample = new RowSample(hasHeader ? columns : undefined);
  const look = (row: string[]): void => {
    sample.add(row);
    if (preview.length < PREVIEW_ROWS) preview.push(row);
    if (row.length !== columns.length) {
      raggedCount++;
      if (ragged.length < RAGGED_DESCRIBED) ragged.push({ row: count, values: row.length });
    }
    count++;
  };
  if (!hasHeader) look(firstRow.value);
  for (const row of rows) {
    look(row);
    if (count % ROWS_PER_YIELD !== 0) continue;
    options.signal?.throwIfAborted();
    await yieldToPage();
  }
  return {
    name,
    text,
    said: [...(options.said ?? []), ...said],
    hasHeader,
    headerDoubt,
    extraRows: sample.extraRows(columns),
    columns,
    rows: count,
    preview,
    raggedRows: { count: raggedCount, first: ragged },
  };
}

/** The rows of a table, without its header. */
export function* tableRows({ text, hasHeader }: CsvTable): Generator<string[]> {
  const rows = csvRows(text);
  if (hasHeader) rows.next();
  yield* rows;
}

/** The values of one column, every row's. */
export async function columnValues(table: CsvTable, column: number, signal?: AbortSignal): Promise<string[]> {
  const values: string[] = [];
  for (const row of tableRows(table)) {
    values.push(row[column] ?? '');
    if (values.length % ROWS_PER_YIELD !== 0) continue;
    signal?.throwIfAborted();
    await yieldToPage();
  }
  return values;
}

/** Some rows of a table, by number from 0. */
export async function rowsAt(table: CsvTable, numbers: ReadonlySet<number>): Promise<Map<number, readonly string[]>> {
  const found = new Map<number, readonly string[]>();
  let number = 0;
  for (const row of tableRows(table)) {
    if (numbers.has(number)) found.set(number, row);
    if (found.size === numbers.size) break;
    if (++number % ROWS_PER_YIELD === 0) await yieldToPage();
  }
  return found;
}
