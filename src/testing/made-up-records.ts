import type { FieldType } from '../agreement/match-field.ts';
import type { MatchRecords } from '../keys/records.ts';

/** For tests: match records from rows of normalised values. */
export function recordsOf(types: readonly FieldType[], rows: readonly (readonly string[])[]): MatchRecords {
  const values = types.map(() => ['']);
  const codes = types.map((_, f) =>
    Uint32Array.from(rows, (row) => {
      const known = values[f] ?? [];
      const value = row[f] ?? '';
      const code = known.indexOf(value);
      return code >= 0 ? code : known.push(value) - 1;
    }),
  );
  return { rows: rows.length, fields: types.map((type, f) => ({ name: `field ${f}`, type })), values, codes };
}
