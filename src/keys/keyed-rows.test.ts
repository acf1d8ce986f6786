import { expect, it } from 'vitest';
import { recordsOf } from '../testing/made-up-records.ts';
import { createBandKeyer, SALT_BYTES } from './band-keys.ts';
import { designKeys } from './design.ts';
import { hasKey } from './key-table.ts';
import { hasKeyIn, mayHaveKey } from './keyed-rows.ts';
import { seededRandom } from './random.ts';
import type { MatchRecords } from './records.ts';

const seed = '000102030405060708090a0b0c0d0e0f';
const random = seededRandom([5]);
const letters = [...'abcdefghijklmnopqrstuvwxyz '];
const story = () => Array.from({ length: 60 }, () => random.pick(letters)).join('');

/** Whether each row has a key in some band, by making all the keys. */
function keyed(records: MatchRecords, bands = 16) {
  const design = designKeys(records, 'minhash', seed, bands);
  const keyer = createBandKeyer(records, seed);
  const keys = design.bands.map((band, i) => keyer.keys(design, band, i, new Uint8Array(SALT_BYTES)));
  const rows = Array.from({ length: records.rows }, (_, row) => row);
  return {
    made: rows.map((row) => keys.some((some) => hasKey(some, 4 * row))),
    said: rows.map(hasKeyIn(records, design)),
    expected: rows.map(mayHaveKey(records)),
  };
}

it('rows with fewer than two fields have no key', () => {
  const rows = [
    ['a', 'b'],
    ['a', ''],
    ['', ''],
  ];
  expect(rows.map((_, row) => mayHaveKey(recordsOf(['name', 'name'], rows))(row))).toEqual([true, false, false]);
  expect(rows.map((_, row) => mayHaveKey(recordsOf(['name'], rows))(row))).toEqual([true, true, false]);
});

it('a row with a long text alone has a key, as the keys themselves show', () => {
  const full = Array.from({ length: 40 }, (_, i) => [`name ${i}`, story()]);
  const { made, said, expected } = keyed(recordsOf(['name', 'text'], [...full, ['', story()], ['lone', ''], ['', '']]));
  expect(made.slice(-3)).toEqual([true, false, false]);
  expect(said).toEqual(made);
  expect(expected).toEqual(made);
});

it('without long texts, rows have keys where two fields are filled', () => {
  const full = Array.from({ length: 40 }, (_, i) => [`name ${i}`, `street ${i}`, `${1000 + i}`]);
  const rows = [...full, ['a', '', '7'], ['', 'b', ''], ['', '', '']];
  const { made, said, expected } = keyed(recordsOf(['name', 'text', 'code'], rows), 32);
  expect(made.slice(-3)).toEqual([true, false, false]);
  expect(said).toEqual(made);
  expect(expected).toEqual(made);
});
