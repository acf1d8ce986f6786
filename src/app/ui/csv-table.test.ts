import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../clk/schema-reading.ts';
import { defaultSchema } from '../../sample/default-schema.ts';
import { chooseColumns, chosenRows, leftOutWords } from './column-choice.ts';
import { columnValues, readCsvTable, rowsAt, tableRows } from './csv-table.ts';
import { problemRow, raggedProblems } from './data-problem-rows.ts';

const CSV = 'id,name,town\n1,Ann,Ulm\n2,"Bo, jr",Bonn\n3,Cy\n\n';

describe('readCsvTable', () => {
  it('looks a table over: header, rows, ragged rows', async () => {
    const table = await readCsvTable('people.csv', CSV);
    expect(table).toMatchObject({ hasHeader: true, columns: ['id', 'name', 'town'], rows: 4 });
    expect(table.raggedRows).toEqual({
      count: 2,
      first: [
        { row: 2, values: 2 },
        { row: 3, values: 0 },
      ],
    });
    expect(raggedProblems(table).map(({ row, message }) => `${row} ${message}`)).toEqual([
      '3 It has 2 values; 3 are expected. Look for a missing comma, or a quote that is not closed.',
      '4 It is a blank line. Remove it.',
    ]);
    expect([...tableRows(table)][1]).toEqual(['2', 'Bo, jr', 'Bonn']);
    expect(await columnValues(table, 2)).toEqual(['Ulm', 'Bonn', '', '']);
    expect(await rowsAt(table, new Set([1]))).toEqual(new Map([[1, ['2', 'Bo, jr', 'Bonn']]]));
  });

  it('numbers columns where there is no header', async () => {
    const table = await readCsvTable('people.csv', '1,Ann\n2,Bo\n', { hasHeader: false });
    expect(table).toMatchObject({
      columns: ['Column 1', 'Column 2'],
      rows: 2,
      preview: [
        ['1', 'Ann'],
        ['2', 'Bo'],
      ],
    });
  });

  it('says what to do about files it cannot read', async () => {
    await expect(readCsvTable('a.csv', '')).rejects.toThrow('a.csv is empty');
    await expect(readCsvTable('a.csv', 'name;town\nAnn;Ulm\nBo;Bonn\n"Cy;Kiel\n')).rejects.toThrow('never closed');
  });

  it.each([';', '\t', '|'])('reads what is parted by %j, below lines that are not of the table', async (sign) => {
    const text = 'Patients of 2024\n\nname,dob\nAnn,"1980-01-02"\n"Bo, ""jr""",1981-02-03\n'.replace(/,(?! )/g, sign);
    const table = await readCsvTable('people.csv', `\ufeff${text}`);
    expect(table).toMatchObject({ columns: ['name', 'dob'], rows: 2, hasHeader: true });
    expect(table.said.join(' ')).toMatch(/separated by .* 1 line above/);
    expect([...tableRows(table)]).toEqual([
      ['Ann', '1980-01-02'],
      ['Bo, "jr"', '1981-02-03'],
    ]);
    const again = await readCsvTable('people.csv', table.text, { hasHeader: false, said: table.said });
    expect(again).toMatchObject({ rows: 3, said: table.said });
  });

  const PEOPLE = Array.from({ length: 12 }, (_, i) => `Ann${i},19${50 + i}-01-02,${2000 + 9 * i}\n`).join('');
  const MANY = PEOPLE.repeat(1000);

  it.each([
    ['below a few', `${PEOPLE}Total,,12\n`, '“Total”, “12”', 13],
    ['below many', `${MANY}Total,,12000\n`, '“Total”, “12000”', 12_001],
    ['amid many', `${MANY}Subtotal,,12000\n${MANY}`, '“Subtotal”, “12000”', 12_001],
    ['below a blank row', `${PEOPLE}\nTotal,,12\n`, '“Total”, “12”', 14],
  ])('says which rows look like nobody: a sum %s', async (_, rows, values, number) => {
    const { extraRows } = await readCsvTable('people.csv', `name,born,income\n${rows}`);
    expect(extraRows).toContain(`row ${number} (${values})`);
  });

  it('says which rows are the header again', async () => {
    const { extraRows } = await readCsvTable('people.csv', `name,born,income\n${PEOPLE}name,born,income\n${PEOPLE}`);
    expect(extraRows).toBe('1 row is the header again: 13.');
  });

  it.each([
    ['a few', PEOPLE],
    ['many, some of whom lack most', `${MANY}Eve,,\n${MANY}`],
  ])('says so of nobody among %s', async (_, rows) => {
    expect((await readCsvTable('people.csv', `name,born,income\n${rows}`)).extraRows).toBeUndefined();
  });

  it('leaves a text alone that is parted by commas', async () => {
    expect(await readCsvTable('people.csv', CSV)).toMatchObject({ text: CSV, said: [] });
  });
});

describe('chooseColumns', () => {
  const schema = defaultSchema([
    { name: 'town', use: 'text' },
    { name: 'key', use: 'ignore' },
    { name: 'name', use: 'name' },
  ]);

  it('finds columns by name, in any order, and leaves others out', async () => {
    const table = await readCsvTable('people.csv', CSV);
    const choice = chooseColumns(schema, table);
    expect(choice).toEqual({ columns: [2, undefined, 1], leftOut: ['id'], problems: [] });
    expect(leftOutWords(choice)).toBe('Not in the schema and left out: “id”.');
    expect([...chosenRows(table, choice)].slice(0, 3)).toEqual([
      ['Ulm', '', 'Ann'],
      ['Bonn', '', 'Bo, jr'],
      ['', '', 'Cy'],
    ]);
  });

  it('names what is missing, and what was likely meant', () => {
    const { problems } = chooseColumns(schema, { columns: ['Town', 'name'], hasHeader: true });
    expect(problems).toEqual([
      'The file has no column “town”, which the schema encodes. There is a column “Town”: write both names alike. Rename the column, or correct the schema.',
    ]);
  });

  it('goes by place without a header', () => {
    expect(chooseColumns(schema, { columns: ['1', '2', '3'], hasHeader: false }).columns).toEqual([0, 1, 2]);
    expect(chooseColumns(schema, { columns: ['1'], hasHeader: false }).problems).toHaveLength(1);
  });
});

describe('defaultSchema', () => {
  it('is valid and spends the same bits on any table', () => {
    const schema = defaultSchema([
      { name: 'id', use: 'ignore' },
      { name: 'given', use: 'name' },
      { name: 'born', use: 'date' },
      { name: 'sex', use: 'category' },
    ]);
    expect(checkSchema(schema).problems).toEqual([]);
    const bits = schema.features.map((f) =>
      f.ignored || !('bitsPerFeature' in f.hashing.strategy) ? 0 : f.hashing.strategy.bitsPerFeature,
    );
    expect(bits).toEqual([0, 263, 263, 88]);
  });
});

describe('problemRow', () => {
  it('takes the place out of the message', () => {
    const message = 'Row 3, column "age": "x" is no whole number. Correct it.';
    expect(problemRow({ kind: 'value', row: 2, column: 'age', value: 'x', message, clkhash: '' })).toEqual({
      row: 3,
      column: 'age',
      value: 'x',
      message: '"x" is no whole number. Correct it.',
    });
  });
});
