import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../python/csv-rows.ts';
import { hasVectors, readGzippedVector, readVectors } from '../testing/vectors.ts';
import { fromBase64 } from './base64.ts';
import { clksToBase64 } from './clk-file.ts';
import { createEncoder, EncodingError } from './encoder.ts';
import generated from './fixtures/clks.json' with { type: 'json' };
import type { LinkageSchema } from './linkage-schema.ts';
import { popcountStatistics } from './popcounts.ts';
import { checkSchema } from './schema-reading.ts';

interface ClkCase {
  name: string;
  schema: unknown;
  csv: string;
  secret: string | { base64: string };
  header: boolean | string;
  clks: string[];
  popcounts: number[];
  bits: number;
}

function schemaOf(value: unknown): LinkageSchema {
  const { schema, problems } = checkSchema(value);
  if (!schema) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return schema;
}

function expectClks(entry: ClkCase): void {
  const secret = typeof entry.secret === 'string' ? entry.secret : fromBase64(entry.secret.base64);
  const rows = [...csvRows(entry.csv)].slice(entry.header === false ? 0 : 1);
  const encoder = createEncoder(schemaOf(entry.schema), secret);
  const table = encoder.encodeTable(rows);
  expect(clksToBase64(table)).toEqual(entry.clks);
  expect([...table.popcounts]).toEqual(entry.popcounts);
  expect(encoder.length).toBe(entry.bits);
  const [row] = rows;
  if (row) expect(encoder.encode(row)).toEqual(fromBase64(entry.clks[0] ?? ''));
}

describe('createEncoder', () => {
  it.each(generated.cases.map((entry) => [entry.name, entry] as const))('gives the CLKs of clkhash: %s', (_, entry) => {
    expectClks(entry as ClkCase);
  });

  const schema = schemaOf({
    version: 3,
    clkConfig: { l: 64, kdf: { type: 'HKDF' } },
    features: [
      { identifier: 'id', ignored: true },
      {
        identifier: 'age',
        format: { type: 'integer' },
        hashing: { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 10 } },
      },
    ],
  });

  it('names the row and the column of a value it cannot format', () => {
    const encode = () =>
      createEncoder(schema, 's').encodeTable(
        [
          ['1', '5'],
          ['2', 'x'],
        ],
        { firstRow: 100 },
      );
    expect(encode).toThrow(EncodingError);
    expect(encode).toThrow('Row 102, column "age": "x" is not a whole number.');
  });

  it('gives the same after a value that failed', () => {
    const encoder = createEncoder(schema, 's');
    expect(() => encoder.encode(['1', 'x'])).toThrow();
    expect(encoder.encode(['1', '77'])).toEqual(createEncoder(schema, 's').encode(['1', '77']));
  });

  it('reports progress with popcounts', () => {
    const seen: number[][] = [];
    const rows = Array.from({ length: 5 }, (_, i) => ['', String(i)]);
    createEncoder(schema, 's').encodeTable(rows.values(), {
      every: 2,
      onProgress: (done, popcounts) => seen.push([done, popcounts.length]),
    });
    expect(seen).toEqual([
      [2, 2],
      [4, 4],
      [5, 5],
    ]);
  });

  it('refuses rows of another length and schemas that cannot be used', () => {
    expect(() => createEncoder(schema, 's').encode(['1'])).toThrow('The row has 1 values; the schema has 2 features.');
    const folded = { ...schema, clkConfig: { ...schema.clkConfig, xor_folds: -1 } };
    expect(() => createEncoder(folded, 's')).toThrow('xor_folds is -1');
    const odd = { ...schema, clkConfig: { ...schema.clkConfig, l: 1000 } };
    expect(() => createEncoder(odd, 's').encode(['1', '5'])).toThrow('power of two');
  });
});

const NAMES = [
  'bits_per_feature_small',
  'blake_k_33_salt1',
  'blake_k_400_salt12',
  'blake_l_131072',
  'blake_l_64',
  'dirty_v1',
  'double_l_1',
  'double_l_1000',
  'double_l_1021_prime',
  'double_l_16_nonsingular',
  'double_l_16_singular',
  'febrl4_final',
  'febrl4_overweight',
  'febrl4_reduced',
  'febrl4b_final',
  'formats',
  'header_absent',
  'header_ignored',
  'hkdf_defaults',
  'hkdf_keysize_1',
  'hkdf_keysize_100_double',
  'hkdf_sha512_key32',
  'ncvr_novt',
  'novalidate',
  'numeric_exact',
  'randomnames_pkg_v3',
  'randomnames_v1',
  'randomnames_v2',
  'randomnames_v2_numbits',
  'secret_bytes',
  'secret_empty',
  'simple_v1',
  'trigram_positional',
  'unicode_utf16',
  'unicode_utf32',
  'unicode_utf8',
  'unigram_dup_tokens',
  'v1_blake_xor_folds',
  'v1_weight_rounding',
  'xorFolds_camel_ignored',
  'xor_folds_1',
  'xor_folds_3_double',
];

describe.skipIf(!hasVectors)('CLKs of clkhash', () => {
  it.each(NAMES)('%s', (name) => expectClks(readVectors(`clk/${name}.json`)));
});

describe.skipIf(!hasVectors)('whole data sets', () => {
  interface FullSet {
    data: string;
    schema: unknown;
    secret: string;
    csv_sha256: string;
    n: number;
    clks_sha256: string;
    first: string;
    last: string;
    popcount: { min: number; max: number; mean: number; std: number };
  }
  const sets = hasVectors ? readVectors<{ sets: FullSet[] }>('full_sets.json').sets : [];
  it.each(sets.map((set) => [set.data, set] as const))('%s', (_, set) => {
    const text = readGzippedVector(`data/${set.data}`);
    expect(createHash('sha256').update(text).digest('hex')).toBe(set.csv_sha256);
    const rows = [...csvRows(text)].slice(1);
    const table = createEncoder(schemaOf(set.schema), set.secret).encodeTable(rows);
    expect([table.rows, clksToBase64(table)[0], clksToBase64(table).at(-1)]).toEqual([set.n, set.first, set.last]);
    const digest = createHash('sha256')
      .update(`${clksToBase64(table).join('\n')}\n`)
      .digest('hex');
    expect(digest).toBe(set.clks_sha256);
    const { minimum, maximum, mean, deviation } = popcountStatistics(table.popcounts);
    expect({ minimum, maximum, mean }).toEqual({
      minimum: set.popcount.min,
      maximum: set.popcount.max,
      mean: set.popcount.mean,
    });
    expect(deviation).toBeCloseTo(set.popcount.std, 9);
  });
});
