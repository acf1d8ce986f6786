import { describe, expect, it } from 'vitest';
import { applyCleaning } from './apply-cleaning.ts';
import { type Cleaning, describeStep } from './cleaning.ts';
import { joinedDate } from './joined-date.ts';
import { readTable } from './read-table.ts';
import { summarise } from './summary.ts';

const nobody = (table: { rowCount: number }) => Uint32Array.from({ length: table.rowCount }, (_, row) => row);

async function cleaned(text: string, cleaning: Cleaning) {
  const { table } = await readTable(new Blob([text]), 'people.csv', { header: true });
  const after = applyCleaning(table, cleaning, nobody);
  return { ...after, last: [...after.table.values(after.table.columns.length - 1)] };
}

describe('joinedDate', () => {
  it.each([
    [['1980', '2', '3'], '1980-02-03'],
    [['1980.0', '02.0', '3.0'], '1980-02-03'],
    [['80', '2', '3'], '1980-02-03'],
    [['05', '2', '3'], '2005-02-03'],
    [['1980', 'Feb', '3'], '1980-02-03'],
    [['1980', 'März', '3'], '1980-03-03'],
    [['١٩٨٠', '٢', '٣'], '1980-02-03'],
    [['1980', '', '3'], '1980-00-03'],
    [['1980', '', ''], '1980-00-00'],
    [['', '2', '3'], '0000-02-03'],
    [['', '', ''], ''],
    [['soon', 'then', 'now'], ''],
  ])('of %j is %j', ([year = '', month = '', day = ''], date) => {
    expect(joinedDate(year, month, day, 2026)).toBe(date);
  });
});

describe('columns that steps add', () => {
  const text = 'name,by,bm,bd,seen\nann,1980,2,3,2020-05-06\nbob,NA,4,5,\ncid,1990,12,31,1.2.2019\n';
  const date = { kind: 'date', column: 'born', year: 'by', month: 'bm', day: 'bd' } as const;

  it('are a date of three others, without what stands for no value', async () => {
    const { table, effects, last } = await cleaned(text, [date]);
    expect(table.columns).toEqual(['name', 'by', 'bm', 'bd', 'seen', 'born']);
    expect(last).toEqual(['1980-02-03', '0000-04-05', '1990-12-31']);
    expect([0, 1, 2].map((row) => table.value(5, row))).toEqual(last);
    expect(effects).toEqual([{ changed: 3 }]);
  });

  it('are the years of a date', async () => {
    const { last } = await cleaned(text, [{ kind: 'year', column: 'year', of: 'seen' }]);
    expect(last).toEqual(['2020', '', '2019']);
  });

  it('go through the steps after them like any other', async () => {
    const rows = { kind: 'rows', column: 'born', comparison: 'at-least', values: ['1985-01-01'] } as const;
    const { table, last } = await cleaned(text, [date, rows, { kind: 'year', column: 'year', of: 'born' }]);
    expect(last).toEqual(['1990']);
    expect(table.rowNumber(0)).toBe(3);
  });

  it('are refused where their parts are not there, or their name is', async () => {
    await expect(cleaned(text, [{ ...date, day: 'tag' }])).rejects.toThrow('no column “tag”');
    await expect(cleaned(text, [{ ...date, column: 'seen' }])).rejects.toThrow('has a column “seen” already');
  });

  it('are said in words', () => {
    expect(describeStep(date)).toBe('by, bm and bd are one date, “born”');
    expect(describeStep({ kind: 'year', column: 'year', of: 'seen' })).toBe('The years of seen are a column, “year”');
  });
});

describe('parts of one date', () => {
  const values = (row: number) => [1950 + row, 1 + (row % 12), 1 + (row % 28)];
  it.each([
    ['by,bm,bd', true],
    ['birth_year,birth_month,birth_day', true],
    ['dob_y,dob_m,dob_d', true],
    ['Geburtsjahr,Geburtsmonat,Geburtstag', true],
    ['anio_nac,mes_nac,dia_nac', true],
    ['year,month,day', true],
    ['Jahr,Monat,Tag', true],
    ['rok,miesiac,dzien', true],
    ['by,ward,bd', false],
    ['income,visits,days', false],
  ])('are seen in %s: %s', async (header, are) => {
    const rows = Array.from({ length: 40 }, (_, row) => values(row).join(','));
    const read = await readTable(new Blob([`${header}\n${rows.join('\n')}\n`]), 'people.csv', { header: true });
    expect(summarise(read, 'people.csv').dateParts !== undefined).toBe(are);
  });

  it('are not seen in year, month and day of a visit beside a date of birth', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${values(row).join(',')},1980-01-1${row % 9}`);
    const read = await readTable(new Blob([`year,month,day,dob\n${rows.join('\n')}\n`]), 'people.csv', {
      header: true,
    });
    expect(summarise(read, 'people.csv').dateParts).toBeUndefined();
  });

  it.each([
    ['1980', { years: true }],
    ['1980-02-03', { dates: true }],
    ['80', {}],
  ])('hold %s: %j', async (value, expected) => {
    const read = await readTable(new Blob([`name,x\n${`ann,${value}\n`.repeat(9)}`]), 'people.csv', { header: true });
    const { years, dates } = summarise(read, 'people.csv').columns[1] ?? {};
    expect({ ...(years && { years }), ...(dates && { dates }) }).toEqual(expected);
  });
});
