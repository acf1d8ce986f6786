import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { misspell, mistype } from './damage.ts';
import { generateCsv, generatePair } from './people.ts';

const rowsOf = (csv: string) => Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
const options = { listRows: 2000, dataRows: 3000, overlap: 1200, seed: 11 };
const pair = generatePair(options);
const list = rowsOf(pair.listCsv);
const data = rowsOf(pair.dataCsv);

describe('a pair of files', () => {
  test('has the rows and the overlap asked for, and ids that tell who is who', () => {
    expect([list.length, data.length, pair.truth.length]).toEqual([2000, 3000, 1200]);
    for (const { list: l, data: d } of pair.truth) {
      expect(list[l]?.person_id?.slice(2)).toBe(data[d]?.record_id?.slice(2));
    }
    expect(new Set(list.map((row) => row.person_id)).size).toBe(2000);
  });

  test('is the same every time, and another for another seed', () => {
    expect(generatePair(options)).toEqual(pair);
    expect(generatePair({ ...options, seed: 12 }).listCsv).not.toBe(pair.listCsv);
  });

  test('writes most people alike in both, but far from all', () => {
    const same = pair.truth.filter(({ list: l, data: d }) => {
      const { person_id: _, ...mine } = list[l] ?? {};
      return Object.entries(mine).every(([column, value]) => data[d]?.[column] === value);
    }).length;
    expect(same / pair.truth.length).toBeGreaterThan(0.15);
    expect(same / pair.truth.length).toBeLessThan(0.6);
  });

  test('has households, rare and missing ethnicities, and numbers with few gaps', () => {
    const addresses = new Map<string, number>();
    for (const row of data) {
      const address = `${row.surname} ${row.street_number} ${row.street}`;
      addresses.set(address, (addresses.get(address) ?? 0) + 1);
    }
    expect([...addresses.values()].filter((people) => people > 1).length).toBeGreaterThan(200);
    const share = (label: string) => data.filter((row) => row.ethnicity === label).length / data.length;
    expect(share('European')).toBeGreaterThan(0.4);
    expect(share('Other')).toBeLessThan(0.03);
    expect(share('')).toBeGreaterThan(0);
    expect(data.filter((row) => row.income === '').length / data.length).toBeLessThan(0.1);
    expect(data.every((row) => row.age === '' || /^\d{1,2}$/.test(row.age ?? ''))).toBe(true);
  });
});

test('counts that do not fit together are refused', () => {
  expect(() => [...generateCsv('list', { listRows: 5, dataRows: 3, overlap: 4, seed: 1 })]).toThrow('overlap 4');
});

test('files come in chunks', () => {
  const chunks = [...generateCsv('list', options)];
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.join('')).toBe(pair.listCsv);
});

test('a slip changes at most two characters, a misspelling keeps the first', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.nat(), (word, seed) => {
      expect(Math.abs(mistype(word, seededRandom([seed])).length - word.length)).toBeLessThanOrEqual(1);
      expect(misspell(word, seededRandom([seed]))[0]).toBe(word[0]);
    }),
  );
});
