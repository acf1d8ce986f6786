import type { Table } from '../table/data-table.ts';
import { dateOrderOf, parseDate } from '../table/dates.ts';
import { counted, ProblemCount } from '../table/problem-list.ts';
import type { Problem } from '../table/table.ts';
import { rowsWithoutKey } from './design.ts';
import type { BoundField } from './match-records.ts';
import type { MatchRecords } from './records.ts';

/**
 * What stands in the way of matching: dates that are none, empty fields, rows that no band can have a key for, and people
 * who are in the file more than once. `records` are those of `fields` in `table`.
 */
export function matchProblems(table: Table, fields: readonly BoundField[], records: MatchRecords): Problem[] {
  return [
    ...fields.flatMap((field, f) => [
      ...(field.type === 'date' ? notDates(table, field) : []),
      ...emptyFields(table, field, records.codes[f] ?? new Uint32Array()),
    ]),
    ...keylessRows(table, records),
    ...duplicatePeople(table, records),
  ];
}

function notDates(table: Table, { name, column }: BoundField): Problem[] {
  const order = dateOrderOf(table.values(column));
  const count = new ProblemCount();
  let example = '';
  let row = 0;
  for (const value of table.values(column)) {
    if (value.trim() !== '' && parseDate(value, order) === undefined) {
      if (count.count === 0) example = value.trim();
      count.add(table.rowNumber(row));
    }
    row++;
  }
  return count.report(
    'not-a-date',
    (n) => `${counted(n, 'value')} in “${name}” that are no date, such as “${example}”: matched by their digits alone.`,
    name,
  );
}

function emptyFields(table: Table, { name }: BoundField, codes: Uint32Array): Problem[] {
  const count = new ProblemCount();
  for (let row = 0; row < codes.length; row++) if (codes[row] === 0) count.add(table.rowNumber(row));
  return count.report(
    'empty-match-field',
    (n) => `${counted(n, 'row')} with nothing to match on in “${name}”: matched by the other fields.`,
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
    (n) => `${counted(n, 'row')} with too few filled fields to be matched at all: never counted in the table.`,
  );
}

/** Rows that repeat an earlier one in all match fields, at least half of them filled. */
function duplicatePeople(table: Table, records: MatchRecords): Problem[] {
  const { rows, values, codes } = records;
  const person = new Float64Array(rows);
  const filled = new Uint8Array(rows);
  for (const [f, column] of codes.entries()) {
    const distinct = values[f]?.length ?? 0;
    const seen = new Map<number, number>();
    for (const [row, code] of column.entries()) {
      const pair = (person[row] ?? 0) * distinct + code;
      let id = seen.get(pair);
      if (id === undefined) {
        id = seen.size;
        seen.set(pair, id);
      }
      person[row] = id;
      if (code !== 0) filled[row] = (filled[row] ?? 0) + 1;
    }
  }
  const met = new Uint8Array(rows);
  const count = new ProblemCount();
  for (const [row, id] of person.entries()) {
    if (2 * (filled[row] ?? 0) < codes.length) continue;
    if (met[id] === 1) count.add(table.rowNumber(row));
    met[id] = 1;
  }
  return count.report(
    'duplicate-person',
    (n) =>
      `${counted(n, 'row')} with the same values in all match fields as an earlier row: ` +
      'one of the rows is matched, which one is left to chance. Remove repeated people if each should count once.',
  );
}
