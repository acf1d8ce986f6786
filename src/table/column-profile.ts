import type { DecimalMark } from './column-settings.ts';
import type { Table } from './data-table.ts';
import { dateOrderOf, parseDate } from './dates.ts';
import { decimalMarkOf, numberOf, parseDecimal } from './numbers.ts';

/** Distinct values are counted up to here. */
export const DISTINCT_COUNTED = 10_000;
/** Rows with a value that are looked at closely. */
const SAMPLE_ROWS = 10_000;

/** What a column's values look like, for guessing its use. */
export interface ColumnProfile {
  readonly name: string;
  readonly rows: number;
  /** Rows with a blank value. */
  readonly empty: number;
  /** Distinct values, up to 10,000. */
  readonly distinct: number;
  /** The first values that are not blank, trimmed, up to 10,000. */
  readonly sample: readonly string[];
  /** Distinct values in the sample. */
  readonly sampleDistinct: number;
  /** Shares (0 to 1) of the sample that are numbers, and dates. */
  readonly numbers: number;
  readonly dates: number;
  /** Of a column that is nearly all numbers, over all rows. */
  readonly extent?: NumberExtent;
}

export interface NumberExtent {
  readonly minimum: number;
  readonly maximum: number;
  /** The most digits after the decimal mark. */
  readonly decimals: number;
}

/** Share of a column's values that have to be numbers for it to be a column of numbers. */
const NEARLY_ALL = 0.9;

export function profileColumn(table: Table, column: number): ColumnProfile {
  const sample: string[] = [];
  const distinct = new Set<string>();
  let empty = 0;
  for (const value of table.values(column)) {
    const text = value.trim();
    if (text === '') {
      empty++;
      continue;
    }
    if (sample.length < SAMPLE_ROWS) sample.push(text);
    if (distinct.size < DISTINCT_COUNTED) distinct.add(text);
  }
  const mark = decimalMarkOf(sample);
  const order = dateOrderOf(sample);
  const numbers = share(sample, (text) => parseDecimal(text, mark) !== undefined);
  const profile = {
    name: table.columnName(column),
    rows: table.rowCount,
    empty,
    distinct: distinct.size,
    sample,
    sampleDistinct: new Set(sample).size,
    numbers,
    dates: share(sample, (text) => parseDate(text, order) !== undefined),
  };
  const extent = numbers >= NEARLY_ALL ? numberExtent(table.values(column), mark) : undefined;
  return extent === undefined ? profile : { ...profile, extent };
}

function share(values: readonly string[], holds: (value: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(holds).length / values.length;
}

function numberExtent(values: Iterable<string>, mark: DecimalMark): NumberExtent | undefined {
  let minimum = Infinity;
  let maximum = -Infinity;
  let decimals = 0;
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) continue;
    if (seen.size < DISTINCT_COUNTED) seen.add(value);
    const decimal = parseDecimal(value, mark);
    if (decimal === undefined) continue;
    const number = numberOf(decimal);
    minimum = Math.min(minimum, number);
    maximum = Math.max(maximum, number);
    decimals = Math.max(decimals, decimal.scale);
  }
  return Number.isFinite(minimum) && Number.isFinite(maximum) ? { minimum, maximum, decimals } : undefined;
}
