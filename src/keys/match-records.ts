import type { MatchField } from '../agreement/match-field.ts';
import type { Table } from '../table/data-table.ts';
import { dateOrderOf } from '../table/dates.ts';
import { normaliseDate, normaliseText } from '../table/normalise.ts';
import type { MatchRecords } from './records.ts';

/** A matching field and the column (by index) that holds it; -1 where none does, and every value is empty. */
export interface BoundField extends MatchField {
  readonly column: number;
}

/** Spellings remembered a column; names and codes repeat, addresses of a million rows would only fill memory. */
const SPELLINGS_KEPT = 65_536;

/**
 * The match fields of a table, normalised by their types and dictionary-coded. Names, text, codes and categories become
 * their letters and digits, case folded; dates become `yyyymmdd`, in the order of day and month that the column shows.
 */
export function matchRecords(table: Table, bindings: readonly BoundField[]): MatchRecords {
  const coded = bindings.map((binding) => codeColumn(table, binding));
  return {
    rows: table.rowCount,
    fields: bindings.map(({ name, type }) => ({ name, type })),
    values: coded.map(({ values }) => values),
    codes: coded.map(({ codes }) => codes),
  };
}

function codeColumn(table: Table, { type, column }: BoundField): { values: string[]; codes: Uint32Array } {
  if (column < 0) return { values: [''], codes: new Uint32Array(table.rowCount) };
  const normalise = type === 'date' ? dateNormaliser(table.values(column)) : normaliseText;
  const values = [''];
  const codeOf = new Map([['', 0]]);
  const spellings = new Map<string, number>();
  const codes = new Uint32Array(table.rowCount);
  let row = 0;
  for (const spelling of table.values(column)) {
    let code = spellings.get(spelling);
    if (code === undefined) {
      const value = normalise(spelling);
      code = codeOf.get(value);
      if (code === undefined) {
        code = values.length;
        values.push(value);
        codeOf.set(value, code);
      }
      if (spellings.size < SPELLINGS_KEPT) spellings.set(spelling, code);
    }
    codes[row++] = code;
  }
  return { values, codes };
}

function dateNormaliser(values: Iterable<string>): (text: string) => string {
  const order = dateOrderOf(values);
  return (text) => normaliseDate(text, order);
}
