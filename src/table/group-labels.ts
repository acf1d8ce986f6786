import type { Table } from './data-table.ts';
import { TableError } from './table-error.ts';

/** Bears the rows whose value is blank. */
export const MISSING_LABEL = '(missing)';
/** Bears the rows whose label the agreement does not name. */
export const OTHER_LABEL = '(other)';
/** Distinct labels past which a column is no grouping. */
export const MAX_LABELS = 10_000;

/** A label of a group column and how many rows bear it. Blank values are counted under `(missing)`. */
export interface LabelCount {
  readonly label: string;
  readonly rows: number;
}

const BEYOND_ASCII = /[^\x20-\x7e]/;

/** A value's label: as written, but for white space around it, and in Unicode's composed form (NFC). */
function labelOf(value: string): string {
  const label = value.trim() || MISSING_LABEL;
  return BEYOND_ASCII.test(label) ? label.normalize('NFC') : label;
}

/**
 * The labels of a column and how many rows bear each, most rows first, then in code unit order. Throws `TableError` past
 * 10,000 distinct labels.
 */
export function countLabels(table: Table, column: number): LabelCount[] {
  const counts = new Map<string, number>();
  for (const value of table.values(column)) {
    const label = labelOf(value);
    counts.set(label, (counts.get(label) ?? 0) + 1);
    if (counts.size > MAX_LABELS) {
      throw new TableError(
        `Column “${table.columnName(column)}” has more than ${MAX_LABELS.toLocaleString('en-GB')} different values, ` +
          'too many to group by. Choose another use for it.',
      );
    }
  }
  const labels = [...counts].map(([label, rows]) => ({ label, rows }));
  return labels.sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1));
}

/**
 * For every row, the index of its label among the agreed ones. Blank values go to `(missing)` where that is agreed,
 * labels that are not agreed to `(other)`. Throws `TableError` where a row then has no label to go to.
 */
export function labelIndices(table: Table, column: number, agreed: readonly string[]): Uint16Array<ArrayBuffer> {
  const indexOf = new Map(agreed.map((label, index) => [label, index]));
  const other = indexOf.get(OTHER_LABEL);
  const indices = new Uint16Array(table.rowCount);
  let row = 0;
  for (const value of table.values(column)) {
    const index = indexOf.get(labelOf(value)) ?? other;
    if (index === undefined) {
      throw new TableError(
        `Row ${table.rowNumber(row)} has “${labelOf(value)}” in column “${table.columnName(column)}”, a label that was ` +
          `not agreed on, and there is no group ${OTHER_LABEL}. Is it the file that the agreement was made with?`,
      );
    }
    indices[row++] = index;
  }
  return indices;
}

/** Rows in each combination of two columns' labels, row-major: `secondLabels` counts a label of the first column. */
export function countCombinations(first: Uint16Array, second: Uint16Array, firstLabels: number, secondLabels: number) {
  const counts = new Uint32Array(firstLabels * secondLabels);
  for (const [row, index] of first.entries()) {
    const cell = index * secondLabels + (second[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}
