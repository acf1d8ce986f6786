import { describe, expect, it } from 'vitest';
import { compactDate, compileDateFormat, dateFormatError } from './date.ts';
import { compilePattern } from './pattern.ts';
import { encodeText, pythonRepr } from './text.ts';

function readDate(format: string, text: string): string {
  const reading = compileDateFormat(format)(text);
  return reading.ok ? compactDate(reading.date) : reading.error;
}

/** Expected values are those of CPython 3.11. */
describe('strptime', () => {
  it.each([
    ['%Y-%U-%w', '2024-00-0', '20231231'],
    ['%Y-%W-%a', '2024-10-Wed', '20240306'],
    ['%G-%V-%u', '2020-53-7', '20210103'],
    ['%Y %d\t%m', '2001 5   7', '20010705'],
    ['%c', 'Sun Feb 29 12:00:00 2004', '20040229'],
    ['%x', '02/03/04', '20040203'],
    ['%Y-%m-%d%z', '2004-02-29+01:00', '20040229'],
    ['%G %j', '2004 005', expect.stringContaining("ISO year directive '%G' must be used")],
    ['%V', '05', expect.stringContaining("ISO week directive '%V' must be used")],
    ['%H:%M:%S', '10:10:60', 'second must be in 0..59'],
    ['%Y', '0000', 'year 0 is out of range'],
    ['%d.%m', "1.1'", "unconverted data remains: '"],
  ])('%s of %s', (format, text, expected) => expect(readDate(format, text)).toEqual(expected));

  it('names what is wrong with a format', () => {
    expect(dateFormatError('%Y-%m-%d')).toBeUndefined();
    expect(dateFormatError('%d %')).toContain('stray %');
    expect(dateFormatError('%d %d')).toContain('redefinition');
  });
});

function matches(pattern: string, value: string): boolean | string {
  const compiled = compilePattern(pattern);
  return compiled.ok ? compiled.matches(value) : compiled.reason;
}

describe("patterns of Python's re", () => {
  it.each([
    ['a$', 'a', true],
    ['a$\\n', 'a\n', true],
    ['(?m)^a$\\n^b$', 'a\nb', true],
    ['(?s).', '\n', true],
    ['.', '\r', true],
    ['[\\W]', 'é', false],
    ['\\bé\\b', 'é', true],
    ['\\B', '', false],
    ['(?a)\\w', 'é', false],
    ['(?x) a b # note', 'ab', true],
    ['[]-]', ']', true],
    ['[a&&b]', '&', true],
    ['a{,2}', 'aa', true],
    ['a{', 'a{', true],
    ['\\x41\\u00e9\\101', 'AéA', true],
    ['(?P<y>\\d)-(?P=y)', '1-1', true],
    ['(?<=a|b)c', 'c', false],
    ['a(?#note)+', 'aaa', true],
    ['\\s', '\x1c', true],
    ['(?<=a+)b', '', 'invalid'],
    ['(?<n>a)', '', 'invalid'],
    ['\\p{L}', '', 'invalid'],
    ['a**', '', 'invalid'],
    ['^*', '', 'invalid'],
    ['(a', '', 'invalid'],
    ['a)', '', 'invalid'],
    ['[b-a]', '', 'invalid'],
    ['a(?i)b', '', 'invalid'],
    ['(?i:a)b', '', 'untranslatable'],
    ['(?>a)', '', 'untranslatable'],
    ['(a)?\\1', '', 'untranslatable'],
    ['(a)(?(1)b|c)', '', 'untranslatable'],
    ['a++', '', 'untranslatable'],
    ['\\N{DIGIT ONE}', '', 'untranslatable'],
  ])('%s against %j', (pattern, value, expected) => expect(matches(pattern, value)).toBe(expected));
});

describe('text', () => {
  it('is quoted as by repr', () => {
    expect(["a'b", 'a\'b"', 'é\n\x00\u200b😀', '\u3000'].map(pythonRepr)).toEqual([
      '"a\'b"',
      "'a\\'b\"'",
      "'é\\n\\x00\\u200b😀'",
      "'\\u3000'",
    ]);
  });

  it('is encoded with byte-order marks', () => {
    expect([...encodeText('😀', 'utf-16')]).toEqual([0xff, 0xfe, 0x3d, 0xd8, 0x00, 0xde]);
    expect([...encodeText('😀', 'utf-32')]).toEqual([0xff, 0xfe, 0, 0, 0x00, 0xf6, 0x01, 0x00]);
  });
});
