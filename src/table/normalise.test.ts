import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseDate, normaliseText } from './normalise.ts';

describe('normaliseText', () => {
  it.each([
    ['Zoë O’Brien', 'zoeobrien'],
    ["O'Brien-Smith 3rd", 'obriensmith3rd'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['ﬁnch', 'finch'],
    ['Ὀδυσσεύς', 'οδυσσευσ'],
    ['İstanbul', 'istanbul'],
    ['Nguyễn', 'nguyen'],
    ['李 小龍', '李小龍'],
    ['１２３', '123'],
    ['  ', ''],
    ['--', ''],
  ])('makes %j into %j', (text, normalised) => {
    expect(normaliseText(text)).toBe(normalised);
  });

  it('does not mind case or composition, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
        expect(normaliseText(text.normalize('NFC'))).toBe(normaliseText(text.normalize('NFD')));
        expect(once).toMatch(/^[\p{L}\p{N}]*$/u);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('normaliseDate', () => {
  it('writes dates yyyymmdd and leaves the digits of what is none', () => {
    expect(normaliseDate('3/2/1980', 'dmy')).toBe('19800203');
    expect(normaliseDate('31/02/1980', 'dmy')).toBe('31021980');
    expect(normaliseDate('unknown', 'dmy')).toBe('');
  });
});
