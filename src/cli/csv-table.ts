import { streamedCsvRows, UnendedRowError } from '../python/csv-stream.ts';
import { type ByteSource, countLines, openBytes, textParts } from './byte-source.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** A table's rows, read anew each time they are gone through, so that no more than a part of them is held. */
export interface CsvTable {
  /** As messages call it. */
  readonly name: string;
  /** Absent where the table has none. */
  readonly header?: readonly string[];
  readonly rows: Iterable<readonly string[]>;
  /** How many lines there are below the header: as many as rows, or more. */
  readonly estimate: number;
}

const BYTE_ORDER_MARK = '\ufeff';

function* rowsOf(source: ByteSource): Generator<string[]> {
  try {
    yield* streamedCsvRows(textParts(source));
  } catch (error) {
    if (!(error instanceof UnendedRowError)) throw error;
    throw new CommandError(`${source.name}: ${error.message}`);
  }
}

/** How workbooks begin: XLSX and ODS as any ZIP archive, and XLS. */
const WORKBOOKS = [Buffer.from('PK\x03\x04'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0])];

/** @throws CommandError for a workbook */
function refuseWorkbook({ name, parts }: ByteSource): void {
  for (const part of parts()) {
    if (!WORKBOOKS.some((start) => start.equals(part.subarray(0, start.length)))) return;
    throw new CommandError(`${name} is a workbook, or another archive. Save its sheet as CSV in UTF-8 and try again.`);
  }
}

/** The first of a table's rows. */
export function first(rows: Iterable<readonly string[]>): readonly string[] | undefined {
  for (const row of rows) return row;
  return undefined;
}

/**
 * The table in a file, in standard input (`-`) or in a pipe.
 * @param argument the argument's name in the usage
 * @param mayBeEmpty whether nothing at all is a table too
 * @throws UsageError when it cannot be read; CommandError when it is empty or a workbook, or when a byte order mark would become part
 * of the first person; its rows throw CommandError where they are not UTF-8, or a quote is not closed
 */
export async function openCsvTable(
  terminal: Terminal,
  file: string,
  argument: string,
  hasHeader: boolean,
  mayBeEmpty = false,
): Promise<CsvTable> {
  const source = await openBytes(terminal, file, argument);
  const { name } = source;
  refuseWorkbook(source);
  const top = first(rowsOf(source));
  if (!top && mayBeEmpty) return { name, rows: [], estimate: 0 };
  if (!top) {
    const missing = hasHeader ? 'its first row must be a header' : 'there is nobody in it';
    throw new CommandError(`${name} is empty; ${missing}. Choose a table with rows.`);
  }
  if (!hasHeader && top[0]?.startsWith(BYTE_ORDER_MARK)) {
    throw new CommandError(
      `${name} begins with a byte order mark, which would become part of row 1, column 1. Save it as UTF-8 without one.`,
    );
  }
  const read = function* (): Generator<string[]> {
    const rows = rowsOf(source);
    if (hasHeader) rows.next();
    yield* rows;
  };
  return {
    name,
    ...(hasHeader ? { header: top } : {}),
    rows: { [Symbol.iterator]: read },
    estimate: countLines(source) - (hasHeader ? 1 : 0),
  };
}

const OTHER_SEPARATORS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars (|)'],
] as const;

/**
 * Refuses a table that is one column to its reader because it is JSON, or something else than commas stands between the values.
 * @throws CommandError
 */
export function refuseOtherSeparators({ name, header, rows }: CsvTable): void {
  const top = header ?? first(rows);
  const [only] = top ?? [];
  // A cell in braces, as databases write GUIDs, is none.
  if (only !== undefined && /^\{\s*(?:"|$)/.test(only))
    throw new CommandError(`${name} begins as JSON does. Give a table (CSV) here.`);
  if (only === undefined || top?.length !== 1) return;
  const found = OTHER_SEPARATORS.find(([separator]) => only.includes(separator));
  if (!found) return;
  throw new CommandError(
    `${name} has ${found[1]} between its values in line 1. Save it with commas (CSV) and try again.`,
  );
}

/** A table's rows, all of which must have as many values as the header, or the first row, has. */
export function* evenRows({ name, header, rows }: CsvTable): Generator<readonly string[]> {
  let width = header?.length;
  let number = 0;
  for (const row of rows) {
    number++;
    width ??= row.length;
    if (row.length !== width || width === 0) throw new CommandError(unevenWords(name, number, row.length, width));
    yield row;
  }
}

function unevenWords(name: string, number: number, length: number, width: number): string {
  if (length === 0) return `${name}, row ${number} is blank. Take it out.`;
  const has = `${name}, row ${number} has ${length} ${length === 1 ? 'value' : 'values'}, and the table has ${width} columns.`;
  return length < width
    ? `${has} Column ${length + 1} is missing: look for a missing comma, or a quote that is not closed.`
    : `${has} Look for a comma in a value that is not in quotes.`;
}

export interface WatchedTable extends CsvTable {
  /** Which of the rows that were gone through look like nobody; undefined where none does. */
  extraRows(): string | undefined;
  /** Whether the header may be the first person. */
  isHeaderDoubtful(): boolean;
}

/** Rows that a header is compared with. */
const COMPARED_ROWS = 200;

/** The same table, whose rows are looked at as they are gone through. */
export async function watched(table: CsvTable): Promise<WatchedTable> {
  // What knows headers and words of sums takes a while to load.
  const [{ RowSample }, { findHeader }] = await Promise.all([
    import('../table/row-sample.ts'),
    import('../table/header.ts'),
  ]);
  const { header } = table;
  let sample = new RowSample(header);
  let beginning: (readonly string[])[] = [];
  const look = function* (): Generator<readonly string[]> {
    sample = new RowSample(header);
    beginning = [];
    for (const row of table.rows) {
      if (beginning.length < COMPARED_ROWS) beginning.push(row);
      sample.add(row);
      yield row;
    }
  };
  const columns = () => header ?? (beginning[0] ?? []).map((_, i) => `Column ${i + 1}`);
  return {
    ...table,
    rows: { [Symbol.iterator]: look },
    extraRows: () => sample.extraRows(columns()),
    isHeaderDoubtful: () => {
      const finding = findHeader([header ?? [], ...beginning]);
      return header !== undefined && beginning.length > 0 && (!finding.header || finding.isDoubtful);
    },
  };
}
