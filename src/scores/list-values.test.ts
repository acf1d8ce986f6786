import { expect, it } from 'vitest';
import { designKeys } from '../keys/design.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { listFields, listValues } from './list-values.ts';

const listOf = (values: readonly string[]) =>
  listFields(
    recordsOf(
      ['name'],
      values.map((value) => [value]),
    ),
    { bands: [] },
  )[0];
function sharesOf(values: readonly string[]) {
  const field = listOf(values);
  return Array.from(field?.codes ?? [], (code) => field?.shares[code]);
}

it('shares are of the records that have a value; an empty one has none', () => {
  expect(sharesOf(['smith', 'smith', 'smith', 'jones', 'jones', 'jones', '', ''])).toEqual([
    0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0,
  ]);
});

it('where no two records share a value, hardly anybody else is expected to have it', () => {
  // Every count is lowered by 3 / (3 + 2), as if one pair had been seen.
  expect(sharesOf(['a', 'b', 'c'])).toEqual([0.4 / 3, 0.4 / 3, 0.4 / 3].map((share) => expect.closeTo(share, 12)));
});

it('what is there once is as rare as what is there twice suggests', () => {
  // Two singles, one pair, and one imagined: every count is lowered by 2 / (2 + 4).
  expect(sharesOf(['a', 'b', 'c', 'c'])).toEqual(
    [1 / 6, 1 / 6, 5 / 12, 5 / 12].map((share) => expect.closeTo(share, 12)),
  );
});

it('an empty list and an empty field have no shares', () => {
  expect(listOf([])?.shares).toEqual(new Float64Array(1));
  expect(sharesOf(['', ''])).toEqual([0, 0]);
});

it('a person who stands eight times on the list is no commoner than others, and nobody’s double', () => {
  const people = ['ann moor 1980', 'bob kell 1981', 'cy dane 1975', 'di ford 1990'].map((line) => line.split(' '));
  const once = recordsOf(['name', 'name', 'date'], people);
  const often = recordsOf(['name', 'name', 'date'], [...people, ...Array.from({ length: 7 }, () => people[0] ?? [])]);
  const design = designKeys(once, 'minhash', '00'.repeat(16), 8);
  const [alone, repeated] = [once, often].map((records) => listValues(records, design));
  expect(repeated?.fields.map(({ shares }) => shares)).toEqual(alone?.fields.map(({ shares }) => shares));
  expect(repeated?.fields[0]?.codes).toHaveLength(11);
  expect(repeated?.within).toEqual(alone?.within);
});

it('records that repeat an earlier one make no value commoner, and are nobody’s look-alikes', () => {
  const people = Array.from({ length: 30 }, (_, i) => [`given ${i}`, `family ${i}`, `19${50 + i}0101`]);
  const records = (rows: readonly (readonly string[])[]) => recordsOf(['name', 'name', 'date'], rows);
  const design = designKeys(records(people), 'minhash', '00'.repeat(16), 16);
  const of = (rows: readonly (readonly string[])[]) => listValues(records(rows), design);
  const eight = Array.from({ length: 8 }, () => people[0] as string[]);
  const [once, again] = [of(people), of([...eight, ...people.slice(1)])];
  expect(again.people).toBe(30);
  expect(again.within.records).toBe(30);
  expect(again.within.pairs).toHaveLength(once.within.pairs.length);
  for (const [field, { shares, codes }] of again.fields.entries()) {
    expect(shares[codes[0] as number]).toBe(once.fields[field]?.shares[1]);
    expect([...codes.slice(1, 8)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  }
});

it('rows with the same values may be namesakes, unless they have a date of birth', () => {
  const people = Array.from({ length: 30 }, (_, i) => [`given ${i}`, `family ${i}`, i < 15 ? '' : `19${50 + i}0101`]);
  const of = (rows: readonly (readonly string[])[]) => {
    const records = recordsOf(['name', 'name', 'date'], rows);
    return (
      listValues(records, designKeys(records, 'minhash', '00'.repeat(16), 8)).equalRows *
      rows.length *
      (rows.length - 1)
    );
  };
  const again = (person: number, times: number) => Array.from({ length: times }, () => people[person] as string[]);
  expect(of(people)).toBe(0);
  expect(of([...people, ...again(20, 3)])).toBe(0);
  // Each of three rows meets two others.
  expect(of([...people, ...again(2, 2)])).toBeCloseTo(6, 9);
});
