import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';
import { clksFromBase64, readClkFile, writeBlockedClkFile, writeClkFile } from './clk-file.ts';

const clks = { rows: 2, bits: Uint8Array.of(1, 2, 3, 4), bytesPerClk: 2 };

describe('CLK files', () => {
  it('are written as Python writes them and read again', () => {
    const text = writeClkFile(clks);
    expect(text).toBe('{"clks": ["AQI=", "AwQ="]}');
    expect(readClkFile(text)).toEqual({ clks });
  });

  it('carry the blocks of each row', () => {
    const text = writeBlockedClkFile(clks, [['(1, 2)', 'é'], []]);
    expect(text).toBe('{"clknblocks": [["AQI=", "(1, 2)", "\\u00e9"], ["AwQ="]]}');
    expect(readClkFile(text)).toEqual({ clks, blocks: [['(1, 2)', 'é'], []] });
  });

  it('say what is wrong with them', () => {
    expect(() => readClkFile('{')).toThrow('not JSON');
    expect(() => readClkFile('{"clks": [1]}')).toThrow('Choose a CLK file');
    expect(() => clksFromBase64(['AQI=', 'AQ=='])).toThrow('The CLK of row 2 has 1 bytes, that of row 1 has 2.');
    expect(() => clksFromBase64(['AQI'])).toThrow('The CLK of row 1 is not base64 (Incorrect padding).');
  });
});

describe('base64', () => {
  it('goes both ways for every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255);
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }
  });

  it('is as lenient as Python', () => {
    expect([...fromBase64('%%%')]).toEqual([]);
    expect([...fromBase64('A Q\nI=')]).toEqual([1, 2]);
    expect(() => fromBase64('A')).toThrow('cannot be 1 more than a multiple of 4');
    expect(() => fromBase64('é')).toThrow('only ASCII');
  });
});
