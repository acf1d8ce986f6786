import { describe, expect, it } from 'vitest';
import { checked } from '../parsing/checked.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { groupColumnSchema, roundUpRows, termsSchema } from './agreement.ts';
import { studySchema } from './study.ts';

it('row counts are told rounded up: small ones as one hundred, others to two digits', () => {
  expect([1, 37, 99, 100].map(roundUpRows)).toEqual([100, 100, 100, 100]);
  expect([101, 110, 999, 1000, 1001, 123_456].map(roundUpRows)).toEqual([110, 110, 1000, 1000, 1100, 130_000]);
});

it.each([
  ['\ud83d', 'half a character'],
  ['ten \u202efo eno', 'direction of writing'],
  ['\u2067ten', 'direction of writing'],
])('texts that people would not read as they are written are refused: %j', (text, reason) => {
  const column = checked(groupColumnSchema, { name: 'ward', labels: [text] });
  expect('problem' in column && column.problem).toContain(reason);
  const study = checked(studySchema, { title: text });
  expect('problem' in study && study.problem).toContain(reason);
});

it('texts in any script are taken, with the marks that belong to them', () => {
  const labels = ['الجناح', 'می\u200cخواهم', 'שלום\u200f', 'Zoë', '病棟'];
  expect('data' in checked(groupColumnSchema, { name: 'ward', labels })).toBe(true);
});

describe('what keys may name', () => {
  const { terms } = madeUpAgreement({ groups: [2], payloads: 1, dataRows: 500, minimum: 10 });
  const fields = (['name', 'date', 'name'] as const).map((type, i) => ({ name: `field ${i}`, type }));
  const read = (keys: Partial<typeof terms.keys>) =>
    checked(termsSchema, { ...terms, fields, keys: { ...terms.keys, ...keys } });
  const bands = (field: number, picks: number[] = [1]) =>
    [0, field].map((one) => ({ fields: [{ field: one, picks }] }));

  it('is joined fields of names, each once, and no others', () => {
    expect('data' in read({ joined: [0, 2] })).toBe(true);
    for (const joined of [
      [0, 1],
      [0, 3],
      [2, 0xffff],
    ])
      expect(read({ joined })).toMatchObject({
        problem: expect.stringContaining('the keys join fields that are no names'),
      });
    for (const joined of [
      [0, 0],
      [2, 0],
      [0, 2, 2],
    ])
      expect(read({ joined })).toMatchObject({ problem: expect.stringContaining('that the keys join must ascend') });
    for (const joined of [[], [0]]) expect('problem' in read({ joined })).toBe(true);
  });

  it.each([[[1]], [[]]])(
    'is a field that there is, and the joined names where some are joined (picks: %j)',
    (picks) => {
      expect('data' in read({ bands: bands(2, picks) })).toBe(true);
      expect('data' in read({ bands: bands(3, picks), joined: [0, 2] })).toBe(true);
      const refused = { problem: expect.stringContaining('a band of the keys takes a field that there is not') };
      expect(read({ bands: bands(3, picks) })).toMatchObject(refused);
      expect(read({ bands: bands(4, picks), joined: [0, 2] })).toMatchObject(refused);
    },
  );

  it('is a part of a value that there is, with p-sig keys; other keys number other things', () => {
    const refused = { problem: expect.stringContaining('takes a part of a value that there is not') };
    expect('data' in read({ source: 'p-sig', bands: bands(2, [0, 39]) })).toBe(true);
    for (const picks of [[40], [0, 40], [0xffff]])
      expect(read({ source: 'p-sig', bands: bands(2, picks) })).toMatchObject(refused);
    for (const source of ['minhash', 'lambda-fold'] as const)
      expect('data' in read({ source, bands: bands(2, [40, 0xffff]) })).toBe(true);
  });
});
