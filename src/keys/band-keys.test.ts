import { describe, expect, it } from 'vitest';
import type { Band, KeyDesign } from '../agreement/agreement.ts';
import { KEY_SOURCES, SIGNATURE_PART_COUNT } from '../agreement/match-field.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { createBandKeyer } from './band-keys.ts';
import { SIGNATURE_PARTS } from './signature-parts.ts';

const seed = '00112233445566778899aabbccddeeff';
const salt = new Uint8Array(16).fill(7);
const types = ['name', 'name', 'code', 'date', 'category'] as const;
const rows = [
  ['anna', 'smith', '4000', '19800102', '12'],
  ['anna', 'smith', '4000', '19800102', '12'],
  ['anna', '', '4000', '19800102', '12'],
  ['otto', 'braun', '1234', '19551231', '7'],
];
const band: Band = {
  fields: [
    { field: 0, picks: [0, 1] },
    { field: 1, picks: [2, 3] },
    { field: 3, picks: [4] },
  ],
};
const words = (keys: Uint32Array, row: number) => Array.from(keys.subarray(4 * row, 4 * row + 4));

describe.each(KEY_SOURCES)('%s keys', (source) => {
  const design: KeyDesign = { source, seed, bands: [band] };
  const keys = createBandKeyer(recordsOf(types, rows), seed).keys(design, band, 0, salt);

  it('are equal for equal rows, different for others, zero where a field is empty', () => {
    expect(words(keys, 0)).toEqual(words(keys, 1));
    expect(words(keys, 0)).not.toEqual(words(keys, 3));
    expect(words(keys, 2)).toEqual([0, 0, 0, 0]);
    expect(words(keys, 0).every((word) => word === 0)).toBe(false);
  });

  it('are the same where they were prepared ahead', () => {
    const keyer = createBandKeyer(recordsOf(types, rows), seed);
    expect(keyer.prepare(design, band)).toBe(true);
    expect(keyer.keys(design, band, 0, salt)).toEqual(keys);
    expect(keyer.keys(design, band, 1, salt)).not.toEqual(keys);
    expect(() => keyer.prepare({ ...design, seed: seed.replace('0', '1') }, band)).toThrow('another seed');
  });

  it('do not depend on which other rows a party holds, or on their order', () => {
    const other = recordsOf(types, [['zoe', 'x', '1', '2', '3'], ...[...rows].reverse()]);
    const theirs = createBandKeyer(other, seed).keys(design, band, 0, salt);
    expect(words(theirs, 1)).toEqual(words(keys, 3));
    expect(words(theirs, 4)).toEqual(words(keys, 0));
  });

  it('change with salt, band index and seed, in every word', () => {
    const keyer = createBandKeyer(recordsOf(types, rows), seed);
    const otherSeed = `ff${seed.slice(2)}`;
    const changed = [
      keyer.keys(design, band, 0, new Uint8Array(16).fill(8)),
      keyer.keys(design, band, 1, salt),
      createBandKeyer(recordsOf(types, rows), otherSeed).keys({ ...design, seed: otherSeed }, band, 0, salt),
    ];
    for (const keysThere of changed) {
      for (const row of [0, 3]) {
        words(keys, row).forEach((word, i) => {
          expect(words(keysThere, row)[i]).not.toBe(word);
        });
      }
    }
  });
});

it('a malformed seed, salt, field or part is refused', () => {
  const keyer = createBandKeyer(recordsOf(types, rows), seed);
  const design: KeyDesign = { source: 'p-sig', seed, bands: [band] };
  expect(() => createBandKeyer(recordsOf(types, rows), 'abc')).toThrow('16 bytes');
  expect(() => keyer.keys(design, band, 0, new Uint8Array(8))).toThrow('this one has 8');
  expect(() => keyer.keys(design, { fields: [{ field: 9, picks: [0] }] }, 0, salt)).toThrow('field 9');
  expect(() => keyer.keys(design, { fields: [{ field: 0, picks: [999] }] }, 0, salt)).toThrow('part 999');
  expect(() => keyer.keys({ ...design, seed: `ff${seed.slice(2)}` }, band, 0, salt)).toThrow('another seed');
});

it('agreement of one MinHash value is the Jaccard similarity of the tokens', () => {
  const records = recordsOf(['name'], [['katherine'], ['catherine']]);
  const keyer = createBandKeyer(records, seed);
  let agreed = 0;
  for (let pick = 0; pick < 2000; pick++) {
    const single: Band = { fields: [{ field: 0, picks: [pick] }] };
    const keys = keyer.keys({ source: 'minhash', seed, bands: [single] }, single, 0, salt);
    if (words(keys, 0).join() === words(keys, 1).join()) agreed++;
  }
  expect(agreed / 2000).toBeCloseTo(8 / 12, 1);
});

it('agreements may name every part of a signature that there is, and no other', () => {
  expect(SIGNATURE_PARTS).toHaveLength(SIGNATURE_PART_COUNT);
});
