/** Columns in which nearly every person has a value, by which rows that are nobody are told from people. */

import { DATE_ORDERS, type DecimalMark } from './column-settings.ts';
import { parseDate } from './dates.ts';
import { missingWord } from './missing-words.ts';
import { parseMeasure } from './numbers.ts';

export interface FullColumn {
  readonly column: number;
  readonly kind: 'number' | 'date' | 'text';
  readonly mark: DecimalMark;
  /** Characters of the longest value looked at. */
  readonly longest: number;
}

const isNumber = (text: string) => parseMeasure(text, '.') !== undefined || parseMeasure(text, ',') !== undefined;
const isDate = (text: string) =>
  DATE_ORDERS.some((dateOrder) => parseDate(text, { dateOrder, lastYear: 2029, serialDates: 'no' }) !== undefined);
const HOLDS = { number: isNumber, date: isDate, text: () => true } as const;

/** Whether a trimmed value is one, and no word for none. Among texts, names are values. */
export function isGiven(text: string, kind?: FullColumn['kind']): boolean {
  const word = text === '' ? 'certain' : missingWord(text);
  return word === undefined || (word === 'name' && kind === 'text');
}

/** Whether a trimmed value is one of the column's kind. */
export const isOfKind = ({ kind }: FullColumn, text: string): boolean => HOLDS[kind](text);
