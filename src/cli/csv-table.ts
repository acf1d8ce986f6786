import { csvRows } from '../python/csv-rows.ts';
import { CommandError } from './command-error.ts';

/** A table's rows, read anew each time they are gone through, so that a large table is held once, as text. */
export interface CsvTable {
  /** Absent where the table has none. */
  readonly header?: readonly string[];
  readonly rows: Iterable<readonly string[]>;
  /** How many lines there are below the header: as many as rows, or more. */
  readonly estimate: number;
}

function countLines(text: string): number {
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/**
 * A CSV text as a table, its line ends made plain first, as Python opens text files.
 * @param hasHeader whether the first row is a header
 */
export function readCsvTable(text: string, hasHeader: boolean): CsvTable {
  const plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const read = function* (): Generator<string[]> {
    const rows = csvRows(plain);
    if (hasHeader) rows.next();
    yield* rows;
  };
  const first = hasHeader ? csvRows(plain).next() : undefined;
  return {
    ...(first && !first.done ? { header: first.value } : {}),
    rows: { [Symbol.iterator]: read },
    estimate: countLines(plain) - (hasHeader ? 1 : 0),
  };
}

/** The first of a table's rows. */
export function first(rows: Iterable<readonly string[]>): readonly string[] | undefined {
  for (const row of rows) return row;
  return undefined;
}

const OTHER_SEPARATORS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars (|)'],
] as const;

/**
 * Refuses a table that is one column to its reader because something else than commas stands between the values.
 * @param row the first, or the header
 * @throws CommandError
 */
export function refuseOtherSeparators(row: readonly string[] | undefined, file: string): void {
  const [only] = row ?? [];
  if (only === undefined || row?.length !== 1) return;
  const found = OTHER_SEPARATORS.find(([separator]) => only.includes(separator));
  if (!found) return;
  throw new CommandError(
    `${file} has ${found[1]} between its values in line 1. Save it with commas (CSV) and try again.`,
  );
}
