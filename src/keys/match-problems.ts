import type { Table } from '../table/data-table.ts';
import { ProblemCount } from '../table/problem-list.ts';
import type { Problem } from '../table/table.ts';
import { counted } from '../words/format.ts';
import type { BoundField } from './bound-field.ts';
import { rowsWithoutKey } from './design.ts';
import { FIELD_TYPE_RULES } from './field-types.ts';
import type { MatchRecords } from './records.ts';
import { repeatProblems } from './repeat-problems.ts';

/**
 * What stands in the way of matching: dates that are none, empty fields, rows that no band can have a key for, and people
 * who are in the file more than once. `records` are those of `fields` in `table`.
 */
export function matchProblems(table: Table, fields: readonly BoundField[], records: MatchRecords): Problem[] {
  return [
    ...fields.flatMap((field, f) => [
      ...FIELD_TYPE_RULES[field.type].problems(table, field),
      ...emptyFields(table, field, records.codes[f] ?? new Uint32Array()),
    ]),
    ...keylessRows(table, records),
    ...repeatProblems(table, fields, records),
  ];
}

function emptyFields(table: Table, { name }: BoundField, codes: Uint32Array): Problem[] {
  const count = new ProblemCount();
  for (let row = 0; row < codes.length; row++) if (codes[row] === 0) count.add(table.rowNumber(row));
  return count.report(
    'empty-match-field',
    (n) =>
      `“${name}” is empty in ${counted(n, 'row')}; ${n === 1 ? 'this row is' : 'these rows are'} matched by the other columns.`,
    name,
  );
}

function keylessRows(table: Table, records: MatchRecords): Problem[] {
  const without = rowsWithoutKey(records);
  const filled = new Uint8Array(records.rows);
  const rowsFilled = new Array<number>(records.fields.length + 1).fill(0);
  for (let row = 0; row < records.rows; row++) {
    let fields = 0;
    for (const codes of records.codes) if (codes[row] !== 0) fields++;
    filled[row] = fields;
    rowsFilled[fields] = (rowsFilled[fields] ?? 0) + 1;
  }
  // The rows without a key are those with the fewest filled fields; how few, their number tells.
  let needed = 0;
  for (let below = 0; below < without; needed++) below += rowsFilled[needed] ?? 0;
  const count = new ProblemCount();
  for (const [row, fields] of filled.entries()) if (fields < needed) count.add(table.rowNumber(row));
  return count.report(
    'no-key',
    (n) =>
      `${counted(n, 'row')} with too few filled fields: ${n === 1 ? 'it is' : 'they are'} never matched, nor counted in the table.`,
  );
}
