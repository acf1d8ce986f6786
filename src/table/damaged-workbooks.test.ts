import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type MadeWorkbook, madeWorkbook, raw, rowsXml, styled } from '../testing/made-workbook.ts';
import {
  HEADER,
  NAMES,
  PEOPLE,
  PLAIN_ROWS,
  people,
  readWorkbookOf,
  sheet,
  valuesOf,
} from '../testing/workbook-people.ts';

type Parts = Record<string, Uint8Array>;

function changed(made: MadeWorkbook, change: (parts: Parts) => void): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(madeWorkbook(made));
  change(parts);
  return new Uint8Array(zipSync(parts));
}
const withPart = (made: MadeWorkbook, name: string, text: string) =>
  changed(made, (parts) => {
    parts[name] = strToU8(text);
  });

const TEXTS = [...HEADER, ...NAMES].map((text) => `<si><t>${text}</t></si>`);
const sharedText = (index: number) => raw('t="s"', `<v>${index}</v>`);
const shared = rowsXml([
  HEADER.map((_, i) => sharedText(i)),
  ...NAMES.map((_, i) => [sharedText(HEADER.length + i), `1980-02-${10 + i}`, 100 + i]),
]);
const WITH_TEXTS = sheet(shared, { strings: TEXTS.join('') });

describe('parts of a workbook that are empty', () => {
  it.each<[string, MadeWorkbook, string]>([
    ['texts that no cell has', sheet(PEOPLE, { strings: TEXTS.join('') }), 'xl/sharedStrings.xml'],
    ['styles', sheet(PEOPLE, { formats: [14] }), 'xl/styles.xml'],
    ['properties', sheet(PEOPLE, { parts: { 'docProps/app.xml': '<a/>' } }), 'docProps/app.xml'],
    ['a theme', sheet(PEOPLE, { parts: { 'xl/theme/theme1.xml': '<a/>' } }), 'xl/theme/theme1.xml'],
  ])('do not make it unreadable: %s', async (_, made, name) => {
    expect(await readWorkbookOf(withPart(made, name, ''))).toMatchObject({ columns: HEADER, rows: PLAIN_ROWS });
  });

  it('do not make it unreadable: another sheet', async () => {
    const made = {
      sheets: [
        { name: 'A', xml: PEOPLE },
        { name: 'B', xml: PEOPLE },
      ],
    };
    const file = withPart(made, 'xl/worksheets/sheet1.xml', '');
    expect(await readWorkbookOf(file)).toMatchObject({ rows: PLAIN_ROWS, options: { sheet: 'B' } });
  });
});

describe('a damaged workbook is refused', () => {
  it.each<[string, string]>([
    ['without any', ''],
    ['with a few', `<sst>${TEXTS.slice(0, 4).join('')}</sst>`],
  ])('whose cells have texts, %s in it', async (_, texts) => {
    await expect(readWorkbookOf(withPart(WITH_TEXTS, 'xl/sharedStrings.xml', texts))).rejects.toThrow(
      'people.xlsx is damaged: it has lost texts of its cells',
    );
  });

  it.each<[string, string]>([
    ['handed on as it is', PEOPLE],
    ['packed anew', PEOPLE.replace('</row>', '<c r="D1" s="1"/></row>')],
  ])('with a number that is not what was packed, %s', async (_, xml) => {
    const bytes = new Uint8Array(zipSync(unzipSync(madeWorkbook(sheet(xml))), { level: 0 }));
    expect(await readWorkbookOf(bytes)).toMatchObject({ rows: PLAIN_ROWS });
    const at = new TextDecoder('latin1').decode(bytes).indexOf('>101<') + 1;
    bytes[at] = '9'.charCodeAt(0);
    await expect(readWorkbookOf(bytes)).rejects.toThrow(/CRC-32|is not what was packed/);
  });
});

describe('formats in other languages', () => {
  it.each([
    ...['TT.MM.JJJJ', 'T. MMMM JJJJ', '[$-407]TT.MM.JJJJ;@', 'jj/mm/aaaa', 'jj mmm aa', 'gg/mm/aaaa', 'dd-mm-jjjj'],
    ...[
      'дд.мм.гггг',
      'ДД.ММ.ГГГГ',
      'pp.kk.vvvv',
      'åååå-MM-dd',
      'dd.mm.rrrr',
      'éééé.hh.nn.',
      'gg.aa.yyyy',
      'ηη/μμ/εεεε',
    ],
    ...['dd.mm.yyyy', 'yyyy/m/d(aaa)', 'yyyy"年"m"月"d"日"'],
  ])('%s is a date', async (format) => {
    const values = await valuesOf((i) => styled(29_221 + i, 1), {
      formats: [format],
    });
    expect(values.slice(0, 2)).toEqual(['1980-01-01', '1980-01-02']);
  });

  it('have times as well', async () => {
    const more = { formats: ['TT.MM.JJJJ hh:mm'] };
    const values = await valuesOf((i) => styled(29_221.5 + i, 1), more);
    expect(values[0]).toBe('1980-01-01T12:00:00');
  });

  it.each(['Standard', 'Standaard', 'Estándar', 'Általános', '0 Jahre', '#,##0 kr', '0.00 Std', 'General', '0.0E+00'])(
    '%s is no date',
    async (format) => {
      const values = await valuesOf((i) => styled(29_221 + i, 1), {
        formats: [format],
      });
      expect(values.slice(0, 2)).toEqual(['29221', '29222']);
    },
  );
});

it('counts days without a format as the workbook counts them', async () => {
  const made = sheet(rowsXml(people((i) => [27_759 + 400 * i, 100 + i])));
  const { table } = await readWorkbookOf({ ...made, before: '<workbookPr date1904="1"/>' });
  expect(table.profile(1).reading.serialDates).toBe('1904');
  expect((await readWorkbookOf(made)).table.profile(1).reading.serialDates).toBe('1900');
});

describe('hidden rows are asked about', () => {
  const asked = async (xml: string) => (await readWorkbookOf(sheet(xml))).doubts.map(({ message }) => message);

  it('where rows have no number', async () => {
    let row = 0;
    const xml = PEOPLE.replace(/ r="[A-Z]*\d+"/g, '').replace(/<row/g, (tag) =>
      ++row === 4 ? '<row hidden="1"' : tag,
    );
    expect(await asked(xml)).toEqual([expect.stringContaining('1 row of the sheet is hidden')]);
    expect((await readWorkbookOf(sheet(xml), { hiddenRows: 'skip' })).rows).toEqual(PLAIN_ROWS.toSpliced(2, 1));
  });

  it('where rows are hidden but for those with a height', async () => {
    let row = 0;
    const xml = PEOPLE.replace(/<row/g, (tag) => (++row <= 6 ? `${tag} ht="15"` : tag));
    const whole = `<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><sheetData>${xml}</sheetData>`;
    expect(await asked(whole)).toEqual([expect.stringContaining('7 rows of the sheet are hidden')]);
  });
});

it('names a cell that is too far to the right', async () => {
  const far = `${PEOPLE}<row r="14"><c r="XFD14"><v>1</v></c></row>`;
  await expect(readWorkbookOf(sheet(far))).rejects.toThrow('has something at XFD14; at most 1,000 columns');
});

it.each<[string, string]>([
  ['texts', ' t="s"'],
  ['rows', '<row hidden="1" '],
  ['formats', '<sheetFormatPr '],
])('is not held up by a megabyte of %s without an end', async (_, part) => {
  const xml = `${PEOPLE}<!--${part.repeat(2 ** 20 / part.length)}-->`;
  await readWorkbookOf(sheet(xml)).catch(() => undefined);
});
