/** Rows at a table's edges that are nobody: units or types below the header, sums or another table at the end. */

import { inQuotes } from '../words/format.ts';
import { t } from '../words/translate.ts';
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

const SAID = {
  'units-row': (values: string) => t('A row ({{values}}) looks like units or types of the columns.', { values }),
  'sum-row': (values: string) => t('A row ({{values}}) looks like a sum of the rows above.', { values }),
  'second-table': (values: string) =>
    t('A row ({{values}}) and those below it look like another table, after a blank row.', { values }),
} as const;

function problem(table: Table, kind: keyof typeof SAID, row: number): Problem {
  const shown = table.columns.flatMap((_name, column) => table.value(column, row).trim() || []).slice(0, 4);
  const values = shown.map((text) => inQuotes(text.slice(0, 40))).join(', ');
  return {
    kind,
    count: 1,
    rows: [table.rowNumber(row)],
    message: `${SAID[kind](values)} ${t('It counts as a person: leave it out under Cleaning, or in the file.')}`,
  };
}

/** Share of rows that have a value in a column for those that lack one to be odd. */
const FULL = 0.95;
const SECOND_ROWS = 200;

/** A table below the table: after blank rows, rows of which none has what the columns have. */
function secondTable(table: Table, profiles: readonly ColumnProfile[]): Problem[] {
  const typed = [...profiles.entries()].filter(([, profile]) => isTyped(profile));
  const isFull = ({ empty }: ColumnProfile) => table.rowCount - empty >= FULL * table.rowCount;
  const misfits = (row: number) =>
    typed.some(([column, profile]) => {
      const text = table.value(column, row).trim();
      return text === '' ? isFull(profile) : missingWord(text) === undefined && !holds(profile, text);
    });
  let first: number | undefined;
  for (let row = table.rowCount - 1; row > FEWEST_ROWS && row > table.rowCount - SECOND_ROWS; row--) {
    if (!misfits(row)) break;
    if (table.rowNumber(row) - table.rowNumber(row - 1) > 1) first = row;
  }
  if (first === undefined || table.rowCount - first < 2) return [];
  return [problem(table, 'second-table', first)];
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
  const found = isUnits ? [problem(table, 'units-row', 0)] : [];
  for (let row = Math.max(1, table.rowCount - LAST_ROWS); row < table.rowCount; row++) {
    const values = profiles.map((_profile, column) => value(column, row));
    const first = values.find((text) => text !== '') ?? '';
    const blanks = values.filter((text) => text === '').length;
    // `Total` alone may stand beside most of the values.
    const isSparse = 2 * blanks >= values.length || (blanks > 0 && first.replace(SUM, '').trim() === '');
    if (isSparse && SUM.test(first)) found.push(problem(table, 'sum-row', row));
  }
  return [...found, ...secondTable(table, profiles)];
}
