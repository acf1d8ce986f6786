import type { Table } from '../table/data-table.ts';
import { ProblemCount } from '../table/problem-list.ts';
import type { Problem } from '../table/table.ts';
import { tCounted } from '../words/format.ts';
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
      tCounted(
        '“{{column}}” is empty in {{count}} row; this row is matched by the other columns.',
        '“{{column}}” is empty in {{count}} rows; these rows are matched by the other columns.',
        n,
        { column: name },
      ),
    name,
  );
}

function keylessRows(table: Table, records: MatchRecords): Problem[] {
  const keyed = mayHaveKey(records);
  const count = new ProblemCount();
  for (let row = 0; row < records.rows; row++) if (!keyed(row)) count.add(table.rowNumber(row));
  return count.report('no-key', (n) =>
    tCounted(
      '{{count}} row with too few filled fields: it is never matched, nor counted in the table.',
      '{{count}} rows with too few filled fields: they are never matched, nor counted in the table.',
      n,
    ),
  );
}
