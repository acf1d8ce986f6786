import { describe, expect, it } from 'vitest';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import { featureEncoding, isIgnored, type LinkageSchema } from './linkage-schema.ts';
import { checkSchema, convertAndCheck, readSchema } from './schema-reading.ts';

interface Verdict {
  name: string;
  schema: unknown;
  verdict: 'valid' | 'invalid';
  message?: string;
  jsonschema?: { path: string; message: string };
  l?: number;
  xor_folds?: number;
  kdf_hash?: string;
  key_size?: number;
  features?: unknown[];
}

const SPECS = { string: 'StringSpec', integer: 'IntegerSpec', date: 'DateSpec', enum: 'EnumSpec' };

/** The summary of a schema that the vectors hold. */
function summary(schema: LinkageSchema): unknown {
  const { l, xor_folds = 0, kdf } = schema.clkConfig;
  return {
    l,
    xor_folds,
    kdf_hash: kdf.hash ?? 'SHA256',
    key_size: kdf.keySize ?? 64,
    features: schema.features.map((feature) => {
      if (isIgnored(feature)) return [feature.identifier, 'Ignore', null];
      const { comparison, strategy, hash } = feature.hashing;
      const comparisons = {
        ngram: () =>
          comparison.type === 'ngram' &&
          `NgramComparison(n=${comparison.n}, positional=${comparison.positional ? 'True' : 'False'})`,
        exact: () => 'ExactComparison',
        numeric: () => 'NumericComparison',
      };
      return [
        feature.identifier,
        SPECS[feature.format.type],
        comparisons[comparison.type](),
        'bitsPerToken' in strategy ? 'BitsPerTokenStrategy' : 'BitsPerFeatureStrategy',
        hash?.type ?? 'blakeHash',
        featureEncoding(feature),
      ];
    }),
  };
}

const minimal = {
  version: 3,
  clkConfig: { l: 64, kdf: { type: 'HKDF' } },
  features: [
    {
      identifier: 'a',
      format: { type: 'string' },
      hashing: { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerToken: 3 } },
    },
  ],
};

describe('readSchema', () => {
  it('reports every problem, with its place and what to do', () => {
    const { schema, problems } = readSchema(
      JSON.stringify({
        version: 3,
        clkConfig: { l: 0, kdf: { type: 'HKDF', hash: 'MD5' } },
        features: [
          { identifier: 1, format: { type: 'text' }, hashing: { comparison: { type: 'ngram' }, strategy: {}, k: 1 } },
        ],
      }),
    );
    expect(schema).toBeUndefined();
    expect(problems.map((problem) => problem.path)).toEqual([
      'clkConfig/l',
      'clkConfig/kdf/hash',
      'features/0/identifier',
      'features/0/format/type',
      'features/0/hashing/comparison',
      'features/0/hashing/strategy',
      'features/0/hashing',
    ]);
    expect(problems[0]?.message).toBe('ClkConfig.l is 0; it must be at least 1.');
    expect(problems[6]?.message).toMatch(/^Feature 1, hashing has an unknown key "k"\. Remove it/);
  });

  it('warns of what clkhash accepts in silence', () => {
    const { schema, problems } = checkSchema({ ...minimal, clkConfig: { ...minimal.clkConfig, l: 1000, xorFolds: 1 } });
    expect(schema).toBeDefined();
    expect(problems.map(({ severity, path }) => [severity, path])).toEqual([
      ['warning', 'clkConfig/xorFolds'],
      ['warning', 'features/0/hashing/hash'],
    ]);
  });

  it('says it where a pattern has no equivalent in browsers', () => {
    const [feature] = minimal.features;
    const { problems } = checkSchema({
      ...minimal,
      features: [{ ...feature, format: { type: 'string', pattern: '(?>a+)b' } }],
    });
    expect(problems[0]?.message).toContain('cannot be used in a browser');
  });
});

describe.skipIf(!hasVectors)('schema verdicts of clkhash', () => {
  const files = hasVectors ? ['schemas/verdicts_files.json', 'schemas/verdicts_mutations.json'] : [];
  const cases = files.flatMap((file) => readVectors<{ cases: Verdict[] }>(file).cases);

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
    const { schema, problems } = checkSchema(entry.schema);
    const errors = problems.filter((problem) => problem.severity === 'error');
    expect(schema === undefined ? 'invalid' : 'valid').toBe(entry.verdict);
    expect(errors.length > 0).toBe(entry.verdict === 'invalid');
    if (schema) {
      const { l, xor_folds, kdf_hash, key_size, features } = entry;
      expect(summary(schema)).toEqual({ l, xor_folds, kdf_hash, key_size, features });
    } else if (entry.jsonschema) {
      const path = entry.jsonschema.path;
      expect(errors.some((error) => error.path.startsWith(path) || path.startsWith(error.path))).toBe(true);
    } else {
      for (const { clkhash = '?' } of errors) expect(entry.message).toContain(clkhash);
    }
  });

  const texts = hasVectors
    ? readVectors<{ texts: { name: string; text: string; message: string }[] }>('schemas/verdicts_mutations.json').texts
    : [];
  it.each(texts.map((entry) => [entry.name, entry] as const))('file: %s', (_, entry) => {
    const { schema, problems } = readSchema(entry.text);
    expect(schema).toBeUndefined();
    expect(problems[0]?.clkhash).toBe(entry.message.trim());
  });
});

describe.skipIf(!hasVectors)('conversions of clkhash', () => {
  interface Conversion {
    name: string;
    input: unknown;
    converted?: unknown;
    convertedIsValid: boolean;
  }
  const cases = hasVectors ? readVectors<{ cases: Conversion[] }>('schemas/conversions.json').cases : [];
  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
    const { converted, problems } = convertAndCheck(entry.input);
    expect(converted).toEqual(entry.converted);
    if (entry.convertedIsValid) expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    else expect(problems.some((problem) => problem.severity === 'error')).toBe(true);
  });
});
