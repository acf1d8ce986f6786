import { profileColumn } from './column-profile.ts';
import { guessUses } from './guess.ts';
import { friendlyRange } from './payload-range.ts';
import type { ReadTable } from './read-table.ts';
import type { ColumnSummary, TableSummary } from './table.ts';

/** Rows shown before anything else is decided. */
const PREVIEW_ROWS = 8;

/** What the page is told about a file that has been read. */
export function summarise({ table, options, problems, bytes }: ReadTable, fileName: string): TableSummary {
  const profiles = table.columns.map((_name, column) => profileColumn(table, column));
  const uses = guessUses(profiles);
  const columns = profiles.map((profile, column): ColumnSummary => {
    const { name, empty, distinct } = profile;
    const summary = { name, empty, distinct, guess: uses[column] ?? 'ignore' };
    return profile.extent === undefined ? summary : { ...summary, range: friendlyRange(profile.extent) };
  });
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, table.rowCount) }, (_, row) =>
    table.columns.map((_name, column) => table.value(column, row)),
  );
  return { name: fileName, bytes, options, columns, rows: table.rowCount, preview, problems };
}
