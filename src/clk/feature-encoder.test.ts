import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeatureEncoder } from './feature-encoder.ts';
import { deriveKeys } from './keys.ts';
import type { HashedFeature, Strategy, TokenHash } from './linkage-schema.ts';
import { createTokenPositions } from './token-bits.ts';
import { bitsOfTokens, createTokenizer } from './tokens.ts';

const BITS = 256;
const keys = deriveKeys('secret', 1)[0] ?? [new Uint8Array(64), new Uint8Array(64)];

/** The definition, without any memory of what came before. */
function encodePlainly(feature: HashedFeature, value: string): number[] {
  const { comparison, strategy, hash = { type: 'blakeHash' } } = feature.hashing;
  const positionsOf = createTokenPositions(hash, keys, BITS);
  const tokens = createTokenizer(comparison)(value);
  const counts = bitsOfTokens(strategy, tokens.length);
  const set = new Set<number>();
  tokens.forEach((token, t) => {
    const count = counts[t] ?? 0;
    for (const position of positionsOf(new TextEncoder().encode(token), count).subarray(0, count)) set.add(position);
  });
  return [...set].sort((a, b) => a - b);
}

function positionsIn(words: Int32Array): number[] {
  return Array.from({ length: BITS }, (_, i) => i).filter((i) => ((words[i >> 5] ?? 0) >>> (31 - (i & 31))) & 1);
}

const values = fc.array(
  fc.oneof(fc.string({ maxLength: 12, unit: 'binary-ascii' }), fc.string({ maxLength: 6, unit: 'grapheme' })),
  {
    minLength: 1,
    maxLength: 6,
  },
);
const strategies = fc.oneof(
  fc.record({ bitsPerToken: fc.integer({ min: 1, max: 70 }) }),
  fc.record({ bitsPerFeature: fc.integer({ min: 1, max: 200 }) }),
);
const hashes = fc.constantFrom<TokenHash>(
  { type: 'doubleHash' },
  { type: 'doubleHash', prevent_singularity: true },
  { type: 'blakeHash' },
);

describe('createFeatureEncoder', () => {
  it('gives the same with its memory and tables as by definition', () => {
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        strategies,
        hashes,
        (texts, n, positional, strategy: Strategy, hash) => {
          const feature: HashedFeature = {
            identifier: 'a',
            format: { type: 'string' },
            hashing: { comparison: { type: 'ngram', n, positional }, strategy, hash },
          };
          const encode = createFeatureEncoder(feature, keys, BITS);
          for (const text of [...texts, ...texts]) {
            const words = new Int32Array(BITS / 32);
            encode(words, text);
            expect(positionsIn(words)).toEqual(encodePlainly(feature, text));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes a value as its format does before it looks anything up', () => {
    const hashing = { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 20 } } as const;
    const written = (feature: HashedFeature, value: string): number[] => {
      const words = new Int32Array(BITS / 32);
      createFeatureEncoder(feature, keys, BITS)(words, value);
      return positionsIn(words);
    };
    const plain: HashedFeature = { identifier: 'a', format: { type: 'string' }, hashing };
    const integer: HashedFeature = { identifier: 'a', format: { type: 'integer' }, hashing };
    const date: HashedFeature = { identifier: 'a', format: { type: 'date', format: '%Y-%m-%d' }, hashing };
    const missing: HashedFeature = {
      ...plain,
      hashing: { ...hashing, missingValue: { sentinel: '-', replaceWith: 'none' } },
    };
    expect(written(integer, '007')).toEqual(written(plain, '7'));
    expect(written(date, '1999-01-31')).toEqual(written(plain, '19990131'));
    expect(written(missing, '-')).toEqual(written(plain, 'none'));
  });
});
