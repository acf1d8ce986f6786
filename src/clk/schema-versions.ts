import { TEXT_ENCODINGS } from '../python/text.ts';
import { t } from '../words/translate.ts';
import {
  anything,
  array,
  boolean,
  byType,
  child,
  complain,
  decimal,
  exactlyOneKey,
  integer,
  isObject,
  object,
  oneOf,
  type Rule,
  type SchemaProblem,
  string,
} from './schema-rules.ts';

/** What each version of a linkage schema may hold, with the verdicts of clkhash's JSON schemas (draft 7). */

const encoding = oneOf(TEXT_ENCODINGS);
const type = anything;

const textFormat = object({
  required: { type },
  optional: {
    encoding,
    case: oneOf(['upper', 'lower', 'mixed']),
    minLength: integer(0),
    maxLength: integer(1),
    description: string,
  },
  closed: true,
});

const patternFormat = object({
  required: { type, pattern: string },
  optional: { encoding, description: string },
  closed: true,
});

const format = byType({
  string: (value, path, found) =>
    (isObject(value) && Object.hasOwn(value, 'pattern') ? patternFormat : textFormat)(value, path, found),
  integer: object({
    required: { type },
    optional: { minimum: integer(), maximum: integer(), description: string },
    closed: true,
  }),
  date: object({ required: { type, format: string }, optional: { description: string }, closed: true }),
  enum: object({ required: { type, values: array(string) }, optional: { description: string }, closed: true }),
});

const hash = byType({
  doubleHash: object({ required: { type }, optional: { prevent_singularity: boolean } }),
  blakeHash: object({ required: { type } }),
});

const kdf = object({
  required: { type: oneOf(['HKDF']) },
  optional: { hash: oneOf(['SHA256', 'SHA512']), salt: string, info: string, keySize: integer(1) },
});

const missingValue = object({ required: { sentinel: string }, optional: { replaceWith: string } });

const comparison = byType({
  ngram: object({ required: { type, n: integer(1) }, optional: { positional: boolean } }),
  exact: object({ required: { type } }),
  numeric: object({
    required: { type, thresholdDistance: decimal({ above: 0 }), resolution: integer(1) },
    optional: { fractional_precision: integer(0) },
  }),
});

const hashingByVersion: Readonly<Record<1 | 2 | 3, Rule>> = {
  1: object({
    required: { ngram: integer(0) },
    optional: { positional: boolean, weight: decimal({ minimum: 0 }), missingValue },
  }),
  2: object({
    required: { ngram: integer(1), strategy: exactlyOneKey({ numBits: anything, k: anything }, false) },
    optional: { hash, positional: boolean, missingValue },
    closed: true,
  }),
  3: object({
    required: {
      comparison,
      strategy: exactlyOneKey({ bitsPerToken: integer(1), bitsPerFeature: integer(1) }, true),
    },
    optional: { hash, missingValue },
    closed: true,
  }),
};

function featureRule(version: 1 | 2 | 3): Rule {
  const hashed = object({
    required: { identifier: string, format, hashing: hashingByVersion[version] },
    optional: { description: string, ...(version === 3 ? { ignored: boolean } : {}) },
  });
  const ignored = object({
    required: { identifier: string, ignored: oneOf([true]) },
    optional: { description: string },
    closed: version === 3,
  });
  return (value, path, found) => {
    if (!isObject(value)) return hashed(value, path, found);
    const full = Object.hasOwn(value, 'format') || Object.hasOwn(value, 'hashing');
    if (!full && Object.hasOwn(value, 'ignored')) return ignored(value, path, found);
    if (version === 3 || value.ignored !== true) return hashed(value, path, found);
    // Before version 3 a feature must be ignored or hashed, and one that could be both is refused.
    const whole: SchemaProblem[] = [];
    hashed(value, path, whole);
    ignored(value, path, found);
    if (whole.length === 0) {
      complain(found, path, t('is ignored and has a format and hashing too. Remove "ignored", or the other two.'));
    }
  };
}

function schemaRule(version: 1 | 2 | 3): Rule {
  const required: Record<string, Rule> = { l: integer(1), kdf };
  if (version === 1) Object.assign(required, { k: integer(1), hash });
  return object({
    required: {
      version: decimal(),
      clkConfig: object({ required, optional: { xorFolds: integer(0) } }),
      features: array(featureRule(version)),
    },
  });
}

const rules = { 1: schemaRule(1), 2: schemaRule(2), 3: schemaRule(3) };

/** The version a schema says it has: true counts as 1, as in Python. */
export function schemaVersion(value: unknown): 1 | 2 | 3 | undefined {
  if (value === true) return 1;
  return value === 1 || value === 2 || value === 3 ? value : undefined;
}

/** Checks a parsed schema against the rules of one version. */
export function checkVersion(value: unknown, version: 1 | 2 | 3): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  rules[version](value, '', found);
  return found;
}

/** Names of places in a feature, for paths. */
export const featurePath = (index: number, ...rest: string[]): string =>
  rest.reduce((path, key) => child(path, key), child('features', index));
