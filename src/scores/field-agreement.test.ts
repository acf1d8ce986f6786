import { expect, test } from 'vitest';
import type { Band } from '../agreement/agreement.ts';
import { DIFFERENT, fieldAgreementReader, SAME, SIMILAR } from './field-agreement.ts';

const bandOf = (...fields: number[]): Band => ({ fields: fields.map((field) => ({ field, picks: [0] })) });
/** Every pair of three fields, four times. */
const bands = Array.from({ length: 4 }, () => [bandOf(0, 1), bandOf(0, 2), bandOf(1, 2)]).flat();
const numbersOf = (wanted: (band: Band, index: number) => boolean) =>
  bands.flatMap((band, index) => (wanted(band, index) ? [index] : []));
const hashes = (band: Band, field: number) => band.fields.some((hashed) => hashed.field === field);
const read = fieldAgreementReader(bands, 3);

test('all bands: all fields are the same', () => {
  expect([...read([...bands.keys()])]).toEqual([SAME, SAME, SAME]);
});

test('a field that no agreeing band hashes is different', () => {
  expect([...read(numbersOf((band) => !hashes(band, 1)))]).toEqual([SAME, DIFFERENT, SAME]);
});

test('a field whose bands agree now and then is similar, and the fields that it stands with are the same', () => {
  const agreeing = numbersOf((band, index) => !hashes(band, 1) || index < 4);
  expect([...read(agreeing)]).toEqual([SAME, SIMILAR, SAME]);
});

test('one band missing, as from a bin that was full, makes nothing less than the same', () => {
  expect([...read(numbersOf((_, index) => index !== 5))]).toEqual([SAME, SAME, SAME]);
});

test('with a single field, few agreeing bands are similar', () => {
  const single = fieldAgreementReader(
    Array.from({ length: 64 }, () => bandOf(0)),
    1,
  );
  expect([...single([3, 9])]).toEqual([SIMILAR]);
  expect([...single(Array.from({ length: 63 }, (_, band) => band))]).toEqual([SAME]);
});
