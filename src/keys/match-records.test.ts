import { describe, expect, it } from 'vitest';
import type { FieldType } from '../agreement/match-field.ts';
import { readTable } from '../table/read-table.ts';
import { matchProblems } from './match-problems.ts';
import { matchRecords } from './match-records.ts';

const TYPES: readonly FieldType[] = ['name', 'text', 'code', 'date', 'category'];

async function people(...rows: string[]) {
  const text = ['name;address;postcode;dob;sex', ...rows].join('\n');
  const { table } = await readTable(new Blob([text]), 'people.csv', { delimiter: ';', header: true });
  const fields = TYPES.map((type, column) => ({ name: table.columnName(column), type, column }));
  const records = matchRecords(table, fields);
  return { table, fields, records, problems: matchProblems(table, fields, records) };
}

describe('matchRecords', () => {
  it('normalises by type and codes each distinct value once', async () => {
    const { records } = await people(
      'Zoë;1 High St.;ab1 2cd;3/2/1980;M',
      'ZOE;1, high st;AB12CD;1980-02-03;m',
      ';-; ;31/02/1980;F',
    );
    expect(records.rows).toBe(3);
    expect(records.fields).toEqual(
      TYPES.map((type, i) => ({ name: ['name', 'address', 'postcode', 'dob', 'sex'][i], type })),
    );
    expect(records.values).toEqual([
      ['', 'zoe'],
      ['', '1highst'],
      ['', 'ab12cd'],
      ['', '19800203', '31021980'],
      ['', 'm', 'f'],
    ]);
    expect(records.codes.map((codes) => [...codes])).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 2],
      [1, 1, 2],
    ]);
  });

  it('reads dates in the order that the column shows', async () => {
    const { records } = await people('a;b;c;02/03/1980;d', 'a;b;c;02/13/1980;d');
    expect(records.values[3]).toEqual(['', '19800203', '19800213']);
  });
});

describe('matchProblems', () => {
  it('finds dates that are none, empty fields, rows without a key and people who come again', async () => {
    const { problems } = await people(
      'ann;1 high st;1000;1980-01-01;f',
      'bob;2 high st;2000;1980-02-31;m',
      'ANN;1 High St;1000;19800101;F',
      '-;;;31/02;',
      '',
      '-;;;;',
      'cid;;3000;1990-01-01;m',
    );
    expect(problems.map(({ kind, column, count, rows }) => [kind, column, count, rows])).toEqual([
      ['empty-match-field', 'name', 2, [4, 6]],
      ['empty-match-field', 'address', 3, [4, 6, 7]],
      ['empty-match-field', 'postcode', 2, [4, 6]],
      ['not-a-date', 'dob', 2, [2, 4]],
      ['empty-match-field', 'dob', 1, [6]],
      ['empty-match-field', 'sex', 2, [4, 6]],
      ['no-key', undefined, 2, [4, 6]],
      ['duplicate-person', undefined, 1, [3]],
    ]);
    expect(problems[3]?.message).toContain('“1980-02-31”');
  });

  it('says nothing about a file without trouble', async () => {
    const { problems } = await people('ann;1 high st;1000;1980-01-01;f', 'bob;1 high st;1000;1980-01-01;m');
    expect(problems).toEqual([]);
  });
});
