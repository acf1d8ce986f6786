import { describe, expect, it } from 'vitest';
import { detectDialect, detectHeader } from './dialect.ts';
import { detectEncoding, Utf8Census } from './encoding.ts';

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const wide = (text: string, low: 0 | 1) =>
  Uint8Array.from({ length: 2 * text.length }, (_, i) => (i % 2 === low ? text.charCodeAt(i >> 1) : 0));

describe('detectEncoding', () => {
  it.each([
    ['a UTF-8 mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]), 'utf-8'],
    ['a UTF-16 LE mark', Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'utf-16le'],
    ['a UTF-16 BE mark', Uint8Array.from([0xfe, 0xff, 0, 0x61]), 'utf-16be'],
    ['UTF-16 LE without a mark', wide('name,age\nann,1\n', 0), 'utf-16le'],
    ['UTF-16 BE without a mark', wide('name,age\nann,1\n', 1), 'utf-16be'],
    ['ASCII', ascii('name,age\n'), 'utf-8'],
    ['UTF-8', new TextEncoder().encode('Zoë 😀'), 'utf-8'],
    ['UTF-8 cut inside of a character', new TextEncoder().encode('Zoë 😀').slice(0, -2), 'utf-8'],
    ['Latin-1', ascii('Zo\xeb,M\xfcller'), 'windows-1252'],
    ['Latin-1 with one pair that looks like UTF-8', ascii('\xc3\xa9 \xeb \xfc \xe9'), 'windows-1252'],
  ])('tells %s', (_, bytes, encoding) => {
    expect(detectEncoding(bytes)).toBe(encoding);
  });

  it('counts the same whether bytes come at once or one by one, and takes no overlong forms or surrogates', () => {
    const bytes = Uint8Array.from([0xc3, 0xa9, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0x80, 0xf5]);
    const whole = new Utf8Census();
    whole.add(bytes);
    const pieces = new Utf8Census();
    for (const byte of bytes) pieces.add(Uint8Array.of(byte));
    expect([pieces.characters, pieces.misfits]).toEqual([whole.characters, whole.misfits]);
    expect(whole.characters).toBe(2);
    expect(new TextDecoder().decode(bytes).split('\ufffd').length - 1).toBe(whole.misfits);
  });
});

describe('detectDialect', () => {
  it.each([
    ['name,age\nann,1\n', ',', true],
    ['name;age\nann;1,5\nbob;2,5\n', ';', true],
    ['name\tage\nann\t1\n', '\t', true],
    ['name|age\nann|1\n', '|', true],
    ['name\nann\nbob\n', ',', true],
    ['"name";"note"\n"ann";"a, b, c"\n"bob";"d, e"\n', ';', true],
    ['ann,1980-01-01\nbob,1981-02-02\n', ',', false],
    ['1,2\n3,4\n', ',', false],
    ['michaela,neumann,nsw\ncourtney,painter,vic\nanna,neumann,nsw\n', ',', false],
  ])('reads %j', (text, delimiter, header) => {
    expect(detectDialect(text, true, {})).toMatchObject({ delimiter, header });
  });

  it('takes what the person says', () => {
    expect(detectDialect('name,age\nann,1\n', true, { delimiter: ';', header: false })).toMatchObject({
      delimiter: ';',
      header: false,
    });
  });

  it.each([
    ['a\nb\n', '\n'],
    ['a\r\nb\r\n', '\n'],
    ['a\rb\r', '\r'],
    ['"a\nb"\rc\r', '\r'],
  ])('finds the line break of %j', (text, newline) => {
    expect(detectDialect(text, true, {}).newline).toBe(newline);
  });
});

describe('detectHeader', () => {
  it.each([
    [
      [
        ['x', 'y'],
        ['1', '2'],
      ],
      true,
    ],
    [
      [
        ['x', 'x'],
        ['1', '2'],
      ],
      false,
    ],
    [
      [
        ['x', ''],
        ['1', '2'],
      ],
      false,
    ],
    [
      [
        ['given_name', ''],
        ['ann', '2'],
      ],
      true,
    ],
    [
      [
        ['dateOfBirth', 'x'],
        ['1', 'x'],
      ],
      true,
    ],
    [
      [
        ['x', '2020'],
        ['a', '2021'],
      ],
      false,
    ],
  ])('of %j is %s', (rows, header) => {
    expect(detectHeader(rows)).toBe(header);
  });
});
