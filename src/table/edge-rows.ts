/** Rows at a table's edges that are nobody: units or types below the header, sums at the end. */
import type { ColumnProfile } from './column-profile.ts';
import type { Table } from './data-table.ts';
import { parseDate } from './dates.ts';
import { missingWord } from './missing-words.ts';
import { readNumber } from './numbers.ts';
import type { Problem } from './table.ts';

/** Share of a column's values that are numbers, or dates, for others to be none. */
const MOSTLY = 0.7;
const FEWEST_ROWS = 4;
const LAST_ROWS = 3;
const SUM =
  /^(?:grand |sub)?(?:totals?|sum|summe|gesamt|insgesamt|summa|totale?|totaal|suma|razem|celkem|összesen|toplam|yhteensä|итого|всего|σύνολο|合计|总计|合計|総計|합계|المجموع)(?!\p{L})/iu;

const isTyped = ({ numbers, dates }: ColumnProfile) => numbers >= MOSTLY || dates >= MOSTLY;

function holds({ numbers, reading }: ColumnProfile, text: string): boolean {
  return (numbers >= MOSTLY ? readNumber(text, reading) : parseDate(text, reading)) !== undefined;
}

function problem(table: Table, kind: 'units-row' | 'sum-row', row: number, words: string): Problem {
  const shown = table.columns.flatMap((_name, column) => table.value(column, row).trim() || []).slice(0, 4);
  const quoted = shown.map((text) => `“${text.slice(0, 40)}”`).join(', ');
  return {
    kind,
    count: 1,
    rows: [table.rowNumber(row)],
    message: `A row (${quoted}) ${words} It counts as a person: leave it out under Cleaning, or in the file.`,
  };
}

/** Says which rows look like units below the header, or like sums below the people. */
export function edgeRows(table: Table, profiles: readonly ColumnProfile[]): Problem[] {
  if (table.rowCount < FEWEST_ROWS) return [];
  const value = (column: number, row: number) => table.value(column, row).trim();
  const typed = [...profiles.entries()].filter(([, profile]) => isTyped(profile));
  const isUnits =
    typed.length > 0 &&
    typed.every(([column, profile]) => {
      const text = value(column, 0);
      return text !== '' && missingWord(text) === undefined && !/\p{N}/u.test(text) && !holds(profile, text);
    });
  const found = isUnits ? [problem(table, 'units-row', 0, 'looks like units or types of the columns.')] : [];
  for (let row = Math.max(1, table.rowCount - LAST_ROWS); row < table.rowCount; row++) {
    const values = profiles.map((_profile, column) => value(column, row));
    const first = values.find((text) => text !== '') ?? '';
    const isSparse = 2 * values.filter((text) => text === '').length >= values.length;
    if (isSparse && SUM.test(first)) found.push(problem(table, 'sum-row', row, 'looks like a sum of the rows above.'));
  }
  return found;
}
