import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';

const GIVEN = 'Pia Quentin Runa Sami Tove Ulf Vera Wim Xenia Yusuf Zita Arne'.split(' ');
const HEADER = 'name,born,ward,protein';
const PEOPLE = GIVEN.map((name, i) => `${name},19${60 + i}-0${1 + (i % 9)}-1${i % 9},${'ABC'[i % 3]},${20.5 + i}`);
const WORDS = GIVEN.map((name, i) => `${name},${['Moss', 'Ski', 'Ås'][i % 3]},${['blue', 'green'][i % 2]}`);

const read = (lines: readonly string[], options = {}) =>
  readTable(new Blob([`${lines.join('\n')}\n`]), 'people.csv', options);

describe('rows between a header and the first person', () => {
  it.each<[string, string]>([
    ['units with digits', '-,yyyy-mm-dd,-,mg/24h'],
    ['one unit alone', ',,,mg/m2'],
    ['types of a program', 'string,date,string,float64'],
    ['types of a database', 'varchar(20),date,varchar(5),"decimal(8,2)"'],
    ['formats of SAS', '$20.,DATE9.,$3.,BEST12.'],
    ['an example', 'e.g. Max,e.g. 1980-01-31,e.g. A,e.g. 25.5'],
    ['a German example', 'z. B. Max,z. B. 1980-01-31,z. B. A,z. B. 25.5'],
    ['numbers of columns', '1,2,3,4'],
    ['numbers of columns in parentheses', '(1),(2),(3),(4)'],
    ['kinds of answers', 'Open-ended response,,Response,'],
    ['names in another language', 'Name,Geburtsdatum,Station,Eiweiß'],
  ])('%s: a person is asked', async (_, row) => {
    const { doubts } = await read([HEADER, row, ...PEOPLE]);
    expect(doubts.map(({ kind }) => kind)).toEqual(['extra-rows']);
    const { table } = await read([HEADER, row, ...PEOPLE], { extraRows: 'skip' });
    expect([...table.values(0)]).toEqual(GIVEN);
  });

  it.each<[string, string[]]>([
    ['questions', ['What is your name?,Where do you live?,Which colour do you like?']],
    ['names below codes', ['Vorname,Wohnort,Lieblingsfarbe']],
    [
      'questions, and what a survey’s program calls them',
      [
        'Who are you?,Where from?,Which colour?',
        '"{""ImportId"":""Q1""}","{""ImportId"":""Q2""}","{""ImportId"":""Q3""}"',
      ],
    ],
  ])('of words alone, %s: a person is asked', async (_, rows) => {
    const { table, doubts } = await read(['V1,V2,V3', ...rows, ...WORDS], { extraRows: 'skip', header: true });
    expect(doubts).toEqual([]);
    expect([...table.values(0)]).toEqual(GIVEN);
  });

  it.each<[string, string[]]>([
    [
      'with a house number',
      ['given,family,house', 'Bea,Falk,A4', ...GIVEN.map((name, i) => `${name},Berg${i},${i + 1}`)],
    ],
    [
      'with a house number, and others of theirs alone',
      ['given,town,house', 'Bea,Moss,4b', ...GIVEN.map((name, i) => `${name},${['Ski', 'Ås'][i % 2]},${i + 1}`)],
    ],
    ['who lacks a date and a number', [HEADER, 'Bea,,Q,', ...PEOPLE]],
    [
      'who lacks them among names that are all different',
      [
        'given,family,born,pay',
        'Bea,Falk,,',
        ...GIVEN.map((name, i) => `${name},Berg${'klmnopqrstuv'[i]},1980-0${1 + (i % 9)}-11,${900 + i}`),
      ],
    ],
    ['who is a person with a code', [HEADER, 'Bea,1970-02-03,B2,27.5', ...PEOPLE]],
    ['who lacks a date', [HEADER, 'Bea,,B,27.5', ...PEOPLE]],
    ['who lacks a number', [HEADER, 'Bea,1970-02-03,B,n/a', ...PEOPLE]],
    ['who lives in a street', ['name,address', 'Bea,Park Street', ...GIVEN.map((name, i) => `${name},${i} Hill Road`)]],
    ['whose name is a word of headers', ['given,family,town', 'Rose,Ward,Moss', ...WORDS]],
    ['who asks, as others do', ['name,remark', 'Bea,why?', ...GIVEN.map((name) => `${name},how?`)]],
  ])('say nothing about a first row %s', async (_, lines) => expect((await read(lines)).doubts).toEqual([]));

  it('are no names where a person said that there is no header', async () => {
    const { doubts } = await read(['Vorname,Wohnort,Lieblingsfarbe', ...WORDS], { header: false });
    expect(doubts).toEqual([]);
  });
});

describe('a header of numbers and times', () => {
  it.each([['0,1,2'], ['1,2,3']])('that count its columns may be one: %s', async (header) => {
    const numbers = GIVEN.map((_, i) => `${i},${3 * i},${7 * i}`);
    const { options, doubts } = await read([header, ...numbers]);
    expect([options.header, doubts.map(({ kind }) => kind)]).toEqual([true, ['header']]);
  });

  it.each(['2019-01,2019-02', '2019Q1,2019 Q2', '2019/20,2020/21', '01/2019,02/2019'])('is one: %s', async (months) => {
    const { options, doubts } = await read([
      `name,id,${months}`,
      ...GIVEN.map((name, i) => `${name},${i},${2 * i},${3 * i}`),
    ]);
    expect([options.header, doubts]).toEqual([true, []]);
  });

  it('is one where questions have codes', async () => {
    const { options, doubts } = await read([
      'id. Number,G01Q01. How old are you?,G01Q02. Town',
      ...GIVEN.map((_, i) => `${i + 1},${20 + i},Moss`),
    ]);
    expect([options.header, doubts]).toEqual([true, []]);
  });

  it.each(['hba1c,vitamin_b12_level', 'ICD10 score,CO2 (mmol/l)'])(
    'has terms with digits over numbers: %s',
    async (terms) => {
      const { options, doubts } = await read([
        `name,${terms}`,
        ...GIVEN.map((name, i) => `${name},${4 + i / 2},${200 + i}`),
      ]);
      expect([options.header, doubts]).toEqual([true, []]);
    },
  );

  it('is none where the first person has a code over numbers, and others what comes again', async () => {
    const { options, doubts } = await read(['Ann,AB12,Moss', ...GIVEN.map((name, i) => `${name},${i},Moss`)]);
    expect(options.header ? doubts.map(({ kind }) => kind) : ['header']).toContain('header');
  });

  it('stands below what a program says of its export', async () => {
    const { table, problems, doubts } = await read([
      'EXTF,700,21,Export',
      'Name,Geburtsdatum,Station,Gewicht',
      ...PEOPLE,
    ]);
    expect([table.columns[1], table.rowCount, doubts]).toEqual(['Geburtsdatum', 12, []]);
    expect(problems.map(({ kind }) => kind)).toEqual(['lines-above']);
  });

  it('stands below titles in two cells', async () => {
    const titles = ['Report,Patients,,', 'Date,2024-02-01,,'];
    const { table, doubts } = await read([...titles, HEADER, ...PEOPLE]);
    expect([table.columns.join(), table.rowCount, doubts]).toEqual([HEADER, 12, []]);
  });
});

describe('a sum past ten thousand rows', () => {
  const many = Array.from({ length: 12_000 }, (_, i) => PEOPLE[i % 12] as string);
  it.each([
    ['of a table that has no other', 'Subtotal,,,4711'],
    ['whose word stands in another column', ',,Subtotal,4711'],
    ['that is a comment', '# moved,,,'],
    ['whose cells hold dashes', 'Total,-,-,900000'],
    ['whose cells hold long dashes', 'Total,–,—,900000'],
    ['whose cells hold blanks', 'Total, ,   ,900000'],
  ])('%s is seen', async (_, row) => {
    const { doubts } = await read([HEADER, ...many.slice(0, 11_000), row, ...many.slice(11_000)]);
    expect(doubts[0]?.message).toContain('row 11001 ');
  });

  it.each(['-,-', ' , ', 'n/a,n/a', '.,.', '—,–', 'unknown,N/A'])(
    'is seen beside %s where another stands above',
    async (none) => {
      const sums = [...many.slice(0, 50), 'Total,,,900000', ...many.slice(50, 11_000), `Total,${none},900000`];
      const { doubts } = await read([HEADER, ...sums, ...many.slice(11_000)]);
      expect(doubts[0]?.message).toMatch(/\b51\b.*\b11002\b/);
    },
  );

  it('is none where people lack as much', async () => {
    const { doubts } = await read([HEADER, ...many.slice(0, 11_000), 'Ann,,,4711', ...many.slice(11_000)]);
    expect(doubts).toEqual([]);
  });
});
