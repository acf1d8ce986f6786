import { usualDigits } from './code-length.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { ColumnSettings } from './column-settings.ts';
import type { Table } from './data-table.ts';
import { findDateParts, holdsYears } from './date-parts.ts';
import { garbledTexts, rangesAsDates } from './garbled-text.ts';
import { guessUse, guessUses } from './guess.ts';
import { friendlyRange } from './payload-range.ts';
import type { ReadTable } from './read-table.ts';
import type { ColumnSummary, ColumnUse, TableSummary } from './table.ts';

/** Rows shown before anything else is decided. */
const PREVIEW_ROWS = 8;

function summaryOf(profile: ColumnProfile, settings: ColumnSettings, guess: ColumnUse): ColumnSummary {
  const { name, empty, distinct, extent, reading, missing, doubts, dateOrder } = profile;
  const digits = usualDigits(profile.sample);
  return {
    name,
    empty,
    distinct,
    guess,
    settings,
    reading,
    missing,
    doubts,
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(profile.dates > 0.5 ? { dates: true } : {}),
    ...(holdsYears(profile) ? { years: true } : {}),
    ...(digits > 0 ? { digits } : {}),
    ...(extent === undefined ? {} : { range: friendlyRange(extent) }),
  };
}

/** What the page is told about one column that is read anew; its guess knows nothing of the others. */
export function summariseColumn(table: Table, column: number): ColumnSummary {
  const profile = table.profile(column);
  return summaryOf(profile, table.settings(column), guessUse(profile));
}

/** What the page is told about a file that has been read. */
export function summarise(
  { table, options, problems, bytes, doubts, sheets }: ReadTable,
  fileName: string,
): TableSummary {
  const profiles = table.columns.map((_name, column) => table.profile(column));
  const guesses = guessUses(profiles);
  const columns = profiles.map((profile, column) =>
    summaryOf(profile, table.settings(column), guesses[column] ?? 'ignore'),
  );
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, table.rowCount) }, (_, row) =>
    table.columns.map((_name, column) => table.value(column, row)),
  );
  const dateParts = findDateParts(profiles);
  return {
    name: fileName,
    bytes,
    options,
    columns,
    rows: table.rowCount,
    preview,
    problems: [...problems, ...profiles.flatMap(garbledTexts), ...profiles.flatMap(rangesAsDates)],
    doubts,
    ...(dateParts && { dateParts }),
    ...(sheets && { sheets }),
  };
}
