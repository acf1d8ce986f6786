import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countAgreements, matchOneToOne } from './agreement-count.ts';
import { rowsOverLimit } from './key-table.ts';
import { seededRandom } from './random.ts';

/** Keys drawn from few values, so that they collide; 0 is no key. Words differ in one place only, to try the comparison. */
const party = (bands: number) =>
  fc.array(fc.array(fc.nat(5), { minLength: bands, maxLength: bands }), { minLength: 1, maxLength: 12 });
const keysOf = (rows: number[][]) => (band: number) =>
  Uint32Array.from(rows.flatMap((row) => (row[band] ? [0, 1, 9, row[band]] : [0, 0, 0, 0])));

it('counts what comparing every row with every row counts', () => {
  fc.assert(
    fc.property(party(4), party(4), (list, data) => {
      const expected = list.flatMap((mine, l) =>
        data.flatMap((theirs, d) => {
          const inBands = Uint8Array.from([...mine.keys()].filter((band) => mine[band] && mine[band] === theirs[band]));
          return inBands.length > 0 ? [{ list: l, data: d, bands: inBands.length, inBands }] : [];
        }),
      );
      expect(countAgreements(keysOf(list), keysOf(data), 4)).toEqual(expected);
    }),
  );
});

it('leaves excluded rows out', () => {
  const keys = keysOf([
    [1, 1],
    [2, 2],
  ]);
  expect(countAgreements(keys, keys, 2, { excluded: (band, row) => band === 0 && row === 1 })).toEqual([
    { list: 0, data: 0, bands: 2, inBands: Uint8Array.of(0, 1) },
    { list: 1, data: 1, bands: 1, inBands: Uint8Array.of(1) },
  ]);
});

it('takes the highest agreement first and no row twice', () => {
  const candidates = [
    { list: 0, data: 0, bands: 3 },
    { list: 0, data: 1, bands: 5 },
    { list: 1, data: 1, bands: 4 },
    { list: 2, data: 0, bands: 1 },
  ];
  expect(matchOneToOne(candidates, 2, seededRandom([1]).below)).toEqual([{ list: 0, data: 1, bands: 5 }]);
});

it('breaks ties at random', () => {
  const tied = [0, 1].map((data) => ({ list: 0, data, bands: 2 }));
  const random = seededRandom([4]);
  const first = Array.from({ length: 400 }, () => matchOneToOne(tied, 1, random.below)[0]?.data ?? -1);
  expect(first.filter((data) => data === 0).length).toBeGreaterThan(150);
  expect(first.filter((data) => data === 1).length).toBeGreaterThan(150);
});

it('keeps at most the limit of rows a key', () => {
  const keys = keysOf([...Array.from({ length: 9 }, () => [1]), [2], [0]])(0);
  const out = rowsOverLimit(keys, 4, seededRandom([2]).below);
  expect(out.subarray(0, 9).reduce((a, b) => a + b)).toBe(5);
  expect(Array.from(out.subarray(9))).toEqual([0, 0]);
});
