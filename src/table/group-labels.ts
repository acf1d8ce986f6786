import { areDates, isOpen, type RangeEdges, rangeLabels, rangeOf } from '../agreement/ranges.ts';
import { numberWords } from '../words/format.ts';
import { t } from '../words/translate.ts';
import { dateReader, numberReader } from './column-readers.ts';
import type { Table } from './data-table.ts';
import { remembered } from './remembered.ts';
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
  /** Of a range: whether both of its ends are edges, as a person named them, or it lies outside of all edges. */
  readonly range?: 'closed' | 'open';
}

const BEYOND_ASCII = /[^\x20-\x7e]/;

/** A value's label: as written, but for white space around it, and in Unicode's composed form (NFC). */
function labelOf(value: string): string {
  const label = value.trim() || MISSING_LABEL;
  return BEYOND_ASCII.test(label) ? label.normalize('NFC') : label;
}

/** What a value of a column is grouped under: the value itself or, with edges, its range. What has no range counts as blank. */
function labeller(table: Table, column: number, edges: RangeEdges | undefined): (value: string) => string {
  if (edges === undefined) return labelOf;
  const labels = rangeLabels(edges);
  const named = (range: number | undefined) => (range === undefined ? MISSING_LABEL : (labels[range] as string));
  if (areDates(edges)) {
    const [read, days] = [dateReader(table, column), edges.map((day) => day.replaceAll('-', ''))];
    return remembered((value) => {
      const day = read(value);
      return named(day === undefined ? undefined : rangeOf(days, day));
    });
  }
  const read = numberReader(table, column);
  return remembered((value) => {
    const number = read(value);
    return named(number === undefined ? undefined : rangeOf(edges, number));
  });
}

/**
 * The labels of a column and how many rows bear each, most rows first, then in code unit order; of ranges in their
 * order, those of nobody too unless they are open.
 * @throws `TableError` past 10,000 distinct labels
 */
export function countLabels(table: Table, column: number, edges?: RangeEdges): LabelCount[] {
  return edges === undefined ? countValues(table, column) : countRanges(table, column, edges);
}

function countRanges(table: Table, column: number, edges: RangeEdges): LabelCount[] {
  const ranges = rangeLabels(edges);
  const counts = new Map([...ranges, MISSING_LABEL].map((label) => [label, 0]));
  const labelled = labeller(table, column, edges);
  for (const value of table.values(column)) {
    const label = labelled(value);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].flatMap(([label, rows], range): LabelCount[] => {
    if (label === MISSING_LABEL) return rows > 0 ? [{ label, rows }] : [];
    if (!isOpen(edges, range)) return [{ label, rows, range: 'closed' }];
    return rows > 0 ? [{ label, rows, range: 'open' }] : [];
  });
}

function countValues(table: Table, column: number): LabelCount[] {
  const counts = new Map<string, number>();
  for (const value of table.values(column)) {
    const label = labelOf(value);
    counts.set(label, (counts.get(label) ?? 0) + 1);
    if (counts.size > MAX_LABELS) {
      throw new TableError(
        t(
          'Column “{{column}}” has more than {{most}} different values, too many to group by. Choose another use for it.',
          {
            column: table.columnName(column),
            most: numberWords(MAX_LABELS),
          },
        ),
      );
    }
  }
  const labels = [...counts].map(([label, rows]) => ({ label, rows }));
  return labels.sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1));
}

/** In place of a label's index: the row is in no group. */
export const NO_GROUP = 0xffff;

/** The groups of a column as the agreement names them. */
export interface AgreedGroups {
  readonly labels: readonly string[];
  readonly edges?: RangeEdges | undefined;
}

/**
 * For every row, the index of its label among the agreed ones. Blank values go to `(missing)` where that is agreed,
 * labels that are not agreed to `(other)`; blank ones get `NO_GROUP` where they are to go nowhere.
 * @throws `TableError` where a row then has no label to go to
 */
export function labelIndices(
  table: Table,
  column: number,
  { labels: agreed, edges }: AgreedGroups,
  blanks?: 'nowhere',
): Uint16Array<ArrayBuffer> {
  const labelled = labeller(table, column, edges);
  const indexOf = new Map(agreed.map((label, index) => [label, index]));
  const other = indexOf.get(OTHER_LABEL);
  if (blanks === 'nowhere') indexOf.set(MISSING_LABEL, NO_GROUP);
  const indices = new Uint16Array(table.rowCount);
  let row = 0;
  for (const value of table.values(column)) {
    const index = indexOf.get(labelled(value)) ?? other;
    if (index === undefined) {
      throw new TableError(
        t(
          'Row {{row}} has “{{label}}” in column “{{column}}”, a label that was not agreed on, and there is no group {{other}}. Is it the file that the agreement was made with?',
          {
            row: table.rowNumber(row),
            label: labelled(value),
            column: table.columnName(column),
            other: OTHER_LABEL,
          },
        ),
      );
    }
    indices[row++] = index;
  }
  return indices;
}

/** Rows in each combination of two columns' labels, row-major: `secondLabels` counts a label of the first column. Rows of no group are in none. */
export function countCombinations(first: Uint16Array, second: Uint16Array, firstLabels: number, secondLabels: number) {
  const counts = new Uint32Array(firstLabels * secondLabels);
  for (const [row, index] of first.entries()) {
    const other = second[row] as number;
    if (index === NO_GROUP || other === NO_GROUP) continue;
    const cell = index * secondLabels + other;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}
