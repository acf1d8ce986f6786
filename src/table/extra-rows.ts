/** Rows of a file that are nobody, as what is asked about them. */

import { counted, inQuotes, tCounted } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { Table } from './data-table.ts';
import { findExtraRows } from './row-search.ts';
import type { CsvOptions, FileDoubt, Problem } from './table.ts';

const SHOWN = 4;

type NumberOf = (row: number) => number;

function shownRows(table: Table, rows: readonly number[], numberOf: NumberOf): string {
  const shown = rows.slice(0, SHOWN).map((row) => {
    const values = table.columns.flatMap((_name, column) => table.value(column, row).trim() || []);
    const quoted = values.slice(0, SHOWN).map((text) => inQuotes(text.slice(0, 40)));
    const more = values.length > SHOWN ? ', …' : '';
    return t('row {{row}} ({{values}})', { row: numberOf(row), values: `${quoted.join(', ')}${more}` });
  });
  return `${shown.join(', ')}${rows.length > SHOWN ? ', …' : ''}`;
}

/** Which rows look like nobody. `numberOf`: the number that people see for a row. */
export function extraRowsWords(table: Table, rows: readonly number[], numberOf: NumberOf): string {
  return tCounted(
    '{{count}} row looks like a sum, a note, units or another table, and not like a person: {{rows}}.',
    '{{count}} rows look like sums, notes, units or another table, and not like people: {{rows}}.',
    rows.length,
    { rows: shownRows(table, rows, numberOf) },
  );
}

function extraDoubt(table: Table, rows: readonly number[]): FileDoubt {
  return {
    kind: 'extra-rows',
    message: extraRowsWords(table, rows, (row) => table.rowNumber(row)),
    choices: [
      { label: t('Leave out what is no person'), settings: { extraRows: 'skip' } },
      { label: t('Read every row as a person'), settings: { extraRows: 'read' } },
    ],
  };
}

interface ReadRows {
  readonly table: Table;
  readonly options: CsvOptions;
  readonly problems: readonly Problem[];
  readonly doubts: readonly FileDoubt[];
}

/** Asks about rows that are nobody, or leaves them out where a person has said so. */
export function withoutExtraRows<Read extends ReadRows>(read: Read, decided: CsvOptions['extraRows']): Read {
  const options = decided === undefined ? read.options : { ...read.options, extraRows: decided };
  const rows = decided === 'read' ? [] : findExtraRows(read.table, read.options.header);
  if (rows.length === 0) return { ...read, options };
  if (decided === undefined) return { ...read, doubts: [...read.doubts, extraDoubt(read.table, rows)] };
  const extra = new Set(rows);
  const kept = Uint32Array.from({ length: read.table.rowCount }, (_, row) => row).filter((row) => !extra.has(row));
  const left: Problem = {
    kind: 'extra-rows',
    count: rows.length,
    rows: rows.slice(0, 20).map((row) => read.table.rowNumber(row)),
    message: t('{{rows}} left out, as sums, notes, units or another table.', { rows: counted(rows.length, 'row') }),
  };
  return { ...read, options, table: read.table.withRows(kept), problems: [...read.problems, left] };
}
