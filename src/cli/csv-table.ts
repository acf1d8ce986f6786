import { csvRows } from '../python/csv-rows.ts';

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
