import type { Table } from '../table/data-table.ts';
import { ProblemCount } from '../table/problem-list.ts';
import type { Problem } from '../table/table.ts';
import { counted } from '../words/format.ts';
import type { BoundField } from './bound-field.ts';
import { FIELD_TYPE_RULES } from './field-types.ts';
import { mayHaveKey } from './keyed-rows.ts';
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
  const keyed = mayHaveKey(records);
  const count = new ProblemCount();
  for (let row = 0; row < records.rows; row++) if (!keyed(row)) count.add(table.rowNumber(row));
  return count.report(
    'no-key',
    (n) =>
      `${counted(n, 'row')} with too few filled fields: ${n === 1 ? 'it is' : 'they are'} never matched, nor counted in the table.`,
  );
}
