import { describe, expect, it } from 'vitest';
import type { KeyDesign } from '../agreement/agreement.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { createBandKeyer, SALT_BYTES } from './band-keys.ts';
import { filledTest, joinedLikeness, withJoinedNames } from './joined-names.ts';
import { fieldLikeness } from './likeness.ts';

const types = ['name', 'date', 'name', 'name'] as const;
const rows = [
  ['anna', '1', 'maria', 'schmidt'],
  ['schmidt', '1', 'anna', 'maria'],
  ['schmidt', '1', '', 'anna'],
  ['anna', '1', 'schmidt', ''],
  ['', '1', '', ''],
  ['', '', '', 'anna'],
];
const records = recordsOf(types, rows);
const joined = [0, 2, 3];
const seed = '5eed5eed5eed5eed5eed5eed5eed5eed';

/** Which rows have equal keys, by a number each; 0 for no key. */
function equalKeys(band: KeyDesign['bands'][number], of: readonly number[] | null = joined): number[] {
  const design: KeyDesign = { source: 'minhash', seed, bands: [band], ...(of && { joined: [...of] }) };
  const keys = createBandKeyer(records, seed).keys(design, band, 0, new Uint8Array(SALT_BYTES));
  const seen: string[] = [`${[0, 0, 0, 0]}`];
  return rows.map((_, row) => {
    const key = `${keys.subarray(4 * row, 4 * row + 4)}`;
    if (!seen.includes(key)) seen.push(key);
    return seen.indexOf(key);
  });
}

describe('joined names', () => {
  it('are one value, whichever column a name stands in, and empty where all are', () => {
    const { values, codes, fields } = withJoinedNames(records, joined);
    expect(Array.from(codes[4] ?? [], (code) => values[4]?.[code])).toEqual([
      'anna maria schmidt',
      'anna maria schmidt',
      'anna schmidt',
      'anna schmidt',
      '',
      'anna',
    ]);
    expect(new Set(codes[4]?.subarray(0, 2)).size).toBe(1);
    expect(fields).toHaveLength(5);
    expect(values.slice(0, 4)).toEqual(records.values);
    expect(withJoinedNames(records)).toBe(records);
  });

  it('make equal keys of equal bags of names, and none where all names, or another field, are empty', () => {
    const names = { field: 4, picks: [0, 1, 2, 3, 4, 5] };
    expect(equalKeys({ fields: [{ field: 1, picks: [0] }, names] })).toEqual([1, 1, 2, 2, 0, 0]);
  });

  it('fill a field where one of them is there', () => {
    const isFilled = filledTest(records, joined);
    expect(rows.map((_, row) => isFilled(4, row))).toEqual([true, true, true, true, false, true]);
    expect(rows.map((_, row) => isFilled(2, row))).toEqual([true, true, false, true, false, false]);
  });

  it('are refused of fields that are no names, or are not there', () => {
    expect(() => withJoinedNames(records, [0, 1])).toThrow('field 1 is joined, but is no field of names');
    expect(() => withJoinedNames(records, [0, 9])).toThrow('field 9 is joined');
    expect(() => equalKeys({ fields: [{ field: 4, picks: [0] }] }, null)).toThrow('names field 4');
  });

  it('are as alike as their tokens are', () => {
    const of = fieldLikeness('name', ['', 'abcdef', 'uvwxyz', 'abcdef uvwxyz', 'abcdef qrst']);
    expect(joinedLikeness([1, 1], [6, 6], [true, true])).toBe(1);
    expect(joinedLikeness([1, 0], [6, 6], [true, false])).toBeCloseTo(of(1, 3), 9);
    expect(joinedLikeness([1, 0], [6, 5], [true, true])).toBeCloseTo(of(3, 4), 1);
    expect(joinedLikeness([0, 0], [6, 6], [false, false])).toBe(0);
  });
});
