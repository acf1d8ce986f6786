import { describe, expect, it } from 'vitest';
import { base64Length, fromBase64, writeBase64 } from './base64.ts';
import { clkFileParts, clksFromBase64, readClkFile, writeBlockedClkFile, writeClkFile } from './clk-file.ts';

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
      expect(fromBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
    }
  });

  it('is as lenient as Python', () => {
    expect([...fromBase64('%%%')]).toEqual([]);
    expect([...fromBase64('A Q\nI=')]).toEqual([1, 2]);
    expect(() => fromBase64('A')).toThrow('cannot be 1 more than a multiple of 4');
    expect(() => fromBase64('é')).toThrow('only ASCII');
  });
});

describe('base64 as bytes', () => {
  it('is that of Node, for every length and place', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 167 + 13) & 255);
    for (let start = 0; start < 4; start++) {
      for (let length = 0; length <= 130; length++) {
        const text = new Uint8Array(base64Length(length) + 5).fill(46);
        const end = writeBase64(text, 3, bytes, start, length);
        const expected = Buffer.from(bytes.subarray(start, start + length)).toString('base64');
        expect(end).toBe(3 + expected.length);
        expect(new TextDecoder().decode(text)).toBe(`...${expected}..`);
      }
    }
  });
});

describe('a file that is written in parts', () => {
  const clks = (rows: number, bytesPerClk: number) => ({
    rows,
    bytesPerClk,
    bits: Uint8Array.from({ length: rows * bytesPerClk }, (_, i) => (i * 91 + 7) & 255),
  });

  it.each([1, 2, 3, 8, 128])('is the file that is written at once, with CLKs of %i bytes', (bytesPerClk) => {
    const all = clks(7, bytesPerClk);
    const parts = clkFileParts();
    const text = new TextDecoder();
    let written = '';
    for (const [from, to] of [
      [0, 3],
      [3, 3],
      [3, 4],
      [4, 7],
    ] as const) {
      const bits = all.bits.subarray(from * bytesPerClk, to * bytesPerClk);
      written += text.decode(parts.rows({ rows: to - from, bits, bytesPerClk }));
    }
    written += text.decode(parts.end());
    expect(written).toBe(writeClkFile(all));
    const entries = Array.from({ length: 7 }, (_, row) =>
      Buffer.from(all.bits.subarray(row * bytesPerClk, (row + 1) * bytesPerClk)).toString('base64'),
    );
    expect(written).toBe(`{"clks": [${entries.map((entry) => `"${entry}"`).join(', ')}]}`);
    expect(text.decode(clkFileParts().end())).toBe('{"clks": []}');
  });
});
