import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { csvFile, writeCsv } from './csv-writer.ts';
import { numberOf, parseDecimal } from './numbers.ts';
import { readTable } from './read-table.ts';
import type { CsvOptions } from './table.ts';
import { boundedWorkbook, MAX_UNPACKED } from './unpacked-workbook.ts';

type Cell = string | number | Date | null;

async function workbook(sheets: readonly { name: string; rows: readonly (readonly Cell[])[] }[]): Promise<Blob> {
  const data = sheets.map(({ rows }) =>
    rows.map((row) => row.map((value) => (value instanceof Date ? { value, format: 'yyyy-mm-dd' } : { value }))),
  );
  const written = await writeXlsxFile(
    data.map((rows, i) => ({ data: rows, sheet: sheets[i]?.name ?? '' })) as never,
  ).toBuffer();
  return new Blob([new Uint8Array(written)]);
}

async function rowsOf(file: Blob, options: Partial<CsvOptions> = {}) {
  const { table, ...read } = await readTable(file, 'people.xlsx', options);
  const rows = Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((_name, column) => table.value(column, row)),
  );
  return { ...read, columns: table.columns, rows };
}

/** An archive whose part of 4 MiB is said to have another size. */
function archiveStating(parts: Readonly<Record<string, Uint8Array>>, size: number): Uint8Array<ArrayBuffer> {
  const archive = zipSync(parts);
  const view = new DataView(archive.buffer);
  for (let at = 0; at < archive.length - 46; at++) {
    const place = { 33639248: at + 24, 67324752: at + 22 }[view.getUint32(at, true)];
    if (place !== undefined && view.getUint32(place, true) === 1 << 22) view.setUint32(place, size, true);
  }
  return archive;
}

const header = ['name', 'born', 'income'];

describe('workbooks', () => {
  it('are read by their first sheet, or a chosen one', async () => {
    const file = await workbook([
      { name: 'People', rows: [header, ['Łukasz', new Date(Date.UTC(1980, 1, 3)), 1234.5], ['Zoë', null, 0.1]] },
      { name: 'Other', rows: [['code'], ['0123']] },
    ]);
    const first = await rowsOf(file);
    expect(first).toMatchObject({
      columns: header,
      sheets: ['People', 'Other'],
      doubts: [],
      options: { sheet: 'People' },
    });
    expect(first.rows).toEqual([
      ['Łukasz', '1980-02-03', '1234.5'],
      ['Zoë', '', '0.1'],
    ]);
    expect((await rowsOf(file, { sheet: 'Other' })).rows).toEqual([['0123']]);
    await expect(rowsOf(file, { sheet: 'Third' })).rejects.toThrow(/no sheet “Third”; it has “People”, “Other”/);
  });

  it('may have a title above the header', async () => {
    const file = await workbook([
      { name: 'A', rows: [['Patients of 2020', null, null], header, ['Ann', '1980-01-02', 5]] },
    ]);
    const { columns, problems } = await rowsOf(file);
    expect(columns).toEqual(header);
    expect(problems).toMatchObject([{ kind: 'lines-above', count: 1 }]);
  });

  it('are bounded by what they state, and by what they hold where they state less', async () => {
    const bytes = new Uint8Array(
      await (await workbook([{ name: 'A', rows: [header, ['Ann', '1980-01-02', 5]] }])).arrayBuffer(),
    );
    const stating = (size: number) => {
      const parts = unzipSync(bytes);
      return new Blob([archiveStating({ ...parts, 'xl/worksheets/sheet1.xml': new Uint8Array(1 << 22) }, size)]);
    };
    await expect(rowsOf(stating(1 << 30))).rejects.toThrow(/unpacks to more than 256 MB.* Save the sheet as CSV/);
    await expect(rowsOf(stating(1000))).rejects.toThrow(/cannot be read as one/);
    await expect(rowsOf(stating(0))).rejects.toThrow(/“xl.worksheets.sheet1.xml” in it is not what was packed/);
  });

  it('are handed on without parts that nobody unpacked, where these are large or state no size', () => {
    const workbook = { 'xl/workbook.xml': strToU8('<workbook/>') };
    const handedOn = (size: number) => {
      const archive = archiveStating({ ...workbook, 'xl/media/a.png': new Uint8Array(1 << 22) }, size);
      return Object.keys(unzipSync(boundedWorkbook(archive).bytes));
    };
    expect(handedOn(1 << 22)).toEqual(['xl/workbook.xml', 'xl/media/a.png']);
    expect(handedOn(0)).toEqual(['xl/workbook.xml']);
    expect(handedOn(MAX_UNPACKED)).toEqual(['xl/workbook.xml']);
  });

  it.each([
    [
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
      /reaches over 1,048,576 rows and 16,384 columns/,
    ],
    ['<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>', /a cell at 4000000000, where no sheet has one/],
    ['<row r="1"><c t="n" x=">" r="ZZZZZZ1"><v>1</v></c></row>', /a cell at ZZZZZZ1/],
    ['<row r="1"><x:c r="&#65;9"><v>1</v></x:c></row>', /a cell at &#65;9/],
  ])('are refused where their cells reach too far: %s', (xml, message) => {
    const bytes = zipSync({
      'xl/workbook.xml': strToU8('<workbook/>'),
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${xml}</sheetData></worksheet>`),
    });
    expect(() => boundedWorkbook(bytes)).toThrow(message);
  });

  it('may have formatted cells far out, and text that looks like cells', () => {
    const xml =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>row r="9999999999" c</t></is></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>';
    expect(() => boundedWorkbook(zipSync({ 'xl/workbook.xml': strToU8(''), 'a.xml': strToU8(xml) }))).not.toThrow();
  });

  it('are refused by name where they are none', async () => {
    await expect(rowsOf(new Blob([Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2)]))).rejects.toThrow(/cut off or damaged/);
    await expect(rowsOf(new Blob(['PAR1....']))).rejects.toThrow(/Parquet/);
    await expect(rowsOf(new Blob(['%PDF-1.7 ...']))).rejects.toThrow(/PDF/);
  });
});

describe('what our writer writes', () => {
  const cell = fc
    .string({ unit: fc.constantFrom('"', ',', ';', '\n', ' ', 'a', 'é', 'ł', '字', "'", '1'), maxLength: 6 })
    .map((text) => `x${text}`);

  it('is read back the same, as CSV, packed, and with titles above it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('', 'sep=,\r\n', '# made up\r\n'),
        async (rows, above) => {
          const text = `${above}${writeCsv(header, rows)}`;
          const options = { header: true, delimiter: ',' } as const;
          expect((await rowsOf(new Blob([text]), options)).rows).toEqual(rows);
          expect((await rowsOf(new Blob([new Uint8Array(gzipSync(text))]), options)).rows).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is read back the same in every encoding of Unicode, as a spreadsheet’s file, and with numbers as they were', async () => {
    const number = fc.oneof(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => Math.abs(value) > 1e-20),
    );
    const encode: Readonly<Record<string, (text: string) => Uint8Array>> = {
      'utf-8': (text) => new TextEncoder().encode(text),
      'utf-8 with a mark': (text) => new TextEncoder().encode(csvFile(`é${text}`).replace('é', '')),
      'utf-16le': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
      'utf-16be': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, number), { minLength: 2, maxLength: 6 }),
        fc.constantFrom(...Object.keys(encode)),
        fc.boolean(),
        async (rows, encoding, packed) => {
          const bytes = encode[encoding]?.(writeCsv(['name', 'score'], rows)) ?? new Uint8Array();
          const file = new Blob([packed ? new Uint8Array(gzipSync(bytes)) : new Uint8Array(bytes)]);
          const read = await rowsOf(file, { header: true, delimiter: ',' });
          expect(read.columns).toEqual(['name', 'score']);
          expect(read.doubts).toEqual([]);
          expect(read.rows.map(([name]) => name)).toEqual(rows.map(([name]) => name));
          for (const [i, [, score = '']] of read.rows.entries()) {
            const { units, scale } = parseDecimal(score, '.') ?? { units: 0n, scale: -1 };
            const written = rows[i]?.[1] ?? Number.NaN;
            expect(numberOf({ units, scale })).toBe(
              Number.isInteger(written) ? written + 0 : Number(written.toPrecision(15)),
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is read back from a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }), async (rows) => {
        const file = await workbook([{ name: 'A', rows: [header, ...rows] }]);
        expect((await rowsOf(file, { header: true })).rows).toEqual(rows);
      }),
      { numRuns: 20 },
    );
  });
});

describe('cells and lines that are odd', () => {
  it('reads a cell of 1.08 million characters', async () => {
    const long = 'x'.repeat(1_080_000);
    const { rows } = await rowsOf(new Blob([`name,note\nann,${long}\nbob,"${long}"\n`]));
    expect(rows.map((row) => row[1]?.length)).toEqual([1_080_000, 1_080_000]);
  });

  it.each([
    [
      'a blank before a quotation mark',
      'name, note\nann, "a, b"\nbob, "c"\n',
      [
        ['ann', 'a, b'],
        ['bob', 'c'],
      ],
    ],
    [
      'line ends of three kinds',
      'name,note\r\nann,1\rbob,2\ncid,3\r\n',
      [
        ['ann', '1'],
        ['bob', '2'],
        ['cid', '3'],
      ],
    ],
    [
      'a line end inside of a value',
      'name,note\rann,"1\n2"\rbob,3\r',
      [
        ['ann', '1\n2'],
        ['bob', '3'],
      ],
    ],
    ['a byte order mark', '\ufeffname,note\nann,1\n', [['ann', '1']]],
  ])('reads %s', async (_, text, expected) => {
    expect((await rowsOf(new Blob([text]))).rows).toEqual(expected);
  });
});
