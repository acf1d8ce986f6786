import type { MatchField } from '../agreement/match-field.ts';
import type { MatchRecords } from './records.ts';

/** One field made of all fields' normalised values, written one after the other in the fields' order. */
export function concatenateFields(records: MatchRecords, field: MatchField): MatchRecords {
  const codeOf = new Map([['', 0]]);
  const codes = new Uint32Array(records.rows);
  for (let row = 0; row < records.rows; row++) {
    const joined = records.codes.map((column, f) => records.values[f]?.[column[row] ?? 0] ?? '').join('');
    let code = codeOf.get(joined);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(joined, code);
    }
    codes[row] = code;
  }
  return { rows: records.rows, fields: [field], values: [[...codeOf.keys()]], codes: [codes] };
}
