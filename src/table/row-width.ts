/** Rows that have more fields than the header names. */

import { inQuotes } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { FileDoubt } from './table.ts';

/** Share of rows with more fields that is no slip. */
const SHARE = 0.1;
/** Share that all rows with row names have to have one more. */
const NEARLY_ALL = 0.9;

export interface WidthFinding {
  /** The rows begin with a field that the header does not name. */
  readonly rowNames: boolean;
  readonly doubts: readonly FileDoubt[];
}

const NO_DOUBT: WidthFinding = { rowNames: false, doubts: [] };

/**
 * What the fields beyond the header's mean. R writes the names of rows, usually their numbers, without a header: taken so where
 * they count up from 1. Else nobody but a person knows whether it is that, another delimiter, or a decimal comma without quotes.
 */
export function findWidth(header: readonly string[], rows: readonly (readonly string[])[]): WidthFinding {
  const width = header.length;
  const isLong = (row: readonly string[]) => row.slice(width).some((field) => field.trim() !== '');
  const long = rows.filter(isLong);
  if (rows.length === 0 || long.length === 0 || long.length < SHARE * rows.length) return NO_DOUBT;
  const oneMore = long.filter((row) => row.length === width + 1).length >= NEARLY_ALL * rows.length;
  if (oneMore && long.length > 1 && areCounted(long.map(([first = '']) => first))) {
    return { rowNames: true, doubts: [] };
  }
  return { rowNames: false, doubts: [widthDoubt(width, long[0] ?? [])] };
}

/** 1, 2, 3 and so on. */
const areCounted = (names: readonly string[]) => names.every((name, i) => name.trim() === String(i + 1));

function widthDoubt(width: number, row: readonly string[]): FileDoubt {
  const fields = row.slice(0, 6).map((field) => inQuotes(field.trim().slice(0, 30)));
  return {
    kind: 'width',
    message: t(
      'Rows such as {{row}} have {{fields}} fields, the header has {{width}}. Either their first field has no name in the header, or commas stand inside of values without quotation marks, or the delimiter is another one: then choose that one.',
      { row: `${fields.join(', ')}${row.length > 6 ? ', …' : ''}`, fields: row.length, width },
    ),
    choices: [
      { label: t('The first field has no name'), settings: { rowNames: true } },
      { label: t('Only the first {{width}} fields count', { width }), settings: { rowNames: false } },
    ],
  };
}
