import { expect, it } from 'vitest';
import { type ByteSource, checkedParts, textParts } from './byte-source.ts';

const source = (...parts: Uint8Array[]): ByteSource => ({ name: 'a.csv', size: 0, parts: () => parts });
const TEXT = '\ufeffa é 語 😀 b';

it('gives whole characters wherever a text is cut, with its byte order mark', () => {
  const bytes = new TextEncoder().encode(TEXT);
  for (let i = 0; i <= bytes.length; i++) {
    for (let j = i; j <= bytes.length; j++) {
      const cut = source(bytes.subarray(0, i), bytes.subarray(i, j), bytes.subarray(j));
      expect([...textParts(cut)].join('')).toBe(TEXT);
    }
  }
});

it.each([
  ['no byte of a text', [0xff]],
  ['half a character', [0xc3]],
  ['two thirds of one', [0xe8, 0xaa]],
  ['three quarters of one', [0xf0, 0x9f, 0x98]],
  ['half a pair of surrogates', [0xed, 0xa0, 0x80]],
  ['a character in more bytes than it needs', [0xc0, 0x80]],
  ['the end of a character', [0x80]],
])('refuses %s, at the end and before more', (_, bytes) => {
  const wrong = Uint8Array.from(bytes);
  const more = Uint8Array.of(0x61);
  for (const parts of [[wrong], [more, wrong], [wrong, more], [more, wrong, more]]) {
    expect(() => [...textParts(source(...parts))]).toThrow('a.csv is not UTF-8');
    expect(() => [...checkedParts(source(...parts))]).toThrow('a.csv is not UTF-8');
  }
});
