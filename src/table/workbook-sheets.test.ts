import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type MadeWorkbook, madeWorkbook, rowsXml } from '../testing/made-workbook.ts';
import { PEOPLE, PLAIN_ROWS, readWorkbookOf, sheet } from '../testing/workbook-people.ts';

describe('which sheet is read', () => {
  const list = { name: '患者', xml: PEOPLE };
  it.each<[string, MadeWorkbook['sheets']]>([
    [
      'is hidden',
      [
        {
          name: 'codes',
          state: 'hidden',
          xml: rowsXml([
            ['code', 'label'],
            ['1', 'x'],
          ]),
        },
        list,
      ],
    ],
    [
      'is very hidden',
      [
        {
          name: 'codes',
          state: 'veryHidden',
          xml: rowsXml([
            ['code', 'label'],
            ['1', 'x'],
          ]),
        },
        list,
      ],
    ],
    ['is empty', [{ name: 'Sheet1', xml: '<sheetData/>' }, list]],
    ['has only words', [{ name: 'Read & me', xml: rowsXml([['Made by the registry'], ['Version 3']]) }, list]],
    ['is a chart', [{ name: 'Chart', xml: '<?xml version="1.0"?><chartsheet/>' }, list]],
  ])('the first that holds a table, where the first %s', async (_, sheets) => {
    const { rows, options, said } = await readWorkbookOf({ sheets });
    expect(rows).toEqual(PLAIN_ROWS);
    expect(options.sheet).toBe('患者');
    expect(said).toMatchObject([{ kind: 'other-sheets', count: 1 }]);
  });

  it('the one that is chosen, without a word about others', async () => {
    const found = await readWorkbookOf(
      { sheets: [list, { name: 'Пациенты & х', xml: PEOPLE }] },
      { sheet: 'Пациенты & х' },
    );
    expect(found).toMatchObject({ rows: PLAIN_ROWS, said: [] });
  });

  it('none of a workbook that holds nothing', async () => {
    await expect(readWorkbookOf({ sheets: [{ name: 'A', xml: '<sheetData/>' }] })).rejects.toThrow(
      /no sheet that holds anything/,
    );
  });
});

describe('workbooks of other programs', () => {
  const STRICT = {
    main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
    document: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
  };
  const prefixed = `<sheetData>${PEOPLE}</sheetData>`.replace(/<(\/?)(?=[a-z])/g, '<$1x:');
  it.each<[string, MadeWorkbook]>([
    ['strict ones', sheet(PEOPLE, { namespaces: STRICT })],
    [
      'with a prefix before all names',
      sheet(
        `<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${prefixed}</x:worksheet>`,
      ),
    ],
    ['with macros', sheet(PEOPLE, { parts: { 'xl/vbaProject.bin': 'x' } })],
    ['without addresses', sheet(PEOPLE.replace(/ r="[A-Z]*\d+"/g, ''))],
    [
      'with formats to the sheet’s end',
      sheet(PEOPLE.replace(/<\/row>$/, '<c r="XFD13" s="1"/></row><row r="1048576"><c r="A1048576" s="1"></c></row>'), {
        formats: [14],
      }),
    ],
  ])('are read: %s', async (_, made) => expect((await readWorkbookOf(made)).rows).toEqual(PLAIN_ROWS));

  it('are refused where one cell stands far away', async () => {
    await expect(
      readWorkbookOf(
        sheet(
          PEOPLE.replace(
            /<\/row>$/,
            '<c r="XFD13"><v>1</v></c></row><row r="999999"><c r="A999999"><v>1</v></c></row>',
          ),
        ),
      ),
    ).rejects.toThrow(/reaches over 999,999 rows and 16,384 columns/);
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['people.ods', { 'content.xml': 'x', mimetype: 'x' }, /is a spreadsheet of LibreOffice or OpenOffice \(\.ods\)/],
    ['people.xlsb', { 'xl/workbook.bin': 'x' }, /is a binary workbook \(\.xlsb\)/],
    ['people.docx', { 'word/document.xml': 'x' }, /is a text document \(\.docx\)/],
    ['people.numbers', { 'Index/Document.iwa': 'x' }, /is a document of Numbers/],
    ['people.zip', { 'people.csv': 'name,age' }, /is a zipped folder.*“people\.csv”/],
  ])('are refused by name: %s', async (name, parts, message) => {
    const archive = zipSync(Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, strToU8(text)])));
    await expect(readWorkbookOf(new Uint8Array(archive), {}, name)).rejects.toThrow(message);
  });

  /** A container of old Office files with a directory in its second sector. */
  function container(...entries: readonly string[]): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(2048);
    const view = new DataView(bytes.buffer);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    view.setUint16(30, 9, true);
    view.setUint32(48, 1, true);
    for (const [entry, name] of entries.entries()) {
      for (let i = 0; i < name.length; i++) view.setUint16(1024 + 128 * entry + 2 * i, name.charCodeAt(i), true);
    }
    return bytes;
  }
  it.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    [
      'protected',
      container('Root Entry', 'EncryptionInfo', 'EncryptedPackage'),
      /protected by a password\. Save it without one/,
    ],
    ['an old one', container('Root Entry', 'Workbook'), /is an old spreadsheet \(\.xls\)\. Save it as \.xlsx/],
    ['an old text', container('Root Entry', 'WordDocument'), /is an old text document \(\.doc\)/],
    ['the beginning of one', container().slice(0, 8), /is an old spreadsheet \(\.xls\) or another Office file/],
    ['cut off', madeWorkbook(sheet(PEOPLE)).slice(0, -80), /cannot be read as one.*cut off or damaged/],
  ])('are refused: %s', async (_, bytes, message) => {
    await expect(readWorkbookOf(bytes)).rejects.toThrow(message);
  });
});
