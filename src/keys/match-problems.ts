import { isMended, mendedCode } from '../table/code-length.ts';
import type { Table } from '../table/data-table.ts';
import { parseDate } from '../table/dates.ts';
import { counted, ProblemCount } from '../table/problem-list.ts';
import type { Problem } from '../table/table.ts';
import { rowsWithoutKey } from './design.ts';
import { type BoundField, codeDigits } from './match-records.ts';
import type { MatchRecords } from './records.ts';
import { repeatProblems } from './repeat-problems.ts';

/**
 * What stands in the way of matching: dates that are none, empty fields, rows that no band can have a key for, and people
 * who are in the file more than once. `records` are those of `fields` in `table`.
 */
export function matchProblems(table: Table, fields: readonly BoundField[], records: MatchRecords): Problem[] {
  return [
    ...fields.flatMap((field, f) => [
      ...(field.type === 'date' ? notDates(table, field) : []),
      ...mendedCodes(table, field),
      ...emptyFields(table, field, records.codes[f] ?? new Uint32Array()),
    ]),
    ...keylessRows(table, records),
    ...repeatProblems(table, fields, records),
  ];
}

function notDates(table: Table, { name, column }: BoundField): Problem[] {
  const reading = table.reading(column);
  const count = new ProblemCount();
  let example = '';
  let row = 0;
  for (const value of table.values(column)) {
    if (value.trim() !== '' && parseDate(value, reading) === undefined) {
      if (count.count === 0) example = value.trim();
      count.add(table.rowNumber(row));
    }
    row++;
  }
  return count.report(
    'not-a-date',
    (n) =>
      `${counted(n, 'value')} in “${name}” ${n === 1 ? 'is no date' : 'are no dates'}, such as “${example}”. ` +
      `Only ${n === 1 ? 'its' : 'their'} digits are compared, so ${n === 1 ? 'this row is' : 'these rows are'} found less often.`,
    name,
  );
}

function mendedCodes(table: Table, field: BoundField): Problem[] {
  if (field.column < 0) return [];
  const digits = codeDigits(table, field);
  if (digits === 0) return [];
  const count = new ProblemCount();
  let example = '';
  let row = 0;
  for (const value of table.values(field.column)) {
    if (isMended(value, digits)) {
      if (count.count === 0) example = value.trim();
      count.add(table.rowNumber(row));
    }
    row++;
  }
  return count.report(
    'mended-code',
    (n) =>
      `${counted(n, 'value')} in “${field.name}” with other zeros than the usual ${counted(digits, 'digit')} have, such as ` +
      `“${example}”: matched as “${mendedCode(example, digits)}”. A spreadsheet may have taken them for numbers.`,
    field.name,
  );
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
