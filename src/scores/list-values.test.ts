import { expect, test } from 'vitest';
import { recordsOf } from '../testing/made-up-records.ts';
import { listFields } from './list-values.ts';

const listOf = (values: readonly string[]) =>
  listFields(
    recordsOf(
      ['name'],
      values.map((value) => [value]),
    ),
    { bands: [] },
  )[0];
const sharesOf = (values: readonly string[]) => {
  const field = listOf(values);
  return Array.from(field?.codes ?? [], (code) => field?.shares[code]);
};

test('shares are of the records that have a value; an empty one has none', () => {
  expect(sharesOf(['smith', 'smith', 'smith', 'jones', 'jones', 'jones', '', ''])).toEqual([
    0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0,
  ]);
});

test('where no two records share a value, hardly anybody else is expected to have it', () => {
  // Every count is lowered by 3 / (3 + 2), as if one pair had been seen.
  expect(sharesOf(['a', 'b', 'c'])).toEqual([0.4 / 3, 0.4 / 3, 0.4 / 3].map((share) => expect.closeTo(share, 12)));
});

test('what is there once is as rare as what is there twice suggests', () => {
  // Two singles, one pair, and one imagined: every count is lowered by 2 / (2 + 4).
  expect(sharesOf(['a', 'b', 'c', 'c'])).toEqual(
    [1 / 6, 1 / 6, 5 / 12, 5 / 12].map((share) => expect.closeTo(share, 12)),
  );
});

test('an empty list and an empty field have no shares', () => {
  expect(listOf([])?.shares).toEqual(new Float64Array(1));
  expect(sharesOf(['', ''])).toEqual([0, 0]);
});
