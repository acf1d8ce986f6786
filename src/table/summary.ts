import { profileColumn } from './column-profile.ts';
import { guessUse } from './guess.ts';
import { friendlyRange } from './payload-range.ts';
import type { ReadTable } from './read-table.ts';
import type { ColumnSummary, TableSummary } from './table.ts';

/** Rows shown before anything else is decided. */
const PREVIEW_ROWS = 8;

/** What the page is told about a file that has been read. */
export function summarise({ table, options, problems, bytes }: ReadTable, fileName: string): TableSummary {
  const columns = table.columns.map((name, column): ColumnSummary => {
    const profile = profileColumn(table, column);
    const summary = { name, empty: profile.empty, distinct: profile.distinct, guess: guessUse(profile) };
    return profile.extent === undefined ? summary : { ...summary, range: friendlyRange(profile.extent) };
  });
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, table.rowCount) }, (_, row) =>
    table.columns.map((_name, column) => table.value(column, row)),
  );
  return { name: fileName, bytes, options, columns, rows: table.rowCount, preview, problems };
}
