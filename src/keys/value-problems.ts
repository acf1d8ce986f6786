/** What a person is told of values that a type of field takes otherwise than they are written. */
import { hasLostDigits, isMended, mendedCode } from '../table/code-length.ts';
import type { Table } from '../table/data-table.ts';
import { parseDate } from '../table/dates.ts';
import { ProblemCount } from '../table/problem-list.ts';
import type { Problem } from '../table/table.ts';
import { counted, tCounted } from '../words/format.ts';
import { type BoundField, codeDigits } from './bound-field.ts';

/** The rows of a column whose value `isOne`, and the first such value. */
function valuesThat(isOne: (value: string) => boolean, table: Table, column: number) {
  const count = new ProblemCount();
  let example = '';
  let row = 0;
  for (const value of table.values(column)) {
    if (isOne(value)) {
      if (count.count === 0) example = value.trim();
      count.add(table.rowNumber(row));
    }
    row++;
  }
  return { count, example };
}

/** Dates that are none. */
export function notDates(table: Table, { name, column }: BoundField): Problem[] {
  const reading = table.reading(column);
  const isNone = (value: string) => value.trim() !== '' && parseDate(value, reading) === undefined;
  const { count, example } = valuesThat(isNone, table, column);
  return count.report(
    'not-a-date',
    (n) =>
      tCounted(
        '{{count}} value in “{{column}}” is no date, such as “{{example}}”. Only its digits are compared, so this row is found less often.',
        '{{count}} values in “{{column}}” are no dates, such as “{{example}}”. Only their digits are compared, so these rows are found less often.',
        n,
        { column: name, example },
      ),
    name,
  );
}

const dayNumber = (date: Date) => date.toISOString().slice(0, 10).replaceAll('-', '');
/** A day on from now, for those who are a day ahead. */
const AHEAD_MS = 86_400_000;

/** Days on which nobody is born yet: a year of two digits that a program took for one of this century, or a slip. */
export function futureDates(table: Table, { name, column }: BoundField, now: Date = new Date()): Problem[] {
  const reading = table.reading(column);
  const last = dayNumber(new Date(now.getTime() + AHEAD_MS));
  const isLater = (value: string) => (parseDate(value, reading) ?? '') > last;
  const { count, example } = valuesThat(isLater, table, column);
  return count.report(
    'future-date',
    (n) =>
      tCounted(
        '{{count}} value in “{{column}}” lies in the future, such as “{{example}}”. If it is a date of birth, its century may be wrong: correct it in the file, for this row is hardly found.',
        '{{count}} values in “{{column}}” lie in the future, such as “{{example}}”. If they are dates of birth, their century may be wrong: correct it in the file, for these rows are hardly found.',
        n,
        { column: name, example },
      ),
    name,
  );
}

/** Late in the evening of the world's time: midnight of the next day to the east of Greenwich. */
const LATE = /[T ](?:2[0-3]):00(?::00(?:\.0+)?)?(?:Z| ?UTC|\+00:?00)$/;
const MOSTLY_LATE = 0.9;

/** Days that are a day early, as programs write midnights in the world's time. */
export function earlyDays(table: Table, { name, column }: BoundField): Problem[] {
  const late = new ProblemCount();
  let filled = 0;
  let example = '';
  let row = 0;
  for (const value of table.values(column)) {
    const text = value.trim();
    if (text !== '') filled++;
    if (LATE.test(text)) {
      if (late.count === 0) example = text;
      late.add(table.rowNumber(row));
    }
    row++;
  }
  if (late.count < MOSTLY_LATE * filled) return [];
  return late.report(
    'early-day',
    (n) =>
      tCounted(
        '{{count}} value in “{{column}}” ends late in the evening of UTC, such as “{{example}}”: it may be the next day where it was written. The day that is written is taken; export dates without times.',
        '{{count}} values in “{{column}}” end late in the evening of UTC, such as “{{example}}”: they may be the next day where they were written. The days that are written are taken; export dates without times.',
        n,
        { column: name, example },
      ),
    name,
  );
}

/** Codes with zeros lost or added. */
export function mendedCodes(table: Table, field: BoundField): Problem[] {
  if (field.column < 0) return [];
  const digits = codeDigits(table, field);
  if (digits === 0) return [];
  const { count, example } = valuesThat((value) => isMended(value, digits), table, field.column);
  return count.report(
    'mended-code',
    (n) =>
      tCounted(
        '{{count}} value in “{{column}}” does not have the usual {{digits}}, such as “{{example}}”. Zeros at its front are put right, and it is matched as “{{mended}}”. A spreadsheet may have taken it for a number.',
        '{{count}} values in “{{column}}” do not have the usual {{digits}}, such as “{{example}}”. Zeros at their front are put right, and that one is matched as “{{mended}}”. A spreadsheet may have taken them for numbers.',
        n,
        {
          column: field.name,
          digits: counted(digits, 'digit'),
          example,
          mended: mendedCode(example, digits),
        },
      ),
    field.name,
  );
}

/** Codes of which a spreadsheet has kept the first digits alone. */
export function lostDigits(table: Table, { name, column }: BoundField): Problem[] {
  if (column < 0) return [];
  const { count, example } = valuesThat(hasLostDigits, table, column);
  return count.report(
    'lost-digits',
    (n) =>
      tCounted(
        '{{count}} value in “{{column}}” is shortened to a power of ten, such as “{{example}}”: the other digits are lost, and it counts as missing. Format the column as text before it is exported.',
        '{{count}} values in “{{column}}” are shortened to powers of ten, such as “{{example}}”: the other digits are lost, and they count as missing. Format the column as text before it is exported.',
        n,
        { column: name, example },
      ),
    name,
  );
}
