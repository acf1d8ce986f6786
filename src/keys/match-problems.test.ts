import { describe, expect, it } from 'vitest';
import { readTable } from '../table/read-table.ts';
import type { Problem } from '../table/table.ts';
import { createBandKeyer } from './band-keys.ts';
import type { BoundField } from './bound-field.ts';
import { designKeys } from './design.ts';
import { findEqualRows, withoutRepeats } from './equal-rows.ts';
import { matchProblems } from './match-problems.ts';
import { matchRecords } from './match-records.ts';

const NAMES = 'ada bea cas dov eli fay gus hal ian joy kim lea max nia oda pia ray sue tom una'.split(' ');
const HEADER = 'given,family,born';
/** Twenty people, no two of them alike. */
const PEOPLE = NAMES.map(
  (name, n) =>
    `${name}${name.slice(1)},${NAMES[(7 * n + 3) % 20]}son${name},19${40 + 2 * n}-0${1 + (n % 9)}-1${n % 10}`,
);
const FIELDS: readonly BoundField[] = [
  { name: 'first name', type: 'name', column: 0 },
  { name: 'surname', type: 'name', column: 1 },
  { name: 'born', type: 'date', column: 2 },
];

async function tableOf(lines: readonly string[]) {
  const { table } = await readTable(new Blob([[HEADER, ...lines].join('\n')]), 'list.csv', { header: true });
  return { table, records: matchRecords(table, FIELDS) };
}

async function problemsOf(lines: readonly string[]): Promise<Problem[]> {
  const { table, records } = await tableOf(lines);
  return matchProblems(table, FIELDS, records);
}

describe('matchProblems', () => {
  it('says nothing of a clean file', async () => {
    expect(await problemsOf(PEOPLE)).toEqual([]);
  });

  it('takes codes that a spreadsheet shortened to powers of ten for missing, and says so', async () => {
    const codes = ['4.47911E+11', '4,47911e+11', '4.47911234560E+11', '447911234560', '1E+02', '5e10'];
    const { table } = await readTable(
      new Blob([`name;phone\n${codes.map((code, i) => `${NAMES[i]};${code}`).join('\n')}\n`]),
      'list.csv',
    );
    const fields: readonly BoundField[] = [{ name: 'phone', type: 'code', column: 1 }];
    const records = matchRecords(table, fields);
    const values = [...(records.codes[0] ?? [])].map((code) => records.values[0]?.[code]);
    expect(values.map((value) => value === '')).toEqual([true, true, false, false, true, false]);
    const problem = matchProblems(table, fields, records).find(({ kind }) => kind === 'lost-digits');
    expect(problem).toMatchObject({ count: 3, rows: [1, 2, 5], message: expect.stringContaining('“4.47911E+11”') });
  });

  it('says which dates lie in the future', async () => {
    const days = ['1980-02-03', '2081-03-04', '1982-04-05', '2083-05-06', '1984-06-07'];
    const { table } = await readTable(
      new Blob([`name;born\n${days.map((day, i) => `${NAMES[i]};${day}`).join('\n')}\n`]),
      'list.csv',
    );
    const fields: readonly BoundField[] = [{ name: 'born', type: 'date', column: 1 }];
    const problem = matchProblems(table, fields, matchRecords(table, fields)).find(
      ({ kind }) => kind === 'future-date',
    );
    expect(problem).toMatchObject({ count: 2, rows: [2, 4], message: expect.stringContaining('“2081-03-04”') });
  });

  it.each([
    ['T22:00:00.000Z', ['early-day']],
    ['T23:00:00Z', ['early-day']],
    ['T00:00:00.000Z', []],
    ['T05:00:00.000Z', []],
  ])('says which days may be a day early: %s', async (time, kinds) => {
    const text = NAMES.slice(0, 8).map((name, i) => `${name};198${i}-02-03${time}`);
    const { table } = await readTable(new Blob([`name;born\n${text.join('\n')}\n`]), 'list.csv');
    const fields: readonly BoundField[] = [{ name: 'born', type: 'date', column: 1 }];
    const problems = matchProblems(table, fields, matchRecords(table, fields));
    expect(problems.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('shows rows that repeat a person beside the first one', async () => {
    const first = PEOPLE[4] ?? '';
    const [problem, ...others] = await problemsOf([...PEOPLE, first, first.toUpperCase()]);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ kind: 'duplicate-person', count: 2, rows: [21, 22] });
    expect(problem?.message).toMatch(/^2 rows repeat an earlier one/);
    expect(problem?.examples).toHaveLength(2);
    expect(problem?.examples?.[1]).toEqual({
      columns: ['given', 'family', 'born'],
      rows: [
        { row: 5, values: first.split(',') },
        { row: 22, values: first.toUpperCase().split(',') },
      ],
    });
  });

  it('shows rows that are merely like an earlier one', async () => {
    const [given, family, born] = (PEOPLE[9] ?? '').split(',');
    const problems = await problemsOf([...PEOPLE, `${given},${family}n,${born}`]);
    expect(problems.map(({ kind, rows }) => [kind, rows])).toEqual([['similar-person', [21]]]);
    expect(problems[0]?.message).toMatch(/^1 row looks like another row/);
    expect(problems[0]?.examples?.[0]?.rows.map(({ row }) => row)).toEqual([10, 21]);
  });

  it('says of dates and empty fields what becomes of the rows, in the singular and the plural', async () => {
    const one = await problemsOf([...PEOPLE, 'zoe,zimmer,soon']);
    expect(one.map(({ message }) => message)).toEqual([
      '1 value in “born” is no date, such as “soon”. Only its digits are compared, so this row is found less often.',
      '“born” is empty in 1 row; this row is matched by the other columns.',
    ]);
    const two = await problemsOf([...PEOPLE, 'zoe,zimmer,soon', 'zeb,zander,later']);
    expect(two[0]?.message).toMatch(/^2 values in “born” are no dates, such as “soon”. Only their digits/);
    expect(two[1]?.message).toMatch(/empty in 2 rows; these rows are matched/);
  });

  it('leaves equal values that many people may have undecided', async () => {
    const common = Array.from({ length: 90 }, (_, n) => `anh,nguyen${n % 3},1980-01-0${1 + (n % 2)}`);
    const problems = await problemsOf(common);
    expect(problems.map(({ kind }) => kind)).toEqual(['same-values']);
  });
});

describe('withoutRepeats', () => {
  it('leaves whoever stands eight times in a file the keys of one row, which are those of a file with one', async () => {
    const first = PEOPLE[0] ?? '';
    const seed = '00112233445566778899aabbccddeeff';
    const salt = new Uint8Array(16);
    const keysOf = async (lines: readonly string[]) => {
      const { records } = await tableOf(lines);
      const design = designKeys((await tableOf(PEOPLE)).records, 'minhash', seed, 8);
      const keyer = createBandKeyer(records, seed);
      return design.bands.map((band, b) => withoutRepeats(keyer.keys(design, band, b, salt), findEqualRows(records)));
    };
    const once = await keysOf(PEOPLE);
    const often = await keysOf([first, ...Array<string>(7).fill(first), ...PEOPLE.slice(1)]);
    for (const [band, keys] of often.entries()) {
      expect([...keys.subarray(0, 4)]).toEqual([...(once[band]?.subarray(0, 4) ?? [])]);
      expect(keys.subarray(4, 32).every((word) => word === 0)).toBe(true);
      expect([...keys.subarray(32)]).toEqual([...(once[band]?.subarray(4) ?? [])]);
    }
  });
});
