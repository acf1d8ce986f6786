/** What the numbers of a whole column show about how they are written, and what its range is. */

import type { DecimalMark, MissingCandidate } from './column-settings.ts';
import type { CountedValues } from './date-column.ts';
import { missingCodes } from './missing-values.ts';
import { type Bounds, plausibleBounds } from './number-bounds.ts';
import {
  type Decimal,
  markEvidence,
  type NumberReading,
  numberOf,
  parseMeasure,
  readNumber,
  showsMark,
} from './numbers.ts';

export interface NumberExtent {
  readonly minimum: number;
  readonly maximum: number;
  /** The most digits after the decimal mark. */
  readonly decimals: number;
}

/** Rows whose marks can be read in one way alone, and rows that are another number in the other way. */
export interface MarkCounts {
  readonly '.': number;
  readonly ',': number;
  readonly both: number;
  /** Rows with two marks, which one slip does not make. */
  readonly sure: number;
  readonly example: string;
  /** The first of those that are another number in the other way. */
  readonly examples: readonly string[];
}

const EXAMPLES = 3;
/** Values with marks that may group digits, looked at one by one where the column's other numbers are small. */
const FEW_MARKED = 100;
/** Doubles print up to 17 digits; what is past the 15th is no measurement. */
const DOUBLE_DIGITS = 15;
const LONG_FRACTION = 10;

export function markCounts(values: CountedValues): MarkCounts {
  const counts = { '.': 0, ',': 0, both: 0, sure: 0 };
  const examples = new Set<string>();
  for (const [value, rows] of values) {
    const mark = markEvidence(value);
    if (mark === undefined) continue;
    counts[mark] += rows;
    if (mark !== 'both' && showsMark(value)) counts.sure += rows;
    if (mark === 'both' && examples.size < FEW_MARKED) examples.add(value);
  }
  return { ...counts, example: [...examples][0] ?? '', examples: [...examples] };
}

/** The comma only where more rows ask for it than for the point. */
export const likelyMark = (counts: MarkCounts): DecimalMark => (counts[','] > counts['.'] ? ',' : '.');

/** The currency or unit that most values of a column have. */
export function likelyUnit(values: CountedValues, mark: DecimalMark): string {
  const rowsOf = new Map<string, number>();
  for (const [value, rows] of values) {
    const unit = parseMeasure(value, mark)?.unit;
    if (unit !== undefined) rowsOf.set(unit, (rowsOf.get(unit) ?? 0) + rows);
  }
  return [...rowsOf].reduce((best, [unit, rows]) => (rows > best.rows ? { unit, rows } : best), { unit: '', rows: 0 })
    .unit;
}

/** Digits after the mark of what a person wrote: 0.30000000000000004 is what a program makes of 0.3. */
function decimalsOf(decimal: Decimal): number {
  if (decimal.scale < LONG_FRACTION) return decimal.scale;
  const shorter = numberOf(decimal).toPrecision(DOUBLE_DIGITS);
  return parseMeasure(String(Number(shorter)), '.')?.scale ?? decimal.scale;
}

export interface NumberFindings {
  readonly extent?: NumberExtent;
  /** Rows with a number, and rows with something else. */
  readonly numbers: number;
  readonly others: number;
  readonly examples: readonly string[];
  /** Of codes for no value. */
  readonly codes: readonly MissingCandidate[];
}

/** Past this many distinct values no more are remembered. */
const REMEMBERED = 10_000;
/** And of those that stand out. */
const REMEMBERED_OUTSIDE = 20_000;

/** One pass over the values, those taken for missing left out. Codes that stand out are not part of the range. */
export function findNumbers(values: CountedValues, reading: NumberReading, decidedMissing: boolean): NumberFindings {
  const rowsOf = new Map<string, number>();
  const known = new Map<string, Decimal | undefined>();
  const examples = new Set<string>();
  let numbers = 0;
  let others = 0;
  let rest: NumberExtent | undefined;
  let bounds: Bounds | undefined;
  for (const [value, rows] of values) {
    const seen = known.has(value);
    const decimal = seen ? known.get(value) : readNumber(value, reading);
    if (!seen && known.size < REMEMBERED) known.set(value, decimal);
    if (decimal === undefined) {
      others += rows;
      if (examples.size < EXAMPLES) examples.add(value);
      continue;
    }
    numbers += rows;
    const before = rowsOf.get(value);
    if (rowsOf.size === REMEMBERED) bounds ??= boundsOf(rowsOf.keys(), known);
    if (before !== undefined || rowsOf.size < REMEMBERED || isShortCode(value)) {
      rowsOf.set(value, (before ?? 0) + rows);
      continue;
    }
    const number = numberOf(decimal);
    const isOutside = bounds !== undefined && (number < bounds.low || number > bounds.high);
    if (isOutside && rowsOf.size < REMEMBERED_OUTSIDE) rowsOf.set(value, rows);
    else rest = widened(rest, decimal, number);
  }
  const codes = decidedMissing ? [] : missingCodes(rowsOf, (value) => readNumber(value, reading));
  const out = new Set(codes.map(({ value }) => value));
  let extent = rest;
  for (const value of rowsOf.keys()) {
    const decimal = out.has(value) ? undefined : (known.get(value) ?? readNumber(value, reading));
    if (decimal !== undefined) extent = widened(extent, decimal);
  }
  const findings = { numbers, others, examples: [...examples], codes };
  return extent === undefined ? findings : { ...findings, extent };
}

function boundsOf(values: Iterable<string>, known: ReadonlyMap<string, Decimal | undefined>): Bounds | undefined {
  return plausibleBounds(
    Array.from(values, (value) => {
      const decimal = known.get(value);
      return decimal === undefined ? Number.NaN : numberOf(decimal);
    }).filter((number) => !Number.isNaN(number)),
  );
}

/** Whether a value may be a code for no value, however late it comes. */
const isShortCode = (value: string) => value.length <= 8 && /^-?[1789][789]*(?:\.[0789]+)?$/.test(value);

function widened(extent: NumberExtent | undefined, decimal: Decimal, number: number = numberOf(decimal)): NumberExtent {
  const decimals = decimalsOf(decimal);
  if (extent === undefined) return { minimum: number, maximum: number, decimals };
  if (number >= extent.minimum && number <= extent.maximum && decimals <= extent.decimals) return extent;
  return {
    minimum: Math.min(extent.minimum, number),
    maximum: Math.max(extent.maximum, number),
    decimals: Math.max(extent.decimals, decimals),
  };
}
