import { describe, expect, it } from 'vitest';
import { createEncoder } from '../clk/encoder.ts';
import type { LinkageSchema } from '../clk/linkage-schema.ts';
import { diceOf } from './linkage-quality.ts';
import { pairWaterfall } from './pair-waterfall.ts';

const text = (identifier: string, bits: number) => ({
  identifier,
  format: { type: 'string' as const },
  hashing: { comparison: { type: 'ngram' as const, n: 2 }, strategy: { bitsPerFeature: bits } },
});

const schema = (folds: number): LinkageSchema => ({
  version: 3,
  clkConfig: { l: 128, kdf: { type: 'HKDF' }, xor_folds: folds },
  features: [{ identifier: 'id', ignored: true }, text('given', 60), text('surname', 60), text('town', 30)],
});

const rows = [
  ['1', 'Joanna', 'Smith', 'Bristol'],
  ['2', 'Joana', 'Smyth', ''],
] as const;

describe('pairWaterfall', () => {
  for (const folds of [0, 1, 2]) {
    it(`adds up to the Dice similarity of the CLKs, folded ${folds} times`, () => {
      const encoder = createEncoder(schema(folds), 'secret');
      const [first, second] = rows.map((row) => ({ bits: encoder.encode(row), bytesPerClk: encoder.bytesPerClk }));
      if (!first || !second) throw new Error('there are two rows');
      const waterfall = pairWaterfall(schema(folds), 'secret', rows);
      expect(waterfall.similarity).toBeCloseTo(diceOf(first, second, 0, 0), 12);
      expect(waterfall.fields.map(({ field }) => field)).toEqual(['given', 'surname', 'town']);
      expect(waterfall.fields.reduce((sum, { most }) => sum + most, 0)).toBeCloseTo(1, 12);
      for (const { adds, most } of waterfall.fields) expect(adds).toBeLessThanOrEqual(most + 1e-12);
    });
  }

  it('gives all to equal rows and nothing to empty ones', () => {
    expect(pairWaterfall(schema(0), 's', [rows[0], rows[0]]).similarity).toBeCloseTo(1, 12);
    const empty = ['', '', '', ''];
    expect(pairWaterfall(schema(0), 's', [empty, empty]).similarity).toBe(0);
  });
});
