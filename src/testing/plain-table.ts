/** Summaries of files for tests of pages that read none. */
import type { ColumnReading } from '../table/column-settings.ts';
import type { ColumnSummary, TableSummary } from '../table/table.ts';

const READING: ColumnReading = {
  missing: new Set(),
  decimalMark: '.',
  dateOrder: 'dmy',
  lastYear: 2026,
  serialDates: 'no',
  unit: '',
};

/** A column that leaves nothing open. */
export function plainColumn(name: string, change: Partial<ColumnSummary> = {}): ColumnSummary {
  return {
    name,
    empty: 0,
    distinct: 9,
    guess: 'ignore',
    settings: {},
    reading: READING,
    missing: [],
    doubts: [],
    ...change,
  };
}

/** A CSV file without any problem. */
export function plainTable(columns: readonly ColumnSummary[], rows: number): TableSummary {
  return {
    name: 'people.csv',
    bytes: 1,
    options: { encoding: 'utf-8', delimiter: ',', header: true, skip: 0 },
    columns,
    rows,
    preview: [],
    problems: [],
    doubts: [],
  };
}
