import { describe, expect, it } from 'vitest';
import type { HashedFeature, LinkageSchema } from './linkage-schema.ts';
import { compareSchemas } from './schema-comparison.ts';

const name: HashedFeature = {
  identifier: 'name',
  format: { type: 'string' },
  hashing: { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerToken: 20 } },
};
const id = { identifier: 'id', ignored: true } as const;
const schema: LinkageSchema = { version: 3, clkConfig: { l: 1024, kdf: { type: 'HKDF' } }, features: [id, name] };

describe('compareSchemas', () => {
  it('counts defaults in', () => {
    const written: LinkageSchema = {
      version: 3,
      clkConfig: { l: 1024, xor_folds: 0, kdf: { type: 'HKDF', hash: 'SHA256', keySize: 64 } },
      features: [
        id,
        {
          ...name,
          format: { type: 'string', encoding: 'utf-8', case: 'mixed', minLength: 0 },
          hashing: {
            ...name.hashing,
            comparison: { type: 'ngram', n: 2, positional: false },
            hash: { type: 'blakeHash' },
          },
        },
      ],
    };
    expect(compareSchemas(schema, written)).toEqual([]);
  });

  it('says what differs and whether it changes CLKs', () => {
    const other: LinkageSchema = {
      version: 3,
      clkConfig: { l: 512, kdf: { type: 'HKDF' } },
      features: [
        id,
        {
          ...name,
          format: { type: 'string', maxLength: 9 },
          hashing: { ...name.hashing, strategy: { bitsPerFeature: 200 } },
        },
      ],
    };
    expect(compareSchemas(schema, other).map(({ message, changesClks }) => [message, changesClks])).toEqual([
      ['l (bits of a CLK) is 1024 in the first schema, 512 in the second.', true],
      ['"name": maxLength is nothing in the first schema, 9 in the second.', false],
      ['"name": bitsPerToken is 20 in the first schema, nothing in the second.', true],
      ['"name": bitsPerFeature is nothing in the first schema, 200 in the second.', true],
    ]);
  });

  it('sees another order, other names, and features of one side only', () => {
    const messages = compareSchemas(schema, { ...schema, features: [name, id, { ...name, identifier: 'extra' }] });
    expect(messages.map(({ message }) => message)).toEqual([
      'The first schema has 2 features, the second 3.',
      expect.stringContaining('Feature 1 is "id" in the first schema, "name" in the second. The order'),
      expect.stringContaining('Feature 2 is "name"'),
      'Feature 3, "extra", is in the second schema only.',
    ]);
  });
});
