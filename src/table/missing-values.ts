import type { ColumnCensus } from './column-census.ts';
import type { MissingCandidate } from './column-settings.ts';
import { missingWord, normaliseWord } from './missing-words.ts';
import { compareDecimals, type Decimal, numberOf, parseDecimal } from './numbers.ts';

/** Labels of a column that groups: fewer distinct values than this. */
const FEW_LABELS = 64;
/** A spelling that is so much more common than others stands out. */
const SPIKE = 5;
const SPIKE_ROWS = 3;
const SPIKE_SHARE = 0.01;

/** Codes for no value in surveys and registers: -9, 99, 888, -7777, 9999.9, and -1. */
const CODE = /^-?(?:([7-9])\1*(?:[.,]\1+)?|9+8)(?:[.,]0+)?$|^-1(?:[.,]0+)?$/;
/** Numbers of one digit alone, where names and dates of people are codes: 0000000, 99/99/9999. */
const FILLER = /^(?:0(?:\D?0){3,}|1(?:\D?1){5,}|9(?:\D?9){3,})(?:\.0)?$/;

/** What a column is, as far as it matters here. */
export type ColumnKind = 'numbers' | 'dates' | 'digits' | 'labels' | 'text';

function median(counts: Iterable<number>): number {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Whether a value is far more common than the usual one. */
function isSpike(rows: number, usual: number, filled: number): boolean {
  return rows >= SPIKE_ROWS && rows >= SPIKE * usual && rows >= SPIKE_SHARE * filled;
}

function isWordTaken(value: string, kind: ColumnKind, common: boolean): boolean {
  const word = missingWord(value);
  if (word === undefined) return false;
  if (word === 'certain' || kind === 'numbers' || kind === 'dates' || kind === 'digits') return true;
  return kind === 'labels' ? word === 'word' : common;
}

/**
 * Values of a column that may stand for no value, most rows first: words (`N/A`, `unbekannt`), taken where nobody and
 * nothing can be called so, and fillers of codes and dates (`00000000`) that are many. `isNumber` says what has a number
 * to lose.
 */
export function missingWords(census: ColumnCensus, kind: ColumnKind): MissingCandidate[] {
  const filled = census.rows - census.blank;
  const usual = median(census.counts.values());
  const found: MissingCandidate[] = [];
  for (const [value, rows] of census.counts) {
    const common = isSpike(rows, usual, filled);
    const word = missingWord(value);
    const taken = isWordTaken(value, kind, common);
    if (word !== undefined && (taken || word !== 'ambiguous' || rows >= SPIKE_ROWS)) found.push({ value, rows, taken });
    else if ((kind === 'dates' || kind === 'digits') && FILLER.test(value)) {
      found.push({ value, rows, taken: kind === 'dates' || common });
    }
  }
  return found.sort((a, b) => b.rows - a.rows);
}

export function isLabelColumn({ counts, complete, rows, blank }: ColumnCensus): boolean {
  return complete && counts.size <= FEW_LABELS && counts.size <= Math.max(2, 0.5 * (rows - blank));
}

interface Coded {
  readonly value: string;
  readonly decimal: Decimal;
  readonly rows: number;
}

/**
 * Numbers of a column that look like codes for no value and stand out from the others: below zero where nothing else is,
 * far above everything else, or far more common than what is around them. Never taken by themselves.
 */
export function missingCodes(
  counts: ReadonlyMap<string, number>,
  read: (value: string) => Decimal | undefined,
): MissingCandidate[] {
  const codes: Coded[] = [];
  const others: number[] = [];
  const usualRows: number[] = [];
  for (const [value, rows] of counts) {
    const decimal = read(value);
    if (decimal === undefined) continue;
    if (CODE.test(value) && parseDecimal(value, '.') !== undefined) codes.push({ value, decimal, rows });
    else {
      others.push(numberOf(decimal));
      usualRows.push(rows);
    }
  }
  if (others.length === 0 || codes.length === 0) return [];
  const minimum = others.reduce((a, b) => Math.min(a, b));
  const maximum = others.reduce((a, b) => Math.max(a, b));
  const usual = median(usualRows);
  const total = usualRows.reduce((a, b) => a + b, 0);
  const standsOut = ({ decimal, rows }: Coded) => {
    const number = numberOf(decimal);
    if (number < 0 && minimum >= 0) return true;
    const span = Math.max(maximum - minimum, 1);
    if (number > maximum + span / 2 || number < minimum - span / 2) return others.length >= 3;
    return Math.abs(number) > 10 && others.length >= 10 && isSpike(rows, usual, total);
  };
  return codes
    .filter(standsOut)
    .sort((a, b) => compareDecimals(a.decimal, b.decimal))
    .map(({ value, rows }) => ({ value, rows, taken: false }));
}

/** The values as `ColumnReading.missing` has them. */
export function missingSet(values: Iterable<string>): ReadonlySet<string> {
  return new Set(Array.from(values, normaliseWord));
}
