import { BlockingError, type RecordId } from './blocks.ts';

/**
 * How a blocking schema's features are found in rows: numbers are columns, names are looked up in the header.
 * @throws BlockingError when there is no header, or a name is not in it
 */
export function featureColumns(
  features: readonly (number | string)[],
  header: readonly string[] | undefined,
): { readonly columns: readonly number[]; readonly column: (feature: number | string) => number } {
  const column = (feature: number | string): number => {
    if (typeof feature === 'number') return feature;
    if (!header) {
      throw new BlockingError(
        `Header must not be None if blocking features are string: "${feature}" is a name, and the table has no header.`,
      );
    }
    const index = header.lastIndexOf(feature);
    if (index >= 0) return index;
    throw new BlockingError(
      `The table has no column "${feature}". Its columns are ${header.map((name) => `"${name}"`).join(', ')}.`,
    );
  };
  return { columns: features.map(column), column };
}

const columnName = (column: number, header: readonly string[] | undefined): string =>
  header?.[column] === undefined ? `column ${column} (counted from 0)` : `column ${column}, "${header[column]}"`;

/**
 * Checks that every row has the columns that a blocking schema reads. Python would take -1 for the last column, and
 * elsewhere end with an IndexError; here either is an error that says where.
 * @throws BlockingError when a column is below 0 or beyond the table, or a row is blank or too short
 */
export function requireColumns(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
  header: readonly string[] | undefined,
): void {
  const width = header?.length ?? rows.reduce((most, row) => Math.max(most, row.length), 0);
  const beyond = columns.find((column) => column < 0 || (column >= width && rows.length > 0));
  if (beyond !== undefined) {
    throw new BlockingError(
      `The blocking schema reads column ${beyond} (counted from 0), and the table has columns 0 to ${width - 1}. Correct the schema's features.`,
    );
  }
  rows.forEach((row, r) => {
    const missing = columns.find((column) => column >= row.length);
    if (missing === undefined) return;
    const said = row.length === 0 || (row.length === 1 && row[0] === '') ? 'is blank' : `has ${row.length} values`;
    throw new BlockingError(
      `Row ${r + 1} ${said}, and the blocking schema reads ${columnName(missing, header)}. Complete the row, or take it out.`,
    );
  });
}

/** The columns that a schema reads besides its features: that of record identifiers, where there is one. */
export const identifierColumns = (column: number | null): readonly number[] => (column === null ? [] : [column]);

/** The records' identifiers: their rows, or the values of a column. */
export function recordIds(rows: readonly (readonly string[])[], column: number | null): RecordId[] {
  return rows.map((row, r) => (column === null ? r : (row[column] ?? r)));
}
