import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyCleaning, type FindPeople } from './apply-cleaning.ts';
import { type Cleaning, cleaningSchema, describeMissing, describeStep } from './cleaning.ts';
import { countLabels } from './group-labels.ts';
import { proposeMerges } from './label-merges.ts';
import { readTable } from './read-table.ts';

const TEXT = `name,state,age,born
Ann ,vic,34,2001-02-03
BOB  SMITH,vci,-9,1980-05-06

cid,nsw,999,1999-01-01
dee,VIC,51,
Eve,nsw,17,2010-10-10
`;

const nobody: FindPeople = (table) => Uint32Array.from({ length: table.rowCount }, (_, row) => row);

async function clean(cleaning: Cleaning, findPeople = nobody) {
  const { table } = await readTable(new Blob([TEXT]), 'people.csv', { header: true });
  const { table: cleaned, effects } = applyCleaning(table, cleaning, findPeople);
  const column = (name: string) => [...cleaned.values(cleaned.columns.indexOf(name))];
  const numbers = Array.from({ length: cleaned.rowCount }, (_, row) => cleaned.rowNumber(row));
  return { table: cleaned, column, numbers, changed: effects.map((effect) => effect.changed) };
}

describe('applyCleaning', () => {
  it('changes values column by column, and counts them', async () => {
    const { column, changed } = await clean([
      { kind: 'range', column: 'age', minimum: 0, maximum: 120 },
      { kind: 'merge', column: 'state', from: ['vci', 'VIC'], into: 'vic' },
      { kind: 'blanks', column: 'name' },
      { kind: 'case', column: 'name', to: 'title' },
    ]);
    expect(column('age')).toEqual(['34', '', '', '51', '17']);
    expect(column('state')).toEqual(['vic', 'vic', 'nsw', 'vic', 'nsw']);
    expect(column('name')).toEqual(['Ann', 'Bob Smith', 'Cid', 'Dee', 'Eve']);
    expect(changed).toEqual([2, 2, 2, 3]);
  });

  it('leaves the rest of the table as it is, and the file’s row numbers', async () => {
    const { table, column, numbers, changed } = await clean([
      { kind: 'rows', column: 'state', comparison: 'is-not', values: ['nsw'] },
    ]);
    expect(table.rowCount).toBe(3);
    expect(column('age')).toEqual(['34', '-9', '51']);
    expect(table.value(0, 1)).toBe('BOB  SMITH');
    expect(numbers).toEqual([1, 2, 5]);
    expect(changed).toEqual([2]);
    expect(() => table.value(0, 3)).toThrow(RangeError);
  });

  it.each([
    ['is', ['vic', 'nsw'], 'state', [1, 4, 6]],
    ['contains', ['VI'], 'state', [1, 5]],
    ['filled', [], 'born', [1, 2, 4, 6]],
    ['empty', [], 'born', [5]],
    ['at-least', ['34'], 'age', [1, 4, 5]],
    ['at-most', ['34'], 'age', [1, 2, 6]],
    ['at-least', ['1999-01-01'], 'born', [1, 4, 6]],
    ['at-most', ['31.12.1999'], 'born', [2, 4]],
  ] as const)('keeps only rows where a value %s %j', async (comparison, values, column, numbers) => {
    const step = { kind: 'rows', column, comparison, values: [...values] } as const;
    expect((await clean([step])).numbers).toEqual(numbers);
  });

  it('takes steps in their order, so that undoing one is leaving it out', async () => {
    const range = { kind: 'range', column: 'age', minimum: 0, maximum: 120 } as const;
    const rows = { kind: 'rows', column: 'age', comparison: 'filled', values: [] } as const;
    const merge = { kind: 'merge', column: 'state', from: ['nsw'], into: 'NSW' } as const;
    const all = await clean([range, rows, merge]);
    expect([all.numbers, all.changed]).toEqual([
      [1, 5, 6],
      [2, 2, 1],
    ]);
    expect((await clean([rows, range, merge])).numbers).toEqual([1, 2, 4, 5, 6]);
    expect((await clean([range, merge])).column('state')).toEqual(['vic', 'vci', 'NSW', 'VIC', 'NSW']);
    expect((await clean([])).column('age')).toEqual(['34', '-9', '999', '51', '17']);
  });

  it('keeps one row of each person', async () => {
    const step = { kind: 'repeats', fields: [{ column: 'name', type: 'name' }], alike: true } as const;
    const { numbers, changed } = await clean([step], () => [0, 0, 2, 2, 4]);
    expect([numbers, changed]).toEqual([[1, 4, 6], [2]]);
  });

  it('refuses a column that there is not, a condition that means nothing, and one that no row meets', async () => {
    await expect(clean([{ kind: 'blanks', column: 'sex' }])).rejects.toThrow('no column “sex”');
    const rows = { kind: 'rows', column: 'age', comparison: 'at-least' } as const;
    await expect(clean([{ ...rows, values: ['soon'] }])).rejects.toThrow('“soon” is neither a number nor a date');
    await expect(clean([{ ...rows, values: ['5000'] }])).rejects.toThrow('No row would be left');
  });
});

describe('cleaningSchema', () => {
  it('takes what it wrote, and nothing malformed', () => {
    const steps: Cleaning = [
      { kind: 'range', column: 'age', minimum: 0 },
      { kind: 'repeats', fields: [{ column: 'name', type: 'name' }], alike: false },
    ];
    expect(cleaningSchema.parse(JSON.parse(JSON.stringify(steps)))).toEqual(steps);
    for (const bad of [
      { kind: 'range', column: 'age' },
      { kind: 'range', column: 'age', minimum: 2, maximum: 1 },
      { kind: 'rows', column: 'age', comparison: 'at-least', values: [] },
      { kind: 'blanks', column: 'age', more: 1 },
      { kind: 'burn', column: 'age' },
    ]) {
      expect(cleaningSchema.safeParse([bad]).success).toBe(false);
    }
  });

  it('has every step in words', () => {
    expect(describeMissing('age', ['-9'])).toBe('age: “-9” counts as no value');
    expect(describeMissing('age', ['-9', '99'])).toBe('age: “-9”, “99” count as no value');
    expect(describeMissing('age', [])).toBe('age: every value counts, whatever it looks like');
    expect(describeStep({ kind: 'merge', column: 's', from: ['a', 'b'], into: 'c' })).toBe('s: “a”, “b” become “c”');
    expect(describeStep({ kind: 'range', column: 'age', maximum: 9 })).toBe('age: numbers above 9 count as no value');
    expect(describeStep({ kind: 'rows', column: 's', comparison: 'is', values: ['a', 'b'] })).toBe(
      'Only rows where s is “a” or “b”',
    );
  });
});

describe('proposeMerges', () => {
  const label = (name: string, rows: number) => ({ label: name, rows });
  const merges = (...labels: { label: string; rows: number }[]) =>
    proposeMerges(labels).map(({ from, into }) => [from.map((one) => one.label), into.label]);

  it.each<[string, string[], [string[], string][]]>([
    [
      'other spellings of answers',
      ['yes', 'no', 'Y', 'N', 'TRUE', '0'],
      [
        [['Y', 'TRUE'], 'yes'],
        [['N', '0'], 'no'],
      ],
    ],
    [
      'answers of two languages',
      ['ja', 'nein', 'yes', 'no'],
      [
        [['yes'], 'ja'],
        [['no'], 'nein'],
      ],
    ],
    [
      'answers in Cyrillic',
      ['да', 'нет', 'Да', 'Нет'],
      [
        [['Да'], 'да'],
        [['Нет'], 'нет'],
      ],
    ],
    ['nothing where each is said in one way', ['да', 'нет'], []],
    ['nothing where others are among them', ['yes', 'no', 'y', 'maybe'], []],
    ['nothing of codes', ['1', '0', '2'], []],
  ])('proposes %s', (_, labels, expected) => {
    expect(merges(...labels.map((name, i) => label(name, 100 - i)))).toEqual(expected);
  });

  it('finds slips, and other spellings', () => {
    expect(merges(label('vic', 800), label('nsw', 700), label('VIC', 300), label('vci', 4), label('nws', 1))).toEqual([
      [['VIC', 'vci'], 'vic'],
      [['nws'], 'nsw'],
    ]);
    expect(merges(label('São Paulo', 90), label('sao  paulo', 80), label('Rio', 5))).toEqual([
      [['sao  paulo'], 'São Paulo'],
    ]);
  });

  it('leaves labels that are different: digits, short ones, and common ones', () => {
    expect(merges(label('ward 1', 900), label('ward 2', 3), label('F32', 900), label('F33', 2))).toEqual([]);
    expect(merges(label('wa', 900), label('sa', 9), label('f', 900), label('m', 3))).toEqual([]);
    expect(merges(label('male', 900), label('female', 800), label('north', 300), label('forth', 200))).toEqual([]);
  });

  const febrl = '../shared/data/febrl4_owner.csv';
  it.skipIf(!existsSync(febrl))('proposes nothing but slips among FEBRL’s states', async () => {
    const { table } = await readTable(new Blob([readFileSync(febrl)]), 'febrl4_owner.csv');
    const found = proposeMerges(countLabels(table, table.columns.indexOf('state')));
    for (const { from, into } of found) for (const one of from) expect(10 * one.rows).toBeLessThanOrEqual(into.rows);
    expect(found.flatMap(({ from }) => from.map((one) => one.label))).not.toContain('act');
  });
});
