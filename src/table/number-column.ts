/** What the numbers of a whole column show about how they are written, and what its range is. */

import { counted, numberWords } from '../words/format.ts';
import type { ColumnDoubt, ColumnSettings, DecimalMark, MissingCandidate } from './column-settings.ts';
import type { CountedValues } from './date-column.ts';
import { type Bounds, missingCodes, plausibleBounds } from './missing-values.ts';
import { mayMeanZero } from './missing-words.ts';
import { type Decimal, markEvidence, type NumberReading, numberOf, parseMeasure, readNumber } from './numbers.ts';

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
  readonly example: string;
  /** The first of those that are another number in the other way. */
  readonly examples: readonly string[];
}

/** A share of rows in another way of writing, or of no numbers, that is more than slips. */
const TENTH = 0.1;
const EXAMPLES = 3;
const CODES_SHOWN = 6;
/** Values with marks that may group digits, looked at one by one where the column's other numbers are small. */
const FEW_MARKED = 100;
const FEWEST_OTHERS = 10;
const TIMES_AS_LARGE = 3;
/** Rows, and share of them, from which on a word that may mean zero distorts a figure. */
const ZERO_ROWS = 3;
const ZERO_SHARE = 0.02;
/** Doubles print up to 17 digits; what is past the 15th is no measurement. */
const DOUBLE_DIGITS = 15;
const LONG_FRACTION = 10;

export function markCounts(values: CountedValues): MarkCounts {
  const counts = { '.': 0, ',': 0, both: 0 };
  const examples = new Set<string>();
  for (const [value, rows] of values) {
    const mark = markEvidence(value);
    if (mark === undefined) continue;
    counts[mark] += rows;
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

/** The number in words that leave no doubt: `45.000` is `45,000` or `45`, in the spelling of the page. */
function inWords(value: string, mark: DecimalMark): string {
  const measure = parseMeasure(value, mark);
  return measure === undefined ? value : numberWords(numberOf(measure), { maximumFractionDigits: 20 });
}

/** Asks for the decimal mark where the column does not show it, or shows both. */
export function markDoubts(counts: MarkCounts, settings: ColumnSettings): ColumnDoubt[] {
  const { both, example } = counts;
  if (settings.decimalMark !== undefined || both === 0) return [];
  const decided = counts['.'] + counts[','];
  if (decided > 0 && Math.min(counts['.'], counts[',']) <= TENTH * decided) return [];
  const why =
    decided === 0 ? 'and no other number of the column shows which' : 'and the column has numbers of both kinds';
  const marks: readonly DecimalMark[] = ['.', ','];
  return [
    {
      kind: 'decimal-mark',
      message:
        `${counted(both, 'number')} such as ${example} can be read in two ways, ${why}: ` +
        `as ${inWords(example, '.')} or as ${inWords(example, ',')}.`,
      stops: ['average'],
      choices: marks.map((decimalMark) => ({
        label: `${example} is ${inWords(example, decimalMark)}`,
        settings: { decimalMark },
      })),
    },
  ];
}

/** Digits after the mark of what a person wrote: 0.30000000000000004 is what a program makes of 0.3. */
function decimalsOf(decimal: Decimal): number {
  if (decimal.scale < LONG_FRACTION) return decimal.scale;
  const shorter = numberOf(decimal).toPrecision(DOUBLE_DIGITS);
  return parseMeasure(String(Number(shorter)), '.')?.scale ?? decimal.scale;
}

/** Asks about `3,500` among numbers such as `27.5`: with digits in groups it is far above all of them, and else in their midst. */
export function groupedDoubts(
  { examples }: MarkCounts,
  sample: ReadonlyMap<string, number>,
  reading: NumberReading,
  settings: ColumnSettings,
): ColumnDoubt[] {
  if (settings.decimalMark !== undefined || examples.length === 0) return [];
  const marked = new Set(examples);
  const others = [...sample.keys()].flatMap((value) => {
    const decimal = marked.has(value) ? undefined : readNumber(value, reading);
    return decimal === undefined ? [] : [numberOf(decimal)];
  });
  if (others.length < FEWEST_OTHERS) return [];
  const least = others.reduce((a, b) => Math.min(a, b));
  const most = others.reduce((a, b) => Math.max(a, b));
  const otherMark = reading.decimalMark === '.' ? ',' : '.';
  const odd = examples.filter((value) => {
    const [taken, other] = [reading.decimalMark, otherMark].map((mark) => parseMeasure(value, mark as DecimalMark));
    if (taken === undefined || other === undefined) return false;
    const asFraction = numberOf(other);
    return numberOf(taken) > TIMES_AS_LARGE * most && asFraction >= least && asFraction <= most;
  });
  const [first] = odd;
  if (first === undefined) return [];
  const { decimalMark } = reading;
  return [
    {
      kind: 'decimal-mark',
      message:
        `${counted(odd.length, 'number')} such as ${first} can be read in two ways: as ${inWords(first, decimalMark)}, which is far above all others, ` +
        `or as ${inWords(first, otherMark)}, which is among them. If it is ${inWords(first, otherMark)}, correct it under Cleaning or in the file.`,
      stops: ['average'],
      choices: [{ label: `${first} is ${inWords(first, decimalMark)}`, settings: { decimalMark } }],
    },
  ];
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
    if (bounds !== undefined && (number < bounds.low || number > bounds.high)) rowsOf.set(value, rows);
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

/** Asks where more than a tenth of what is to be averaged is no number. */
export function notNumberDoubts(
  { numbers, others, examples }: NumberFindings,
  settings: ColumnSettings,
): ColumnDoubt[] {
  if (settings.notNumbers === 'missing' || others <= TENTH * (numbers + others)) return [];
  return [
    {
      kind: 'not-numbers',
      message:
        `${counted(others, 'value')} of ${numberWords(numbers + others)} cannot be read as a number, such as ` +
        `${examples.map((text) => `“${shortened(text)}”`).join(', ')}.`,
      stops: ['average'],
      choices: numbers === 0 ? [] : [{ label: 'They count as missing', settings: { notNumbers: 'missing' } }],
    },
  ];
}

/** Asks about words such as “none” beside numbers of children, which say zero as well as nothing. */
export function zeroDoubts(
  words: readonly MissingCandidate[],
  filled: number,
  settings: ColumnSettings,
): ColumnDoubt[] {
  const found = words.filter(({ value, taken }) => taken && mayMeanZero(value));
  const rows = found.reduce((sum, word) => sum + word.rows, 0);
  if (settings.missing !== undefined || rows < Math.max(ZERO_ROWS, ZERO_SHARE * filled)) return [];
  const list = found.map((word) => `“${word.value}” (${counted(word.rows, 'row')})`).join(', ');
  const taken = words.filter((word) => word.taken).map(({ value }) => value);
  return [
    {
      kind: 'missing-code',
      message: `${list} may mean zero, or that there is no value. If it means zero, merge it into 0 under Cleaning, at the end of this step.`,
      stops: ['average'],
      choices: [
        { label: `${found.map(({ value }) => `“${value}”`).join(', ')}: no value`, settings: { missing: taken } },
      ],
    },
  ];
}

/** Asks about codes that stand out among numbers. */
export function codeDoubts(
  codes: readonly MissingCandidate[],
  taken: readonly string[],
  settings: ColumnSettings,
): ColumnDoubt[] {
  if (settings.missing !== undefined || codes.length === 0) return [];
  const shown = codes.slice(0, CODES_SHOWN).map(({ value, rows }) => `${value} (${counted(rows, 'row')})`);
  const list = `${shown.join(', ')}${codes.length > CODES_SHOWN ? ` and ${counted(codes.length - CODES_SHOWN, 'other')}` : ''}`;
  const values = codes.map(({ value }) => value);
  const named = `${values.slice(0, CODES_SHOWN).join(', ')}${codes.length > CODES_SHOWN ? ', …' : ''}`;
  return [
    {
      kind: 'missing-code',
      message: `${list} ${codes.length === 1 ? 'stands' : 'stand'} out from the other numbers: they may mean that there is no value, or be slips or in another unit.`,
      stops: ['average'],
      choices: [
        { label: `${named}: no value`, settings: { missing: [...taken, ...values] } },
        { label: `${named}: numbers like the others`, settings: { missing: taken } },
      ],
    },
  ];
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
