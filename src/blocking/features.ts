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

/** The records' identifiers: their rows, or the values of a column. */
export function recordIds(rows: readonly (readonly string[])[], column: number | null): RecordId[] {
  return rows.map((row, r) => (column === null ? r : (row[column] ?? r)));
}
