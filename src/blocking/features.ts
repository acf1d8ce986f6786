import { t } from '../words/translate.ts';
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
        t(
          'Header must not be None if blocking features are string: "{{feature}}" is a name, and the table has no header.',
          { feature },
        ),
      );
    }
    const index = header.lastIndexOf(feature);
    if (index >= 0) return index;
    throw new BlockingError(
      t('The table has no column "{{column}}". Its columns are {{columns}}.', {
        column: feature,
        columns: header.map((name) => `"${name}"`).join(', '),
      }),
    );
  };
  return { columns: features.map(column), column };
}

const columnName = (column: number, header: readonly string[] | undefined): string =>
  header?.[column] === undefined
    ? t('column {{column}} (counted from 0)', { column })
    : t('column {{column}}, "{{name}}"', { column, name: header[column] });

/**
 * A check that rows have the columns that a blocking schema reads. Python would take -1 for the last column, and
 * elsewhere end with an IndexError; here either is an error that says where.
 * @returns throws BlockingError when a column is below 0 or beyond the table, or a row is blank or too short
 */
export function createColumnCheck(
  columns: readonly number[],
  header: readonly string[] | undefined,
): (row: readonly string[], number: number) => void {
  const lowest = Math.min(...columns);
  const highest = Math.max(...columns);
  const beyond = (width: number): BlockingError => {
    const column = columns.find((one) => one < 0 || one >= width);
    return new BlockingError(
      t(
        "The blocking schema reads column {{column}} (counted from 0), and the table has columns 0 to {{last}}. Correct the schema's features.",
        { column: `${column}`, last: width - 1 },
      ),
    );
  };
  return (row, number) => {
    const blank = row.length === 0 || (row.length === 1 && row[0] === '');
    const width = header?.length ?? (number === 0 && !blank ? row.length : undefined);
    if (lowest < 0) throw beyond(width ?? row.length);
    if (highest < row.length) return;
    if (width !== undefined && highest >= width) throw beyond(width);
    const missing = columns.find((column) => column >= row.length) ?? highest;
    const places = { row: number + 1, column: columnName(missing, header) };
    throw new BlockingError(
      blank
        ? t('Row {{row}} is blank, and the blocking schema reads {{column}}. Complete the row, or take it out.', places)
        : t(
            'Row {{row}} has {{values}} values, and the blocking schema reads {{column}}. Complete the row, or take it out.',
            { ...places, values: row.length },
          ),
    );
  };
}

/** The columns that a schema reads besides its features: that of record identifiers, where there is one. */
export const identifierColumns = (column: number | null): readonly number[] => (column === null ? [] : [column]);

/** A record's identifier: its row, or the value of a column. */
export const recordId = (row: readonly string[], number: number, column: number | null): RecordId =>
  column === null ? number : (row[column] ?? number);
