import { describe, expect, it } from 'vitest';
import { doubleMetaphone } from './double-metaphone.ts';
import { compileSignatures, type SignaturePart } from './signatures.ts';

describe('double metaphone', () => {
  // Of the tests of the Python package Metaphone, and what follows from its repeating the sound before.
  it.each([
    ['Koch', 'KX', 'KK'],
    ['Hugh', 'HH', ''],
    ['Jose', 'JS', 'HS'],
    ['Thumbail', '0MPL', 'TMPL'],
    ['Smith-Jones', 'SM00NS', 'XMTTNS'],
    ["O'Brien", 'AAPRN', ''],
    ['cambrillo', 'KMPRL', 'KMPR'],
    ['gallegos', 'KLKS', 'KKS'],
    ['Schwein', 'XN', 'XFN'],
    ['schermerhorn', 'XRMRRN', 'SKRMRRN'],
    ['Through', '0R', 'TR'],
    ['Bartoš', 'PRTS', ''],
    ['Bartosz', 'PRTS', 'PRTX'],
    ['andestādītu', 'ANTSTTT', ''],
    ['macher', 'MKR', ''],
    ['San Jacinto', 'SNHSNT', ''],
    ['rogier', 'RJ', 'RKR'],
    ['Wewski', 'ASK', 'FFSK'],
    ['mac gregor', 'MKRKR', ''],
    ['succeed', 'SKST', ''],
    ['danger', 'TNJR', 'TNKR'],
    ['manager', 'MNKR', 'MNJR'],
    ['laugh', 'LF', ''],
    ['Xavier', 'SF', 'SFR'],
    ['façade', 'FST', ''],
    ['', '', ''],
  ])('%s, as blocklib has it', (word, primary, secondary) =>
    expect(doubleMetaphone(word)).toEqual([primary, secondary]),
  );

  it.each([
    ['Smith', 'SM0', 'XMT'],
    ['Koch', 'KK', ''],
    ['Hugh', 'H', ''],
    ['Jose', 'HS', ''],
    ['McClellan', 'MKLLN', ''],
    ['McCqrthy', 'MKKR0', 'MKKRT'],
    ['ciaran', 'SRN', 'XRN'],
    ['focaccia', 'FKX', ''],
    ['mount gambier', 'MNTKMP', 'MNTKMPR'],
    ['Rogier', 'RJ', 'RJR'],
    ['Meier', 'MR', ''],
    ['Xavier', 'SF', 'SFR'],
    ['', '', ''],
  ])('%s, as abydos has it', (word, primary, secondary) =>
    expect(doubleMetaphone(word, 'abydos')).toEqual([primary, secondary]),
  );

  it('is that of blocklib in signatures, unless another is asked for', () => {
    const parts: SignaturePart[] = [{ type: 'metaphone', feature: 0 }];
    expect(compileSignatures([parts], Number, '')(['Hugh'])).toEqual(['0_HH']);
    expect(compileSignatures([parts], Number, '', 'abydos')(['Hugh'])).toEqual(['0_H']);
  });
});
