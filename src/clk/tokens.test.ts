import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { floatText, parsePythonFloat, parsePythonInteger } from '../python/number.ts';
import { encodeText, TEXT_ENCODINGS } from '../python/text.ts';
import { compileFieldFormat } from './field-format.ts';
import tables from './fixtures/keys-tokens-formats.json' with { type: 'json' };
import { foldWords } from './folding.ts';
import { deriveKeys } from './keys.ts';
import type { Comparison, HashedFeature } from './linkage-schema.ts';
import { checkSchema } from './schema-reading.ts';
import { createTokenPositions } from './token-bits.ts';
import { bitsOfTokens, createTokenizer } from './tokens.ts';

describe('keys', () => {
  const cases = tables.keys.filter((entry) => entry.kdf === undefined && entry.hash !== 'MD5');
  it.each(cases.map((entry, i) => [i, entry] as const))('case %i', (_, entry) => {
    const derive = () =>
      deriveKeys(entry.secret, entry.num_identifier, {
        hash: entry.hash === 'SHA512' ? 'SHA512' : 'SHA256',
        salt: entry.salt_hex ? hexToBytes(entry.salt_hex) : undefined,
        info: entry.info_hex ? hexToBytes(entry.info_hex) : undefined,
        keySize: entry.key_size,
      });
    if (entry.error) expect(derive).toThrow();
    else expect(derive().map((pair) => pair.map((key) => bytesToHex(key)))).toEqual(entry.keys);
  });

  it.each(tables.keys.filter((entry) => !cases.includes(entry)).map((entry) => [entry.kdf ?? 'HKDF', entry.hash]))(
    'of %s with %s cannot be asked for by a schema, as in clkhash',
    (type, hash) => {
      const { problems } = checkSchema({ version: 3, clkConfig: { l: 64, kdf: { type, hash } }, features: [] });
      expect(problems.some(({ path }) => path.startsWith('clkConfig/kdf'))).toBe(true);
    },
  );

  it('says how much HKDF gives', () => {
    expect(() => deriveKeys('s', 64)).toThrow('at most 8160');
  });
});

describe('tokens', () => {
  it.each(tables.tokens.map((entry) => [JSON.stringify(entry.comparison), entry] as const))('%s', (_, entry) => {
    const comparison = entry.comparison as Comparison;
    if (!entry.tokens) {
      expect(() => createTokenizer(comparison)).toThrow();
      return;
    }
    const tokenize = createTokenizer(comparison);
    for (const [value, expected] of entry.tokens as [string, string[] | { error: string }][]) {
      if (Array.isArray(expected)) expect(tokenize(value)).toEqual(expected);
      else expect(() => tokenize(value)).toThrow(expected.error.replace(/^\w+: /, ''));
    }
  });

  it.each(tables.bits_per_token.map((entry) => [entry.bitsPerFeature, entry.tokens, entry.k] as const))(
    'bitsPerFeature %i over %i tokens',
    (bitsPerFeature, tokens, k) => expect(bitsOfTokens({ bitsPerFeature }, tokens)).toEqual(k),
  );
});

describe('token positions', () => {
  it.each(tables.token_indices.map((entry, i) => [i, entry] as const))('case %i', (_, entry) => {
    const encoding = TEXT_ENCODINGS.find((known) => known === entry.encoding) ?? 'utf-8';
    const bytes = encodeText(entry.token, encoding);
    expect(bytesToHex(bytes)).toBe(entry.bytes);
    const keys = [hexToBytes(entry.key0), hexToBytes(entry.key1 ?? '')] as const;
    const hash =
      entry.hash === 'blake'
        ? ({ type: 'blakeHash' } as const)
        : ({ type: 'doubleHash', prevent_singularity: entry.hash !== 'double' } as const);
    const positions = createTokenPositions(hash, keys, entry.l);
    // Positions are a set in Python where a hash may come upon one twice.
    expect([...positions(bytes, entry.k)].slice(0, entry.k)).toEqual(entry.indices);
    const first = positions(bytes, 1);
    expect([...positions(bytes, entry.k, first)].slice(0, entry.k)).toEqual(entry.indices);
  });
});

describe('folding', () => {
  it.each(tables.fold_xor.map((entry) => [entry.in, entry.folds, entry.out] as const))(
    '%s, %i times',
    (before, folds, after) => {
      const words = new Int32Array(Math.ceil(before.length / 32));
      [...before].forEach((bit, i) => {
        if (bit === '1') words[i >> 5] = (words[i >> 5] ?? 0) | (1 << (31 - (i & 31)));
      });
      foldWords(words, before.length, folds);
      const bits = [...after].map((_, i) => ((words[i >> 5] ?? 0) >>> (31 - (i & 31))) & 1);
      expect(bits.join('')).toBe(after);
    },
  );
});

describe('field formats', () => {
  it.each(tables.formats.map((entry) => [JSON.stringify(entry.feature.format), entry] as const))('%s', (_, entry) => {
    const { problems, format } = compileFieldFormat(entry.feature as HashedFeature);
    for (const [value, verdict, formatted] of entry.rows as [
      string,
      string | { error: string },
      string | { error: string },
    ][]) {
      const [problem] = problems(value);
      expect(problem ? `InvalidEntryError: ${problem.clkhash}` : 'ok').toBe(
        typeof verdict === 'string' ? verdict : verdict.error,
      );
      const result = format(value);
      expect(result.ok ? result.value : `InvalidEntryError: ${result.problem.clkhash}`).toBe(
        typeof formatted === 'string' ? formatted : formatted.error,
      );
    }
  });
});

describe("Python's numbers", () => {
  const special: Record<string, string> = { Infinity: 'inf', '-Infinity': '-inf', NaN: 'nan' };
  it.each(tables.python_int_float.rows as [string, string | object, string | object][])('%j', (text, whole, real) => {
    expect(parsePythonInteger(text)?.toString()).toBe(typeof whole === 'string' ? whole : undefined);
    const read = parsePythonFloat(text);
    if (typeof real !== 'string') expect(read).toBeUndefined();
    else if (real.includes('e')) expect(read).toBe(Number(real));
    else expect(Object.is(read, -0) ? '-0.0' : (special[String(read)] ?? floatText(read ?? 0))).toBe(real);
  });
});
