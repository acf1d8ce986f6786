import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { misspell, mistype, NO_ERRORS, NOISY_ERRORS } from './damage.ts';
import { generateCsv, generatePair } from './people.ts';
import { type Households, householdOf, makePerson, USUAL_HOUSEHOLDS } from './person.ts';

const rowsOf = (csv: string) => Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
const options = { listRows: 2000, dataRows: 3000, overlap: 1200, seed: 11 };
const pair = generatePair(options);
const list = rowsOf(pair.listCsv);
const data = rowsOf(pair.dataCsv);

describe('a pair of files', () => {
  it('has the rows and the overlap asked for, and ids that tell who is who', () => {
    expect([list.length, data.length, pair.truth.length]).toEqual([2000, 3000, 1200]);
    for (const { list: l, data: d } of pair.truth) {
      expect(list[l]?.person_id?.slice(2)).toBe(data[d]?.record_id?.slice(2));
    }
    expect(new Set(list.map((row) => row.person_id)).size).toBe(2000);
  });

  it('is the same every time, and another for another seed', () => {
    expect(generatePair(options)).toEqual(pair);
    expect(generatePair({ ...options, seed: 12 }).listCsv).not.toBe(pair.listCsv);
  });

  it('writes most people alike in both, but far from all', () => {
    const same = pair.truth.filter(({ list: l, data: d }) => {
      const { person_id: _, ...mine } = list[l] ?? {};
      return Object.entries(mine).every(([column, value]) => data[d]?.[column] === value);
    }).length;
    expect(same / pair.truth.length).toBeGreaterThan(0.15);
    expect(same / pair.truth.length).toBeLessThan(0.6);
  });

  it('has households, rare and missing ethnicities, and numbers with few gaps', () => {
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

it('counts that do not fit together are refused', () => {
  expect(() => [...generateCsv('list', { listRows: 5, dataRows: 3, overlap: 4, seed: 1 })]).toThrow('overlap 4');
});

it('files come in chunks', () => {
  const chunks = [...generateCsv('list', options)];
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.join('')).toBe(pair.listCsv);
});

it('a slip changes at most two characters, a misspelling keeps the first', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.nat(), (word, seed) => {
      expect(Math.abs(mistype(word, seededRandom([seed])).length - word.length)).toBeLessThanOrEqual(1);
      expect(misspell(word, seededRandom([seed]))[0]).toBe(word[0]);
    }),
  );
});

describe('households', () => {
  const people = (households: { alone: number; twins: number; namesakes: number }) =>
    Array.from({ length: 3000 }, (_, number) => ({
      ...makePerson(3, number, households),
      household: householdOf(3, number, households),
    }));
  /** Pairs of neighbours in number who live together and agree on all the given columns. */
  const alike = (all: ReturnType<typeof people>, columns: ('given_name' | 'surname' | 'date_of_birth' | 'street')[]) =>
    all.flatMap((a, i) =>
      all.slice(i + 1, i + 5).filter((b) => a.household === b.household && columns.every((c) => a[c] === b[c])),
    ).length;

  it('hold twins and children named after a parent, as many as asked for', () => {
    const none = people({ alone: 0, twins: 0, namesakes: 0 });
    const all = people({ alone: 0, twins: 1, namesakes: 1 });
    const twins: Parameters<typeof alike>[1] = ['surname', 'street', 'date_of_birth'];
    expect(alike(none, twins)).toBe(0);
    expect(alike(all, twins)).toBeGreaterThan(100);
    expect(alike(all, ['given_name', 'surname', 'street'])).toBeGreaterThan(
      alike(none, ['given_name', 'surname', 'street']) + 200,
    );
  });

  it('where everybody lives alone, nobody shares an address with a neighbour', () => {
    const alone = people({ alone: 1, twins: 1, namesakes: 1 });
    expect(new Set(alone.map(({ household }) => household)).size).toBe(alone.length);
    expect(alike(alone, ['surname', 'street'])).toBe(0);
  });
});

it('noisy files have about every fifth value damaged, and only where asked', () => {
  const noisy = generatePair({ ...options, errors: { list: NO_ERRORS, data: NOISY_ERRORS } });
  const [mine, theirs] = [rowsOf(noisy.listCsv), rowsOf(noisy.dataCsv)];
  const columns = ['given_name', 'surname', 'suburb', 'postcode'];
  const differing = noisy.truth.flatMap(({ list: l, data: d }) =>
    columns.filter((c) => mine[l]?.[c] !== theirs[d]?.[c]),
  );
  const share = differing.length / (columns.length * noisy.truth.length);
  expect(share).toBeGreaterThan(0.17);
  expect(share).toBeLessThan(0.23);
  expect(mine.every((row) => columns.every((column) => row[column] !== ''))).toBe(true);
});

it('people can be in the data twice, with other mistakes, and bear one of few surnames', () => {
  const options = { listRows: 50, dataRows: 200, overlap: 20, seed: 3 };
  const rows = [...generateCsv('data', { ...options, twice: 0.5 })].join('').trim().split('\n').slice(1);
  const byPerson = new Map<string, string[]>();
  for (const row of rows) {
    const [person = '', ...values] = row.split(',');
    byPerson.set(person, [...(byPerson.get(person) ?? []), values.join()]);
  }
  expect(byPerson.size).toBe(200);
  const repeated = [...byPerson.values()].filter(({ length }) => length === 2);
  expect(repeated).toHaveLength(100);
  expect(repeated.filter(([first, second]) => first !== second).length).toBeGreaterThan(20);

  const surnames = (households: Households) =>
    new Set(
      [...generateCsv('data', { ...options, households, errors: { list: NO_ERRORS, data: NO_ERRORS } })]
        .join('')
        .trim()
        .split('\n')
        .map((row) => row.split(',')[2]),
    ).size;
  expect(surnames({ ...USUAL_HOUSEHOLDS, fewSurnames: true })).toBeLessThan(80);
  expect(surnames(USUAL_HOUSEHOLDS)).toBeGreaterThan(90);
});

it('who married bears another surname', () => {
  const options = {
    listRows: 100,
    dataRows: 100,
    overlap: 100,
    seed: 3,
    households: { ...USUAL_HOUSEHOLDS, alone: 1 },
  };
  const surnamesOf = (married: number) => {
    const errors = { list: NO_ERRORS, data: { ...NO_ERRORS, married } };
    const lines = [...generateCsv('data', { ...options, errors })].join('').trim().split('\n').slice(1);
    return lines.map((line) => line.split(',')[2]);
  };
  const [before, after] = [surnamesOf(0), surnamesOf(1)];
  expect(after.filter((name, i) => name !== before[i]).length).toBeGreaterThan(90);
});
