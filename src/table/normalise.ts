import type { DateOrder } from './column-settings.ts';
import { parseDate } from './dates.ts';

const ASCII = /^\p{ASCII}*$/u;

/**
 * What two spellings of the same text have in common: Unicode NFKD, case folded, marks stripped, letters and digits
 * kept (`Zoë O’Brien` gives `zoeobrien`). Normalising twice changes nothing.
 */
export function normaliseText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  // Lower, upper and lower case again is full case folding but for the final sigma: ß and ẞ meet ss, dotless i meets i.
  const folded = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase().normalize('NFKD').replace(/ς/g, 'σ');
  return folded.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A date field's value for matching: `yyyymmdd`, or the digits of what is no date, which still match by position. */
export function normaliseDate(text: string, order: DateOrder): string {
  return parseDate(text, order) ?? text.normalize('NFKD').replace(/[^0-9]+/g, '');
}
