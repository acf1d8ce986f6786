import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { summarise } from './summary.ts';

async function read(content: BlobPart, options = {}) {
  const { table, ...rest } = await readTable(new Blob([content]), 'people.csv', options);
  const rows = Array.from({ length: table.rowCount }, (_, row) => table.columns.map((_name, c) => table.value(c, row)));
  return { ...rest, table, columns: table.columns, rows, kinds: rest.problems.map(({ kind }) => kind) };
}

const PEOPLE = [
  ['ann', 'moor', '1980-01-02'],
  ['bob', 'kell', '1981-02-03'],
];
const HEADER = ['name', 'surname', 'dob'];
const BODY = 'ann,moor,1980-01-02\nbob,kell,1981-02-03\n';
const bytes = (...values: number[]) => Uint8Array.from(values);
const padded = (text: string, length: number) => text.padEnd(length, '\0');

describe('the same people in files of other shapes', () => {
  it.each<[string, BlobPart]>([
    ['as they should be', `name,surname,dob\n${BODY}`],
    ['two byte order marks', `\ufeff\ufeffname,surname,dob\n${BODY}`],
    ['a byte order mark before a quotation mark', `\ufeff"name","surname","dob"\n${BODY}`],
    ['a title', `Patients of 2024\n\nname,surname,dob\n${BODY}`],
    ['a title with delimiters', `Export, all wards, 2024\n\nname,surname,dob\n${BODY}`],
    ['a title that is padded', `Export,,\nname,surname,dob\n${BODY}`],
    ['who made it and when', `Source:,Ward A\nDate:,2024-01-02\nname,surname,dob\n${BODY}`],
    ['a line below the header', `name,surname,dob\n----,-------,----------\n${BODY}`],
    ['the header again', `name,surname,dob\nann,moor,1980-01-02\nname,surname,dob\nbob,kell,1981-02-03\n`],
    ['names with signs that show nothing', `name\u200b,surname\u00a0,\u2060dob\n${BODY}`],
    ['a byte order mark in the middle', `name,surname,dob\nann,moor,1980-01-02\n\ufeffbob,kell,1981-02-03\n`],
    [
      'a byte order mark and the header in the middle',
      `name,surname,dob\nann,moor,1980-01-02\n\ufeffname,surname,dob\nbob,kell,1981-02-03\n`,
    ],
    ['the end of a file of DOS', `name,surname,dob\r\n${BODY.replaceAll('\n', '\r\n')}\x1a`],
    ['carriage returns', `name,surname,dob\n${BODY}`.replaceAll('\n', '\r')],
    ['sep= and a title', `sep=;\nReport\n${`name,surname,dob\n${BODY}`.replaceAll(',', ';')}`],
    ['blanks before quotation marks', 'name, "surname", dob\nann, "moor",1980-01-02\nbob, "kell",1981-02-03\n'],
    ['parts that are packed one by one', Buffer.concat([gzipSync('name,surname,dob\n'), gzipSync(BODY)])],
  ])('%s', async (_, content) => {
    const found = await read(content);
    expect([found.columns, found.rows]).toEqual([HEADER, PEOPLE]);
    expect(found.doubts).toEqual([]);
  });

  it('with the numbers of rows, as R writes them', async () => {
    for (const text of [
      'name,surname,dob\n1,ann,moor,1980-01-02\n2,bob,kell,1981-02-03\n',
      '"name"\t"surname"\t"dob"\n"1"\t"ann"\t"moor"\t"1980-01-02"\n"2"\t"bob"\t"kell"\t"1981-02-03"\n',
    ]) {
      const { columns, rows, doubts, options } = await read(text);
      expect(columns).toEqual(['column 1', ...HEADER]);
      expect(rows.map((row) => row.slice(1))).toEqual(PEOPLE);
      expect(doubts).toEqual([]);
      expect(options.rowNames).toBe(true);
    }
  });
});

describe('rows with more fields than the header', () => {
  it.each<[string, string]>([
    ['names of rows that are not numbers', 'surname,income\nann,moor,10\nbob,kell,12\n'],
    ['decimal commas without quotation marks', 'name,income\nann,1,5\nbob,2,5\n'],
    ['another delimiter in the header', 'name,surname\nann;moor\nbob;kell\n'],
    ['quotation marks of another kind', "name,note\n'ann','a, b'\n'bob','c, d'\n"],
  ])('wait for a person: %s', async (_, text) => {
    const { doubts } = await read(text);
    expect(doubts.map(({ kind }) => kind)).toEqual(['width']);
    for (const { settings } of doubts[0]?.choices ?? []) expect((await read(text, settings)).doubts).toEqual([]);
  });

  it('are read as a person decides', async () => {
    const text = 'surname,income\nann,moor,10\nbob,kell,12\n';
    const named = await read(text, { rowNames: true });
    expect([named.columns, named.rows[0]]).toEqual([
      ['column 1', 'surname', 'income'],
      ['ann', 'moor', '10'],
    ]);
    const cut = await read(text, { rowNames: false });
    expect([cut.columns, cut.rows[0], cut.kinds]).toEqual([['surname', 'income'], ['ann', 'moor'], ['ragged-row']]);
  });

  it('ask nothing where they are seldom, or empty', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `p${i},${i}`).join('\n');
    expect((await read(`name,age\n${rows}\nzed,5,x\n`)).doubts).toEqual([]);
    expect((await read('name,surname,dob\nann,moor,1980-01-02,\nbob,kell,1981-02-03,\n')).doubts).toEqual([]);
  });
});

describe('files that are taken with a word', () => {
  it.each<[string, string, string]>([
    ['tildes between values', 'name~surname~dob\nann~moor~1980\nbob~kell~1981\n', 'one-column'],
    ['colons', 'name:surname\nann:moor\nbob:kell\n', 'one-column'],
    ['blanks in columns', 'name    surname\nann     moor\nbob     kell\n', 'one-column'],
    ['Chinese semicolons', '姓名；城市\n王伟；北京\n李娜；上海\n', 'one-column'],
    ['Arabic commas', 'الاسم،المدينة\nعلي،القاهرة\nمنى،طنطا\n', 'one-column'],
    ['a title', `Patients\n\nname,surname,dob\n${BODY}`, 'lines-above'],
    ['the header again', `name,surname,dob\n${BODY}name,surname,dob\n${BODY}`, 'header-again'],
    ['a note below', `name,surname,dob\n${BODY}\nSource: register\n`, 'ragged-row'],
    ['a broken character', 'name,ort\nJ\ufffdrgen,Ulm\nAnn,Bonn\n', 'undecodable-text'],
  ])('%s', async (_, text, kind) => expect((await read(text)).kinds).toContain(kind));

  it('nothing but names in one column', async () => {
    expect((await read('name\nann\nbob\n')).kinds).toEqual([]);
  });

  it.each([
    ['UTF-8 read as Windows-1252', 'JÃ¼rgen,KÃ¶ln', /wrong encoding before/],
    ['web pages', 'J&uuml;rgen,K&#246;ln', /as in web pages/],
    ['letters lost', 'J?rgen,K?ln', /letters were lost/],
  ])('letters of %s', async (_, row, message) => {
    const file = await readTable(new Blob([`name,ort\n${row}\nAnn,Ulm\n`]), 'people.csv', { header: true });
    const { problems } = summarise(file, 'people.csv');
    expect(problems.map((problem) => [problem.kind, problem.column])).toEqual([
      ['garbled-text', 'name'],
      ['garbled-text', 'ort'],
    ]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('letters that are right', async () => {
    const text = 'name,ort\nJürgen,Köln\nÂngela,São João\nAT&T;,who?\nÃngelo,Évora\n';
    const file = await readTable(new Blob([text]), 'people.csv', { header: true });
    expect(summarise(file, 'people.csv').problems).toEqual([]);
  });

  it('a header as long as an agreement can name', async () => {
    const { columns } = await read(`${'x'.repeat(300)},${'x'.repeat(300)}y\n1,2\n`, { header: true });
    expect(columns.map(({ length }) => length)).toEqual([200, 204]);
  });
});

describe('files that are refused by name', () => {
  it.each<[string, BlobPart, RegExp]>([
    ['a web page', '<html><table><tr><td>name</td></tr></table></html>', /a web page/],
    ['XML', '<?xml version="1.0"?><Workbook></Workbook>', /an XML file/],
    ['JSON', '[{"name":"ann"},{"name":"bob"}]', /a JSON file/],
    ['JSON by lines', '{"name":"ann"}\n{"name":"bob"}\n', /a JSON file/],
    ['RTF', '{\\rtf1 hello}\n', /a text document/],
    ['SQLite', 'SQLite format 3\0aaaa', /SQLite/],
    ['SPSS', '$FL2@(#) SPSS DATA FILE', /SPSS/],
    ['Stata', '<stata_dta><header>', /Stata/],
    ['R', gzipSync('RDX3\nX\n\0\0\0\x03'), /data file of R/],
    [
      'an archive in a .gz',
      gzipSync(`${padded('people.csv', 257)}ustar${padded('', 300)}name,a\n`),
      /archive \(\.tar\)/,
    ],
    ['an empty archive', bytes(0x50, 0x4b, 5, 6, ...new Array(18).fill(0)), /empty zipped file/],
    ['7z', bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), /\.7z/],
    ['bzip2', 'BZh91AY&SY', /\.bz2/],
    ['xz', bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), /\.xz/],
    ['zstd', bytes(0x28, 0xb5, 0x2f, 0xfd, 0, 0), /\.zst/],
    ['a picture', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 0), /a picture/],
    ['Stata of old', bytes(0x72, 0x02, 0x01, 0x00, 5, 0), /\.dta/],
    ['Feather of old', 'FEA1', /Feather/],
    ['SPSS portable', 'ASCII SPSS PORT FILE', /\.por/],
    ['contacts', 'BEGIN:VCARD\nFN:Ann\nEND:VCARD\n', /contacts/],
    ['nothing, packed', gzipSync(''), /is empty/],
  ])('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});

describe('columns that hold nothing', () => {
  const blanks = ','.repeat(1500);
  it.each<[string, string]>([
    ['beside header and rows', `name,surname\nann,moor\nbob,kell\n`.replaceAll('\n', `${blanks}\n`)],
    ['beside rows', `name,surname\nann,moor${blanks}\nbob,kell${blanks}\n`],
  ])('at the right are left out: %s', async (_, text) => {
    const { table, problems } = await readTable(new Blob([text]), 'people.csv');
    expect(table.columns).toEqual(['name', 'surname']);
    expect(problems).toEqual([]);
  });

  it('have a column where they hold something after all', async () => {
    const { table } = await readTable(new Blob(['name,surname,\nann,moor,\nbob,kell,x\n']), 'people.csv');
    expect(table.columns).toEqual(['name', 'surname', 'column 3']);
  });
});

describe('lines that are no rows are said', () => {
  const MORE = `${BODY}cy,dane,1975-03-04\ndi,ford,1990-04-05\n`;
  const summaryOf = async (text: string) => summarise(await readTable(new Blob([text]), 'people.csv'), 'people.csv');
  it.each<[string, string, string, number[]]>([
    ['a line below the header', `name  |  age\n------+-----\nann | 3\nbob | 4\ncid | 5\ndi | 6\n`, 'header-again', [1]],
  ])('%s', async (_, text, kind, rows) => {
    expect((await summaryOf(text)).problems).toEqual([expect.objectContaining({ kind, rows })]);
  });

  it('but not people without a date, nor somebody called Total', async () => {
    const text = `name,surname,dob\nTotal,moor,1980-01-02\nbob,kell,\ncy,dane,unknown\n${MORE}Sumner,,1990-01-02\n`;
    const { problems, doubts } = await summaryOf(text);
    expect([...problems, ...doubts]).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['a sign that no file has here', 'sep=~\nname~surname\nann~moor\nbob~kell\n', '“~”'],
    [
      'blanks that keep columns apart',
      'name        born       town\nAnn Moor    1980-01-02 York\nBob Kell    1981-01-02 Leeds\n',
      'blanks',
    ],
    ['tabs of the header, and blanks', 'name\tborn\nAnn Moor    1980-01-02\nBob Kell    1981-01-02\n', 'blanks'],
  ])('values parted by %s', async (_, text, sign) => {
    const { problems } = await readTable(new Blob([text]), 'people.csv', { header: true });
    expect(problems).toMatchObject([{ kind: 'one-column', message: expect.stringContaining(sign) }]);
  });

  it('a delimiter that the first line names, and the file has not', async () => {
    const { table } = await readTable(new Blob(['sep=;\nname,surname\nann,moor\nbob,kell\n']), 'people.csv');
    expect(table.columns).toEqual(['name', 'surname']);
  });

  it('names of columns that are not in the encoding', async () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('name,geb'),
      0xfc,
      ...new TextEncoder().encode(`rtig\n${'Ann,Köln\n'.repeat(40)}`),
    ]);
    const { problems } = await readTable(new Blob([bytes]), 'people.csv');
    expect(problems).toMatchObject([{ kind: 'undecodable-text', count: 1 }]);
  });

  it.each([',', ';', '\t', '|'])('lines that stand in quotation marks as a whole, parted by %j', async (sign) => {
    const text = `name,surname\nann,moor\nbob,kell\n`.replaceAll(',', sign).replace(/.+/g, '"$&"');
    const [problem] = (await summaryOf(text)).problems;
    expect(problem).toMatchObject({ kind: 'one-column', message: expect.stringContaining('around whole lines') });
  });
});
