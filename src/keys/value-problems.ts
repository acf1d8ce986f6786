/** What a person is told of values that a type of field takes otherwise than they are written. */
import { isMended, mendedCode } from '../table/code-length.ts';
import type { Table } from '../table/data-table.ts';
import { parseDate } from '../table/dates.ts';
import { ProblemCount } from '../table/problem-list.ts';
import type { Problem } from '../table/table.ts';
import { counted } from '../words/format.ts';
import { type BoundField, codeDigits } from './bound-field.ts';

/** Dates that are none. */
export function notDates(table: Table, { name, column }: BoundField): Problem[] {
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

/** Codes with zeros lost or added. */
export function mendedCodes(table: Table, field: BoundField): Problem[] {
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
