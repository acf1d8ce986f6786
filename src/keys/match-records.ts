import type { MatchField } from '../agreement/match-field.ts';
import { mendedCode } from '../table/code-length.ts';
import type { Table } from '../table/data-table.ts';
import { normaliseCategory, normaliseDate, normaliseText } from '../table/normalise.ts';
import type { MatchRecords } from './records.ts';

/** A matching field and the column (by index) that holds it; -1 where none does, and every value is empty. */
export interface BoundField extends MatchField {
  readonly column: number;
}

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
  const normalise = normaliser(table, binding);
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

function normaliser(table: Table, { type, column, digits }: BoundField): (text: string) => string {
  if (type === 'date') {
    const reading = table.reading(column);
    return (text) => normaliseDate(text, reading);
  }
  if (type === 'category') return normaliseCategory;
  const length = codeDigits(table, { type, column, digits });
  return length === 0 ? normaliseText : (text) => normaliseText(mendedCode(text, length));
}

/** How many digits the codes of a field get; 0: they stay as written. */
export function codeDigits(
  table: Table,
  { type, column, digits }: Pick<BoundField, 'type' | 'column' | 'digits'>,
): number {
  return type === 'code' ? (table.settings(column).codeLength ?? digits ?? 0) : 0;
}
