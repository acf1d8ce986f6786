import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { friendlyRange } from './payload-range.ts';
import { readTable } from './read-table.ts';
import { summarise } from './summary.ts';

async function summaryOf(columns: Readonly<Record<string, (row: number) => string>>, rows = 200) {
  const lines = Array.from({ length: rows }, (_, row) => Object.values(columns).map((value) => value(row)));
  const text = [Object.keys(columns), ...lines].map((fields) => fields.join('\t')).join('\n');
  const read = await readTable(new Blob([text]), 'people.csv', { header: true, delimiter: '\t' });
  return summarise(read, 'people.csv');
}

const words = ['anna', 'bob', 'carl', 'dora', 'emil', 'fred', 'gina', 'hugo', 'ida', 'jan', 'karl'];
const word = (row: number) => `${words[row % words.length]}${'aeiou'[row % 5]}${'nrst'[row % 4]}${'xyz'[row % 3]}`;
const label = (row: number) => ['north', 'south', 'east'][row % 3] ?? '';
const number = (row: number) => String((row * 37) % 90);
const date = (row: number) => `${1950 + (row % 50)}-0${1 + (row % 9)}-1${row % 10}`;

const two = (part: number) => String(part).padStart(2, '0');

describe('codes that might be days', () => {
  const sample = (row: number) =>
    `2024${two(1 + (row % 12))}${two(1 + (row % 28))}${two(row % 24)}${two((row * 7) % 60)}`;

  it.each<[string, (row: number) => string]>([
    ['outline numbers', (row) => `T.${1 + (row % 9)}.${1 + (row % 8)}.${1 + (row % 7)}`],
    ['others', (row) => `S.${1 + (row % 9)}.${1 + (row % 12)}.${1 + (row % 28)}`],
    ['scores', (row) => `${1 + (row % 9)} - ${1 + (row % 12)} - ${30 + (row % 60)}`],
    ['scores with bars', (row) => `${1 + (row % 9)} / ${1 + (row % 12)} / ${30 + (row % 60)}`],
    ['scores with blanks behind', (row) => `${1 + (row % 9)}- ${1 + (row % 12)}- ${30 + (row % 60)}`],
    ['numbers of samples', sample],
    ['longer numbers of samples', (row) => `${sample(row)}${two(row % 60)}`],
  ])('are none: %s', async (_, value) => {
    const { columns } = await summaryOf({ ref: value });
    expect(columns[0]?.guess).not.toBe('date');
  });

  it.each<[string, string, (row: number) => string]>([
    ['points in time under a header', 'birth date', sample],
    ['points in time with their letter', 'ref', (row) => `${sample(row).slice(0, 8)}T${sample(row).slice(8)}`],
    ['midnights', 'ref', (row) => `19${50 + (row % 40)}0${1 + (row % 9)}130000`],
    [
      'marks with blanks and whole years',
      'ref',
      (row) => `${1 + (row % 28)} - ${1 + (row % 12)} - 19${50 + (row % 40)}`,
    ],
    ['points with blanks', 'ref', (row) => `${1 + (row % 28)}. ${1 + (row % 12)}. ${50 + (row % 40)}`],
    ['years of Japan', 'ref', (row) => `S.${10 + (row % 50)}.${1 + (row % 12)}.${1 + (row % 28)}`],
    ['years of Japan without a point', 'ref', (row) => `H${1 + (row % 29)}.${1 + (row % 12)}.${1 + (row % 28)}`],
  ])('are some: %s', async (_, header, value) => {
    expect((await summaryOf({ [header]: value })).columns[0]?.guess).toBe('date');
  });
});

describe('guessUse', () => {
  it.each<[string, (row: number) => string, string]>([
    ['rec_id', (row) => `rec-${row}`, 'ignore'],
    ['Patient ID', (row) => `P${1000 + row}`, 'ignore'],
    ['uuid', (row) => `a${row}f-${row}`, 'ignore'],
    ['First name', word, 'name'],
    ['lastName', word, 'name'],
    ['SURNAME', word, 'name'],
    ['street_address', (row) => `${row} ${word(row)} street`, 'text'],
    ['City', word, 'text'],
    ['suburb name', word, 'text'],
    ['ZIP', (row) => String(10_000 + row), 'code'],
    ['post code', (row) => `AB${row} 1CD`, 'code'],
    ['mobile_phone', (row) => `04${10_000_000 + row}`, 'code'],
    ['soc_sec_id', (row) => String(1_000_000 + row), 'code'],
    ['dob', date, 'date'],
    ['Date of birth', (row) => date(row).split('-').reverse().join('/'), 'date'],
    ['birthDate', (row) => date(row).replaceAll('-', ''), 'date'],
    ['sex', (row) => 'mf'[row % 2] ?? '', 'category'],
    ['house number', number, 'category'],
    ['given_name', label, 'name'],
    ['program name', label, 'group'],
    ['Ethnicity', label, 'group'],
    ['region', label, 'group'],
    ['age', number, 'average'],
    ['Annual income', (row) => `$${20 + row},000`, 'average'],
    ['cost', (row) => `${row}.50`, 'average'],
    ['x1', (row) => `k${row}-0`, 'ignore'],
    ['x2', label, 'group'],
    ['x3', date, 'date'],
    ['x4', (row) => `${(row * 37) % 90}.5`, 'average'],
    ['x5', (row) => `0${100 + (row % 90)}`, 'code'],
    ['x6', word, 'name'],
    ['x7', (row) => `${row % 150} ${word(row)} lane, ${label(row)}`, 'text'],
    ['x8', () => '', 'ignore'],
  ])('of a column headed %j', async (header, value, use) => {
    const { columns } = await summaryOf({ [header]: value, 'other column': label });
    expect(columns[0]?.guess).toBe(use);
  });

  it('long texts whose header says nothing match where nothing else does', async () => {
    const remark = (row: number) =>
      `${word(row)} ${word(row * 7 + 1)} was seen at ${row % 60} ${word(row + 2)} road by ${word(row * 3)} in the morning`;
    expect((await summaryOf({ reference: remark, ward: label })).columns.map(({ guess }) => guess)).toEqual([
      'text',
      'group',
    ]);
    expect((await summaryOf({ reference: remark, surname: word })).columns.map(({ guess }) => guess)).toEqual([
      'ignore',
      'name',
    ]);
  });

  const folder = '../shared/data';
  it.skipIf(!existsSync(folder)).each([
    ['owner', ['state', 'group', 'age', 'average', 'income', 'average']],
    ['researcher', []],
  ])('of the %s’s FEBRL columns', async (party, own) => {
    const name = `febrl4_${party}.csv`;
    const summary = summarise(await readTable(new Blob([readFileSync(`${folder}/${name}`)]), name), name);
    expect(summary.rows).toBe(5000);
    expect(summary.options).toEqual({ encoding: 'utf-8', delimiter: ',', header: true, skip: 0 });
    expect(summary.problems).toEqual([]);
    expect(summary.doubts).toEqual([]);
    expect(summary.columns.filter(({ doubts, guess }) => doubts.some(({ stops }) => stops.includes(guess)))).toEqual(
      [],
    );
    expect(summary.columns.flatMap((column) => [column.name, column.guess])).toEqual([
      'rec_id',
      'ignore',
      'given_name',
      'name',
      'surname',
      'name',
      'street_number',
      'category',
      'address_1',
      'text',
      'address_2',
      'text',
      'suburb',
      'text',
      'postcode',
      'code',
      'date_of_birth',
      'date',
      ...own,
    ]);
  });
});

describe('summarise', () => {
  it('counts empty and distinct values, shows the first rows, and gives columns of numbers a range', async () => {
    const summary = await summaryOf({ name: word, age: (row) => (row === 3 ? '' : number(row)) });
    expect(summary.preview).toHaveLength(8);
    expect(summary.preview[0]).toEqual(['annaanx', '0']);
    expect(summary.columns[1]).toMatchObject({
      name: 'age',
      empty: 1,
      distinct: 90,
      guess: 'average',
      range: { minimum: 0, maximum: 90, decimals: 0 },
    });
    expect(summary.columns[0]).not.toHaveProperty('range');
  });
});

describe('friendlyRange', () => {
  it.each([
    [1, 98, 0, 0, 100, 0],
    [18_400, 181_200, 0, 0, 200_000, 0],
    [35.2, 41.9, 1, 35, 42, 1],
    [-12, 31, 0, -15, 35, 0],
    [0.12, 0.87, 2, 0, 0.9, 2],
    [5, 5, 0, 5, 6, 0],
    [0, 0, 0, 0, 1, 0],
    [0, 1_000_000, 6, 0, 1_000_000, 2],
  ])('of %d to %d with %d decimals', (minimum, maximum, decimals, low, high, digits) => {
    expect(friendlyRange({ minimum, maximum, decimals })).toEqual({ minimum: low, maximum: high, decimals: digits });
  });
});
