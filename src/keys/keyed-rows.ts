/** Which rows have a key at all: a row has one in a band if it fills all the band's fields. */
import type { KeyDesign } from '../agreement/agreement.ts';
import type { RowTest } from './equal-rows.ts';
import { filledTest } from './joined-names.ts';
import { isLongText } from './picks.ts';
import type { MatchRecords } from './records.ts';

/** Whether some of the bands has a key for a row. */
export function hasKeyIn(
  records: Pick<MatchRecords, 'codes'>,
  { bands, joined }: Pick<KeyDesign, 'bands' | 'joined'>,
): RowTest {
  const sets = new Map(bands.map(({ fields }) => [fields.map(({ field }) => field).join(' '), fields]));
  const needed = Array.from(sets.values(), (fields) => fields.map(({ field }) => field));
  const isFilled = filledTest(records, joined);
  return (row) => needed.some((fields) => fields.every((field) => isFilled(field, row)));
}

/**
 * Whether a row will have a key, as far as that is known before there is a design: with several fields a band joins at least two, but
 * a long text has bands alone.
 */
export function mayHaveKey(records: MatchRecords): RowTest {
  const { fields, codes, values } = records;
  const needed = Math.min(2, fields.length);
  const alone = fields.map(({ type }, field) => isLongText(type, usualLength(values[field] ?? [])));
  return (row) => {
    let filled = 0;
    for (const [field, column] of codes.entries()) if (column[row] !== 0) filled += alone[field] ? needed : 1;
    return filled >= needed;
  };
}

/** The mean length of a field's distinct values, in UTF-16 code units. */
export function usualLength(values: readonly string[]): number {
  return values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, values.length - 1);
}
