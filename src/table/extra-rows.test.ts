import { describe, expect, it } from 'vitest';
import { payloadValues } from './payload-values.ts';
import { readTable } from './read-table.ts';
import type { CsvOptions } from './table.ts';

const HEADER = 'name,born,region,income\n';
const GIVEN = 'Aino Bruno Chiara Dmitri Elif Fatou Goran Hilde Imre Joana Kaan Lova'.split(' ');
const INCOMES = GIVEN.map((_, i) => 2000 + 137 * i);
const ROWS = GIVEN.map(
  (name, i) => `${name},19${50 + i}-0${1 + (i % 9)}-1${i % 10},${['North', 'South', 'East'][i % 3]},${INCOMES[i]}`,
);
const PEOPLE = `${ROWS.join('\n')}\n`;
const SUM = INCOMES.reduce((a, b) => a + b);

const read = (text: string, options: Partial<CsvOptions> = {}) => readTable(new Blob([text]), 'people.csv', options);
const kinds = async (text: string) => (await read(text)).doubts.map(({ kind }) => kind);

/** Every file holds the same twelve people, and rows that are nobody. */
const NOBODY: readonly (readonly [string, string])[] = [
  ['a sum', `${HEADER}${PEOPLE}Total,,,${SUM}\n`],
  ['a sum named in another column', `${HEADER}${PEOPLE},,Total,${SUM}\n`],
  ['a sum without a name', `${HEADER}${PEOPLE},,,${SUM}\n`],
  ['a sum whose name stands in every column', `${HEADER}${PEOPLE}Total,Total,Total,${SUM}\n`],
  ['a sum with how many there are', `${HEADER}${PEOPLE}Total (12 persons),,,${SUM}\n`],
  ['a sum above', `${HEADER}Total,,,${SUM}\n${PEOPLE}`],
  ['a sum below a blank row', `${HEADER}${PEOPLE}\nTotal,,,${SUM}\n`],
  ['a sum beside words for nothing', `${HEADER}${PEOPLE}Total,-,-,${SUM}\n`],
  ['a mean', `${HEADER}${PEOPLE}Mean,,,${SUM / 12}\n`],
  ['a mean and its deviation', `${HEADER}${PEOPLE}Mittelwert,,,${SUM / 12}\nStandardabweichung,,,490\n`],
  ['how many there are', `${HEADER}${PEOPLE}N,,,12\n`],
  ['a sum and a note', `${HEADER}${PEOPLE}Total,,,${SUM}\nSource: the registry,,,\n`],
  ['notes', `${HEADER}${PEOPLE}\n* provisional\nSource: the registry\n`],
  ['comments', `${HEADER}${PEOPLE}# exported 2020-01-01\n# 12 rows\n`],
  ['a comment in the midst', `${HEADER}${[...ROWS.slice(0, 5), '# moved', ...ROWS.slice(5), ''].join('\n')}`],
  ['what databases say', `${HEADER}${PEOPLE}\n(12 rows affected)\n`],
  ['a mark of the end', `${HEADER}${PEOPLE}*** END OF REPORT ***,,,\n`],
  ['a trailer', `${HEADER}${PEOPLE}TRL,12\n`],
  ['half of a person', `${HEADER}${PEOPLE}Zed Zim,1950-0`],
  ['units', `${HEADER},yyyy-mm-dd,,EUR\n${PEOPLE}`],
  ['types', `${HEADER}text,date,text,number\n${PEOPLE}`],
  ['questions', `${HEADER}Who are you?,When were you born?,Where do you live?,What do you earn?\n${PEOPLE}`],
  [
    'questions and what a program calls them',
    `${HEADER}Who?,When?,Where?,What?\n"{""id"":""Q1""}","{""id"":""Q2""}","{""id"":""Q3""}","{""id"":""Q4""}"\n${PEOPLE}`,
  ],
  ['another table', `${HEADER}${PEOPLE}\nregion,people\nNorth,4\nSouth,4\n`],
  [
    'another table, of words',
    `${HEADER}${PEOPLE}\nregion,long,of,\nNorth,Northern wards,X,\nSouth,Southern wards,X,\n`,
  ],
  ['a sum of each half', `${HEADER}${halved('Subtotal 1,,,16000', 'Subtotal 2,,,17000')}Grand total,,,33000\n`],
  [
    'sums as spreadsheets make them',
    `${HEADER}${halved(',,North Total,16000', ',,South Total,17000')},,Grand Total,33000\n`,
  ],
  ...'Summe Gesamtsumme Insgesamt Totale Totaal Totalt Suma Razem Celkem Összesen Toplam Yhteensä Ukupno Итого Всего Σύνολο 合计 合計 총계 المجموع कुल'
    .split(' ')
    .map((word): [string, string] => [word, `${HEADER}${PEOPLE}${word},,,${SUM}\n`]),
];

function halved(first: string, second: string): string {
  return [...ROWS.slice(0, 6), first, ...ROWS.slice(6), second, ''].join('\n');
}

describe('rows that are nobody', () => {
  it.each(NOBODY)('%s: a person is asked', async (_, text) => expect(await kinds(text)).toEqual(['extra-rows']));

  it.each(NOBODY)('%s: left out where they say so', async (_, text) => {
    const { table, options, doubts, problems } = await read(text, { extraRows: 'skip' });
    expect(doubts).toEqual([]);
    expect(options.extraRows).toBe('skip');
    expect(Array.from({ length: table.rowCount }, (__, row) => table.value(0, row))).toEqual(GIVEN);
    expect(problems.map(({ kind }) => kind)).toContain('extra-rows');
    const { units } = payloadValues(table, 3, { minimum: 0, maximum: 10_000, decimals: 0 });
    expect(units.reduce((a, b) => a + b)).toBe(SUM);
  });

  it('are people where they say so', async () => {
    const { table, doubts } = await read(`${HEADER}${PEOPLE}Total,,,${SUM}\n`, { extraRows: 'read' });
    expect(table.rowCount).toBe(13);
    expect(doubts).toEqual([]);
  });

  it('are shown with their numbers, which those of people keep', async () => {
    const text = `${HEADER}${halved('Subtotal,,,16000', 'Subtotal,,,17000')}`;
    const [doubt] = (await read(text)).doubts;
    expect(doubt?.message).toContain('2 rows look like sums');
    expect(doubt?.message).toContain('row 7 (“Subtotal”, “16000”), row 14');
    const { table } = await read(text, { extraRows: 'skip' });
    expect(table.rowNumber(6)).toBe(8);
  });

  it('are all of the tables below, however long', async () => {
    const wards = Array.from({ length: 300 }, (_, i) => `Ward ${i},${i},,\n`);
    const below = `\nward,people,,\n${wards.join('')}\nward,beds,,\n${wards.slice(0, 9).join('')}`;
    const { table, problems } = await read(`${HEADER}${PEOPLE.repeat(40)}${below}`, { extraRows: 'skip' });
    expect(table.rowCount).toBe(480);
    expect(problems).toContainEqual(expect.objectContaining({ kind: 'extra-rows', count: 311 }));
  });

  it.each([
    ['from the beginning', 2000],
    ['after more rows than words are looked for in', 11_000],
  ])('are found in the whole file, where there are such rows %s', async (_, each) => {
    const people = Array.from({ length: 22_000 }, (__, i) => `${ROWS[i % 12]}\n`);
    const text = people.map((row, i) => (i % each === each - 1 ? `${row}Subtotal,,,${i}\n` : row)).join('');
    const { table, problems } = await read(`${HEADER}${text}Total,,,60577000\n`, { extraRows: 'skip' });
    expect(problems).toMatchObject([{ kind: 'extra-rows', count: 22_000 / each + 1 }]);
    expect(table.rowCount).toBe(22_000);
  });
});

describe('sums of tables that have little else', () => {
  const pairs = GIVEN.map((name, i) => `${name},${i + 5}\n`).join('');
  const numbers = GIVEN.map((_, i) => `${1000 + i},${i},${2 * i}\n`).join('');
  it.each<[string, string]>([
    ['of two columns', `name,income\n${pairs}Total,126\n`],
    ['of two columns, not of these rows', `name,income\n${pairs}Total,1260\n`],
    ['of two columns, without a name', `name,income\n${pairs},126\n`],
    ['of decimal commas', `name;income\n${GIVEN.map((name, i) => `${name};${i + 5},5\n`).join('')}Summe:;132,0\n`],
    ['of numbers alone', `id,x,y\n${numbers}Total,66,132\n`],
    ['of numbers alone, without a name', `id,x,y\n${numbers},66,132\n`],
    ['of two people', `${HEADER}${ROWS[0]}\n${ROWS[1]}\nTotal,,,4137\n`],
    [
      'in the ninth column',
      `a,b,c,d,e,f,g,name,label,income\n${GIVEN.map((name, i) => `1,2,3,4,5,6,7,${name},x${i % 3},${i}\n`).join('')},,,,,,,,Total,66\n`,
    ],
    ['that is called all people', `${HEADER}${PEOPLE}Alle Personen,1950-1961,alle,${SUM}\n`],
    ['that is a mean with a word for nothing', `${HEADER}${PEOPLE}Average,1955-06-15,n/a,2753\n`],
    [
      'that is a sentence',
      `name,born\n${GIVEN.map((name, i) => `${name},19${50 + i}-01-01\n`).join('')}As of 1 January 2020. Confidential.,\n`,
    ],
  ])('%s', async (_, text) => expect(await kinds(text)).toEqual(['extra-rows']));
});

describe('people', () => {
  it.each<[string, string]>([
    ['all of whom have everything', `${HEADER}${PEOPLE}`],
    ['of whom the last lacks a date', `${HEADER}${PEOPLE}Mats,,North,2000\n`],
    [
      'of whom the last has a name alone, beside a date',
      `name,born\n${GIVEN.map((n, i) => `${n},19${50 + i}-01-02\n`).join('')}Mats,\n`,
    ],
    [
      'called Total, Mean and Sum',
      `${HEADER}Total,1950-01-02,North,1\nMean,1951-02-03,South,2\nSum,1952-03-04,East,3\n${PEOPLE}`,
    ],
    ['half of whom lack most', `${HEADER}${GIVEN.map((n, i) => (i % 2 ? `${n},,,\n` : `${ROWS[i]}\n`)).join('')}`],
    ['of whom many at the end lack most', `${HEADER}${PEOPLE}${GIVEN.map((n) => `${n},,,\n`).join('')}`],
    [
      'in groups of which one is all of them',
      `group,value\n${GIVEN.map((_, i) => `${['men', 'women', 'total'][i % 3]},${i}\n`).join('')}`,
    ],
    [
      'called Mean and Sum who lack a date',
      `given,family,born,town,sex\n${GIVEN.map((name, i) => `${name},Berg,19${50 + i}-01-02,York,f\n`).join('')}Mean,Sum,,York,f\nSum,Chan,1980-01-02,,m\n`,
    ],
    ['of whom the last earns most', `name,income\n${GIVEN.map((name, i) => `${name},${i + 5}\n`).join('')}Mats,900\n`],
    [
      'of whom one is called Sum and earns little',
      `name,income\n${GIVEN.map((name, i) => `${name},${i + 5}\n`).join('')}Sum,9\n`,
    ],
    ['of whom the last has no name', `name,income\n${GIVEN.map((name, i) => `${name},${i + 5}\n`).join('')},9\n`],
    [
      'of whom the last has as many events as all others, and no region',
      `name,region,events\n${GIVEN.map((name, i) => `${name},North,${i === 4 ? 1 : 0}\n`).join('')}Mats,,1\n`,
    ],
    [
      'none of whom has an event, and the last no region',
      `name,region,events\n${GIVEN.map((name) => `${name},North,0\n`).join('')}Mats,,0\n`,
    ],
    [
      'counted from 1, of whom one of the last had a total replacement',
      `id,name,procedure\n${GIVEN.map((name, i) => `${i + 1},${name},Biopsy\n`).join('')}13,Mats,Total hip replacement\n`,
    ],
    [
      'of whom the first and another will not say',
      `name,town,income\nMats,Bergen,secret\n${GIVEN.map((name, i) => `${name},York,${i === 4 ? 'secret' : i}\n`).join('')}`,
    ],
    [
      'of whom the first will not say, and lives where others do',
      `name,town,income\nMats,Bergen,secret\n${GIVEN.map((name, i) => `${name},Bergen,${i}\n`).join('')}`,
    ],
    ['the last of whom lack a date, below a blank row', `${HEADER}${PEOPLE}\nMats,,North,2000\nAda,,South,1900\n`],
    ['whose columns are all words', `name,town\n${GIVEN.map((n) => `${n},Bergen\n`).join('')}`],
    ['in one column', `name\n${GIVEN.join('\n')}\n`],
  ])('%s: nothing is asked', async (_, text) => expect(await kinds(text)).toEqual([]));
});

describe('several rows of names', () => {
  it('over others that name every column are passed over, and said', async () => {
    const { table, options, problems, doubts } = await read(`Person,,Survey,\n${HEADER}${PEOPLE}`);
    expect(table.columns).toEqual(['name', 'born', 'region', 'income']);
    expect(options.skip).toBe(1);
    expect(doubts).toEqual([]);
    expect(problems).toMatchObject([{ kind: 'lines-above', message: expect.stringContaining('Person Survey') }]);
  });

  it('are the header again in other letters, where files were put together', async () => {
    const { table, problems } = await read(`${HEADER}${PEOPLE}Name,Born,Region,Income\n${PEOPLE}`);
    expect(table.rowCount).toBe(24);
    expect(problems).toMatchObject([{ kind: 'header-again', rows: [13] }]);
  });
});
