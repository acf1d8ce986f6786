import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { CsvEncoding } from './encodings.ts';
import { readTable } from './read-table.ts';
import type { CsvOptions } from './table.ts';

function streamOf(bytes: Uint8Array, chunk: number): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset + chunk));
      offset += chunk;
    },
  });
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

function encode(text: string, encoding: CsvEncoding): Uint8Array {
  if (encoding === 'utf-16le') return utf16(text, true);
  if (encoding === 'utf-16be') return utf16(text, false);
  if (encoding === 'windows-1252') return Uint8Array.from(text, (c) => c.charCodeAt(0));
  return new TextEncoder().encode(text);
}

async function rowsOf(source: Blob | ReadableStream<Uint8Array>, options: Partial<CsvOptions> = {}) {
  const { table } = await readTable(source, 'people.csv', options);
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((_name, column) => table.value(column, row)),
  );
}

const read = (text: string, options: Partial<CsvOptions> = {}) => readTable(new Blob([text]), 'people.csv', options);

/** Fields that are hard on a CSV reader, but for blank rows and those that underline a header, which are not read. */
function tables(character: fc.Arbitrary<string>) {
  const field = fc.string({ unit: character, maxLength: 8 });
  return fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.array(
      fc
        .array(field, { minLength: width, maxLength: width })
        .filter((row) => row.some((value) => !/^\s*[-=_+]*\s*$/.test(value))),
      { minLength: 1, maxLength: 6 },
    ),
  );
}
const special = fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', ' ', "'", '=', '\ufeff', 'a', '1');
const latin = fc.oneof(
  special.filter((c) => c !== '\ufeff'),
  fc.constantFrom('é', 'ß', 'ÿ', '£'),
);
const unicode = fc.oneof(
  special,
  fc.constantFrom('é', 'Ω', '李', '😀', '\u0301'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);

describe('readTable', () => {
  it('reads back what was written, whatever the delimiter, line break, encoding and size of the pieces', async () => {
    const encodings = fc.constantFrom<CsvEncoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252');
    const cases = encodings.chain((encoding) =>
      fc.record({
        encoding: fc.constant(encoding),
        rows: tables(encoding === 'windows-1252' ? latin : unicode),
        delimiter: fc.constantFrom<CsvOptions['delimiter']>(',', ';', '\t', '|'),
        newline: fc.constantFrom('\n', '\r\n', '\r'),
        quotes: fc.boolean(),
        lastBreak: fc.boolean(),
        chunk: fc.integer({ min: 1, max: 40 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ encoding, rows, delimiter, newline, quotes, lastBreak, chunk }) => {
        const header = (rows[0] ?? []).map((_, i) => `h${i}`);
        const text = Papa.unparse([header, ...rows], { delimiter, newline, quotes }) + (lastBreak ? newline : '');
        const bytes = encode(text, encoding);
        const options = { encoding, delimiter, header: true };
        // A byte order mark before a row is none of its letters.
        const read = rows.map(([first = '', ...others]) => [first.replace(/^\ufeff/, ''), ...others]);
        expect(await rowsOf(streamOf(bytes, chunk), options)).toEqual(read);
        expect(await rowsOf(new Blob([new Uint8Array(bytes)]), options)).toEqual(read);
      }),
      { numRuns: 400 },
    );
  });

  it('reads rows that are cut at every place, far beyond the sample that detection looks at', async () => {
    const lines = Array.from({ length: 4000 }, (_, i) => `${i},"Zoë, ""${i}""\nO’Brien",Łódź 😀,"x\r"`);
    const bytes = encode(`id,name,city,note\r\n${lines.join('\r\n')}`, 'utf-8');
    const whole = await rowsOf(streamOf(bytes, bytes.length));
    expect(whole).toHaveLength(4000);
    expect(whole[3999]).toEqual(['3999', 'Zoë, "3999"\nO’Brien', 'Łódź 😀', 'x\r']);
    for (const chunk of [997, 4096, 65_537]) expect(await rowsOf(streamOf(bytes, chunk))).toEqual(whole);
    expect(await rowsOf(new Blob([new Uint8Array(bytes)]))).toEqual(whole);
  });

  it('reads a mixture of line breaks', async () => {
    expect(await rowsOf(new Blob(['name,age\r\nann,1\nbob,2\r\n"c,d",3\n"e",4\r\n']))).toEqual([
      ['ann', '1'],
      ['bob', '2'],
      ['c,d', '3'],
      ['e', '4'],
    ]);
  });

  it('finds a Latin-1 letter however late it comes', async () => {
    const text = `name,age\n${'ann,1\n'.repeat(30_000)}Zoë,2\n`;
    const { table, options, problems } = await readTable(
      new Blob([new Uint8Array(encode(text, 'windows-1252'))]),
      'people.csv',
    );
    expect(options.encoding).toBe('windows-1252');
    expect(table.value(0, 30_000)).toBe('Zoë');
    expect(problems).toEqual([]);
  });

  it('reports progress in bytes', async () => {
    const seen: number[] = [];
    const { bytes } = await readTable(new Blob(['name,age\nann,1']), 'people.csv', {}, (n) => seen.push(n));
    expect(bytes).toBe(14);
    expect(seen.at(-1)).toBe(14);
  });
});

describe('problems', () => {
  it('counts ragged and blank rows with the numbers that people see', async () => {
    const { table, problems } = await read('name,age,sex\nann,1\n\nbob,2,m\n,,\ncid,3,f,x\n');
    expect(problems.map(({ kind, count, rows }) => ({ kind, count, rows }))).toEqual([
      { kind: 'ragged-row', count: 1, rows: [1] },
      { kind: 'ragged-row', count: 1, rows: [5] },
      { kind: 'blank-row', count: 2, rows: [2, 4] },
    ]);
    expect(table.rowCount).toBe(3);
    expect([0, 1, 2].map((row) => table.rowNumber(row))).toEqual([1, 3, 5]);
    expect(table.value(2, 0)).toBe('');
    expect(table.value(2, 2)).toBe('f');
  });

  it('keeps the first 20 row numbers', async () => {
    const { problems } = await read(`name,age\n${'ann\n'.repeat(50)}`, { delimiter: ',' });
    expect(problems[0]?.count).toBe(50);
    expect(problems[0]?.rows).toHaveLength(20);
  });

  it('renames repeated columns and names nameless ones', async () => {
    const { table, problems } = await read('name,name,,name (2),name\na,b,c,d,e', { header: true });
    expect(table.columns).toEqual(['name', 'name (2)', 'column 3', 'name (2) (2)', 'name (3)']);
    expect(problems.map(({ kind, column }) => ({ kind, column }))).toEqual([
      { kind: 'repeated-column-name', column: 'name (2)' },
      { kind: 'repeated-column-name', column: 'name (2) (2)' },
      { kind: 'repeated-column-name', column: 'name (3)' },
    ]);
  });

  it('counts rows that cannot be decoded', async () => {
    const bytes = Uint8Array.from([...encode('name,age\nZoë,1\nZoë,2\nA', 'utf-8'), 0xff, ...encode(',3\n', 'utf-8')]);
    const { options, problems } = await readTable(new Blob([bytes]), 'people.csv');
    expect(options.encoding).toBe('utf-8');
    expect(problems).toMatchObject([{ kind: 'undecodable-text', count: 1, rows: [3] }]);
  });

  it('counts quotation marks that are not doubled', async () => {
    const { table, problems } = await read('name,age\n"the "Duke" of",1\nbob,2\n');
    expect(problems).toMatchObject([{ kind: 'stray-quote', count: 1, rows: [1] }]);
    expect(table.value(0, 1)).toBe('bob');
  });
});

describe('files that are no table', () => {
  const cases: [string, BlobPart, RegExp][] = [
    ['nothing', '', /people\.csv is empty/],
    ['blank lines', '\n\n \n', /nothing but blank lines/],
    ['a header alone', 'name,age\n', /header row and no row of data/],
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9]), /begins like a workbook/],
    ['binary data', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 32), /control characters/],
    ['a quote without end', 'name,age\nann,1\n"bob,2\ncid,3\n', /opened in row 2 is never closed/],
    [
      'a quote without end in a long file',
      `name,age\n"bob,2\n${'cid,3\n'.repeat(400_000)}`,
      /opened in row 1 is never/,
    ],
    ['one endless row', `name,age\nann,${'x'.repeat(35_000_000)}`, /row 1 does not end/],
    ['too many columns', `${Array.from({ length: 1001 }, (_, i) => `c${i}`).join(',')}\n1`, /1,001 columns/],
  ];
  it.each(cases)('says what is wrong with %s', async (_, content, message) => {
    const failure = await readTable(new Blob([content]), 'people.csv').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'TableError', message: expect.stringMatching(message) });
  });
});
