import { counted } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { Table } from './data-table.ts';
import { compareDecimals, type Decimal, decimalOf, type NumberReading, readNumber, scaledOffset } from './numbers.ts';
import { ProblemCount } from './problem-list.ts';
import type { Problem } from './table.ts';
import { TableError } from './table-error.ts';

export interface DeclaredRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly decimals: number;
}

export interface PayloadValues {
  /** One a row: the value clamped to the range, minus the minimum, times 10^decimals, rounded; NaN where there is none. */
  readonly units: Float64Array<ArrayBuffer>;
  /** Rows without a value: blank ones and those that are no number. */
  readonly missing: number;
  readonly problems: Problem[];
}

interface Reading {
  readonly units: number;
  readonly kind: 'inside' | 'clamped' | 'blank' | 'not-a-number';
}

/** Spellings remembered; ages and amounts repeat. */
const SPELLINGS_KEPT = 65_536;

/**
 * A column's values as whole units above the declared minimum.
 * @throws `TableError` for a range that is none
 */
export function payloadValues(table: Table, column: number, range: DeclaredRange): PayloadValues {
  const name = table.columnName(column);
  const read = reader(table.reading(column), name, range);
  const readings = new Map<string, Reading>();
  const units = new Float64Array(table.rowCount);
  const notNumbers = new ProblemCount();
  const clamped = new ProblemCount();
  let missing = 0;
  let row = 0;
  for (const value of table.values(column)) {
    let reading = readings.get(value);
    if (reading === undefined) {
      reading = read(value);
      if (readings.size < SPELLINGS_KEPT) readings.set(value, reading);
    }
    if (reading.kind === 'not-a-number') notNumbers.add(table.rowNumber(row));
    if (reading.kind === 'clamped') clamped.add(table.rowNumber(row));
    if (Number.isNaN(reading.units)) missing++;
    units[row++] = reading.units;
  }
  const problems = [
    ...notNumbers.report(
      'not-a-number',
      (n) =>
        t('{{values}} in “{{column}}” that cannot be read as a number: counted as missing.', {
          values: counted(n, 'value'),
          column: name,
        }),
      name,
    ),
    ...clamped.report(
      'clamped-value',
      (n) =>
        t(
          '{{values}} in “{{column}}” outside of {{minimum}} to {{maximum}}: counted as the nearer end of that range.',
          {
            values: counted(n, 'value'),
            column: name,
            minimum: range.minimum,
            maximum: range.maximum,
          },
        ),
      name,
    ),
  ];
  return { units, missing, problems };
}

function reader(numbers: NumberReading, name: string, range: DeclaredRange): (value: string) => Reading {
  const { minimum, maximum, decimals } = checkedRange(name, range);
  return (value) => {
    if (value.trim() === '') return { units: Number.NaN, kind: 'blank' };
    const decimal = readNumber(value, numbers);
    if (decimal === undefined) return { units: Number.NaN, kind: 'not-a-number' };
    const below = compareDecimals(decimal, minimum) < 0;
    const above = compareDecimals(decimal, maximum) > 0;
    const inside = below ? minimum : above ? maximum : decimal;
    return { units: scaledOffset(inside, minimum, decimals), kind: below || above ? 'clamped' : 'inside' };
  };
}

function checkedRange(name: string, { minimum, maximum, decimals }: DeclaredRange) {
  const ends: readonly [Decimal, Decimal] | undefined =
    Number.isFinite(minimum) && Number.isFinite(maximum) ? [decimalOf(minimum), decimalOf(maximum)] : undefined;
  if (ends === undefined || compareDecimals(ends[0], ends[1]) >= 0) {
    throw new TableError(
      t('The range of “{{column}}” goes from {{minimum}} to {{maximum}}. Give two numbers, the smaller one first.', {
        column: name,
        minimum,
        maximum,
      }),
    );
  }
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6) {
    throw new TableError(
      t('“{{column}}” cannot have {{decimals}} decimals. Give a whole number from 0 to 6.', { column: name, decimals }),
    );
  }
  return { minimum: ends[0], maximum: ends[1], decimals };
}
