import { describe, expect, it } from 'vitest';
import { type MadeCell, raw, rowsXml, styled } from '../testing/made-workbook.ts';
import {
  HEADER,
  NAMES,
  PEOPLE,
  PLAIN_ROWS,
  people,
  type Row,
  readWorkbookOf,
  sheet,
  valuesOf,
} from '../testing/workbook-people.ts';

describe('what cells of workbooks hold', () => {
  const days = NAMES.map((_, i) => `1980-01-${String(1 + i).padStart(2, '0')}`);
  it.each<[string, (i: number) => MadeCell, readonly (string | number)[], readonly string[]]>([
    [
      'formulas with their value',
      (i) => raw('', `<f>A1*2</f><v>${100 + i}</v>`),
      [],
      NAMES.map((_, i) => String(100 + i)),
    ],
    ['formulas of a text', () => raw('t="str"', '<f>A1&amp;"x"</f><v>Annx</v>'), [], NAMES.map(() => 'Annx')],
    ['days by a built-in format', (i) => styled(29_221 + i, 1), [14], days],
    ['days as in Germany', (i) => styled(29_221 + i, 1), ['[$-407]d. mmmm yyyy;@'], days],
    ['days as in Japan', (i) => styled(29_221 + i, 1), ['yyyy"年"m"月"d"日"'], days],
    ['long days of the system', (i) => styled(29_221 + i, 1), ['[$-F800]dddd, mmmm dd, yyyy'], days],
    ['days in ISO’s form', (i) => raw('t="d" s="1"', `<v>${days[i]}</v>`), [14], days],
    ['days with a time', () => styled(29_221.5, 1), ['yyyy-mm-dd hh:mm'], NAMES.map(() => '1980-01-01T12:00:00')],
    [
      'a time of almost midnight',
      () => styled(29_221.999_999_999, 1),
      ['yyyy-mm-dd hh:mm'],
      NAMES.map(() => '1980-01-02'),
    ],
    [
      'the first days of 1900',
      (i) => styled([1, 59, 61][i % 3] ?? 0, 1),
      [14],
      NAMES.map((_, i) => ['1900-01-01', '1900-02-28', '1900-03-01'][i % 3] ?? ''),
    ],
    ['days that the calendar has not', () => styled(3_000_000, 1), [14], NAMES.map(() => '2999999')],
    ['times', () => styled(0.25, 1), ['hh:mm'], NAMES.map(() => '06:00:00')],
    ['midnight', () => styled(0, 1), ['hh:mm'], NAMES.map(() => '00:00:00')],
    ['times past a day', () => styled(1.5, 1), ['[h]:mm:ss'], NAMES.map(() => '36:00:00')],
    ['times past two months', () => styled(71.5, 1), ['[h]:mm'], NAMES.map(() => '1716:00:00')],
    ['booleans', (i) => raw('t="b"', `<v>${i % 2}</v>`), [], NAMES.map((_, i) => (i % 2 ? 'TRUE' : 'FALSE'))],
    [
      'errors',
      (i) => raw('t="e"', `<v>${['#N/A', '#DIV/0!', '#SPILL!'][i % 3]}</v>`),
      [],
      NAMES.map((_, i) => ['#N/A', '#DIV/0!', '#SPILL!'][i % 3] ?? ''),
    ],
    ['percents', () => styled('0.13999999999999999', 1), ['0.0%'], NAMES.map(() => '14%')],
    ['percents by a built-in format', () => styled(1, 1), [9], NAMES.map(() => '100%')],
    ['money', () => styled(1234.5, 1), ['#,##0.00\\ "€"'], NAMES.map(() => '1234.5')],
    [
      'money whose sign has letters of dates',
      () => styled(1500, 1),
      ['[$S/.-280A]\\ #,##0.00'],
      NAMES.map(() => '1500'),
    ],
    ['thousands that are shown short', () => styled(12_000, 1), ['#,##0,"k"'], NAMES.map(() => '12000')],
    ['doubles', () => raw('', '<v>0.30000000000000004</v>'), [], NAMES.map(() => '0.3')],
    ['powers of ten', () => raw('', '<v>4.4791123456E11</v>'), [], NAMES.map(() => '447911234560')],
    ['postcodes with zeros by their format', () => styled(1105, 1), ['00000'], NAMES.map(() => '01105')],
    [
      'codes with signs by their format',
      () => styled(12_345_678, 1),
      ['000\\-00\\-0000'],
      NAMES.map(() => '012-34-5678'),
    ],
    ['codes that are longer than their format', () => styled(123_456, 1), ['"P"0000'], NAMES.map(() => 'P123456')],
    ['numbers that are texts', () => '00123', [], NAMES.map(() => '00123')],
    [
      'entities and CDATA',
      () => raw('t="inlineStr"', '<is><t>&#322;<![CDATA[<b>]]></t></is>'),
      [],
      NAMES.map(() => 'ł<b>'),
    ],
    [
      'runs of rich text without the reading above them',
      () =>
        raw(
          't="inlineStr"',
          '<is><r><rPr><b/></rPr><t>田</t></r><r><t>中</t></r><rPh sb="0" eb="2"><t>タナカ</t></rPh></is>',
        ),
      [],
      NAMES.map(() => '田中'),
    ],
  ])('%s', async (_, cells, formats, expected) => expect(await valuesOf(cells, { formats })).toEqual(expected));

  it('texts of the table of strings, rich and with readings', async () => {
    const strings =
      '<si><r><t xml:space="preserve">Ann </t></r><r><t>Lee</t></r></si><si><t>田中</t><rPh sb="0" eb="2"><t>タナカ</t></rPh></si>';
    expect(new Set(await valuesOf((i) => raw('t="s"', `<v>${i % 2}</v>`), { strings }))).toEqual(
      new Set(['Ann Lee', '田中']),
    );
  });

  it.each(['<v/>', '<v></v>', ''])('no text where a cell names none: %s', async (none) => {
    const cells = (i: number) => raw('t="s"', i % 2 ? none : '<v>0</v>');
    const strings = '<si><t>Ann</t></si>';
    expect(await valuesOf(cells, { strings })).toEqual(NAMES.map((_, i) => (i % 2 ? '' : 'Ann')));
  });

  it.each(['1', 'true'])('days counted from 1904, said by %s', async (flag) => {
    const more = { formats: [14], before: `<workbookPr date1904="${flag}"/>` };
    expect((await valuesOf((i) => styled(27_759 + i, 1), more)).slice(0, 2)).toEqual(['1980-01-01', '1980-01-02']);
    expect((await valuesOf(() => styled(0.5, 1), more))[0]).toBe('12:00:00');
  });
});

describe('values that a workbook has lost', () => {
  it.each<[string, (i: number) => MadeCell, RegExp]>([
    [
      'formulas that were never computed',
      () => raw('', '<f>A1*2</f>'),
      /12 formulas whose value is not in the file \(B2, B3, B4, …\)/,
    ],
    ['a few of them', (i) => (i < 2 ? raw('', '<f>A1*2</f><v/>') : 5), /2 formulas .* \(B2, B3\)/],
    ['formulas that a program wrote with zeros', () => raw('', '<f>A1*2</f><v>0</v>'), /12 formulas/],
    ['formulas of texts that it wrote empty', () => raw('t="str"', '<f>A1&amp;B1</f><v></v>'), /12 formulas/],
    [
      'numbers past 2^53',
      (i) => raw('', `<v>12345678901234567${i}</v>`),
      /12 numbers with more digits than a spreadsheet keeps/,
    ],
    [
      'numbers whose 16th digit is zero in all',
      (i) => raw('', `<v>${1_234_567_890_123_000 + 10 * i}</v>`),
      /12 numbers with more digits/,
    ],
  ])('wait for a person: %s', async (_, cells, message) => {
    const file = sheet(rowsXml(people((i) => [cells(i)], ['name', 'value'])));
    const { doubts } = await readWorkbookOf(file, { header: true });
    expect(doubts).toMatchObject([{ kind: 'lost-values', message: expect.stringMatching(message) }]);
    const decided = await readWorkbookOf(file, { header: true, lostValues: 'read' });
    expect(decided.doubts).toEqual([]);
    expect(decided.options.lostValues).toBe('read');
  });

  it.each<[string, (i: number) => MadeCell]>([
    ['formulas of which some are zero', (i) => raw('', `<f>A1*2</f><v>${i % 3}</v>`)],
    ['zeros that are no formulas', () => 0],
    ['numbers of 16 digits that are kept', (i) => 1_234_567_890_123_450 + i],
  ])('are not seen in %s', async (_, cells) => {
    expect(
      (await readWorkbookOf(sheet(rowsXml(people((i) => [cells(i)], ['name', 'value']))), { header: true })).doubts,
    ).toEqual([]);
  });
});

describe('what a sheet shows otherwise than it keeps', () => {
  it('asks about rows that are hidden, and takes or leaves them', async () => {
    const file = sheet(rowsXml(people(), { 3: 'hidden="1"', 5: 'hidden="true"', 40: 'hidden="1"' }));
    const { doubts } = await readWorkbookOf(file);
    expect(doubts).toMatchObject([
      { kind: 'hidden-rows', message: expect.stringContaining('2 rows of the sheet are hidden') },
    ]);
    expect((await readWorkbookOf(file, { hiddenRows: 'read' })).rows).toEqual(PLAIN_ROWS);
    const left = await readWorkbookOf(file, { hiddenRows: 'skip' });
    expect(left.rows.map(([name]) => name)).toEqual(NAMES.filter((name) => name !== 'Bob' && name !== 'Dora'));
    expect(left.options.hiddenRows).toBe('skip');
    expect(left.said).toEqual([]);
  });

  it('reads columns that are hidden, and says so', async () => {
    const { rows, said } = await readWorkbookOf(
      sheet(
        `<cols><col min="3" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols><sheetData>${PEOPLE}</sheetData>`,
      ),
    );
    expect(rows).toEqual(PLAIN_ROWS);
    expect(said).toMatchObject([{ kind: 'hidden-columns', count: 1 }]);
  });

  it('puts the value of merged cells into each of their rows', async () => {
    const rows: Row[] = [
      ['region', 'name', 'income'],
      ...NAMES.map((name, i) => [i % 6 === 0 ? `North ${i}` : null, name, 100 + i]),
    ];
    const merges = '<mergeCells><mergeCell ref="A2:A7"/><mergeCell ref="A8:A13"/></mergeCells>';
    const found = await readWorkbookOf(sheet(`<sheetData>${rowsXml(rows)}</sheetData>${merges}`));
    expect(found.rows.map(([region]) => region)).toEqual(NAMES.map((_, i) => (i < 6 ? 'North 0' : 'North 6')));
    expect(found.said).toMatchObject([{ kind: 'merged-cells', count: 2 }]);
  });

  it('joins a header of two rows, and leaves a title over everything above it', async () => {
    const rows: Row[] = [
      ['name', 'score', null],
      [null, '2019', '2020'],
      ...NAMES.map((name, i) => [name, 100 + i, 120 + i]),
    ];
    const merges = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>';
    const joined = await readWorkbookOf(sheet(`<sheetData>${rowsXml(rows)}</sheetData>${merges}`));
    expect(joined.columns).toEqual(['name', 'score 2019', 'score 2020']);
    expect(joined.rows).toHaveLength(12);
    expect(joined.said).toMatchObject([{ kind: 'merged-cells', message: expect.stringContaining('two rows') }]);
    const titled = `<sheetData>${rowsXml([['Patients of 2020'], ...people()])}</sheetData><mergeCells><mergeCell ref="A1:C1"/></mergeCells>`;
    expect(await readWorkbookOf(sheet(titled))).toMatchObject({ columns: HEADER, rows: PLAIN_ROWS });
  });

  it.each<[string, Row[]]>([
    ['below a title', [['Patients'], ...people()]],
    ['in the third row', [['Patients of 2020'], ['Source:', 'registry'], ...people()]],
    ['with blank rows in the middle', [...people().slice(0, 5), [], [], ...people().slice(5)]],
  ])('finds the table %s', async (_, rows) =>
    expect(await readWorkbookOf(sheet(rowsXml(rows)))).toMatchObject({ columns: HEADER, rows: PLAIN_ROWS }),
  );

  it('asks about another table below', async () => {
    const { doubts, said } = await readWorkbookOf(
      sheet(rowsXml([...people(), [], ['region', 'count'], ['North', 5], ['South', 7]])),
    );
    expect(doubts).toMatchObject([{ kind: 'extra-rows', message: expect.stringContaining('row 14 (“region”') }]);
    expect(said).toMatchObject([{ kind: 'blank-row' }]);
    const again = await readWorkbookOf(sheet(rowsXml([...people(), [], ...people().slice(1)])));
    expect(again).toMatchObject({ doubts: [], said: [{ kind: 'blank-row' }] });
  });
});
