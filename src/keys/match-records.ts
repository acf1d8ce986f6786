import type { Table } from '../table/data-table.ts';
import type { BoundField } from './bound-field.ts';
import { FIELD_TYPE_RULES } from './field-types.ts';
import type { MatchRecords } from './records.ts';

/** Spellings remembered a column; names and codes repeat, addresses of a million rows would only fill memory. */
const SPELLINGS_KEPT = 65_536;

/**
 * The match fields of a table, normalised by their types and dictionary-coded. Names, text, codes and categories become
 * their letters and digits, case folded, categories that are whole numbers without leading zeros; dates become `yyyymmdd`, in the order of day and month that the column shows.
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

function codeColumn(table: Table, binding: BoundField): { values: string[]; codes: Uint32Array } {
  const { column } = binding;
  if (column < 0) return { values: [''], codes: new Uint32Array(table.rowCount) };
  const normalise = FIELD_TYPE_RULES[binding.type].normaliser(table, binding);
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
