import { z } from 'zod';
import { isObject, type SchemaProblem } from '../clk/schema-rules.ts';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { t } from '../words/translate.ts';
import type { SignaturePart } from './signatures.ts';

/** A blocking schema as it is used: every default filled in, every number a number. */
export type BlockingSchema =
  | { readonly type: 'p-sig'; readonly version: number; readonly config: PSigConfig }
  | { readonly type: 'lambda-fold'; readonly version: number; readonly config: LambdaFoldConfig };

interface SharedConfig {
  /** Column of record identifiers; null where records are known by their row. */
  readonly recordIdColumn: number | null;
  /** Columns by number, or by name. */
  readonly blockingFeatures: readonly (number | string)[];
  /** The value of a missing value; null where none is missing. */
  readonly nullSentinel: string | null;
}

/** Blocks by signatures of a frequency that is neither too high nor too low. */
export interface PSigConfig extends SharedConfig {
  /** Records a signature may have: a number of them, or a share of all. */
  readonly filter: { readonly type: 'ratio' | 'count'; readonly max: number; readonly min: number };
  readonly hashFunctions: number;
  /** Bits of the filter whose positions make a block id. */
  readonly filterLength: number;
  readonly compressBlockKey: boolean;
  readonly signatures: readonly (readonly SignaturePart[])[];
}

/** Blocks by equal bits at positions sampled from a filter, several times over (Karapiperis and Verykios 2015). */
export interface LambdaFoldConfig extends SharedConfig {
  readonly tables: number;
  /** Positions sampled for a table. */
  readonly positions: number;
  readonly filterLength: number;
  readonly hashFunctions: number;
  /** Whether the records are CLKs, in place of rows. */
  readonly inputClks: boolean;
  readonly randomState: number;
}

export interface BlockingSchemaReading {
  readonly schema?: BlockingSchema;
  readonly problems: readonly SchemaProblem[];
}

/** Numbers as blocklib takes them: fractions are cut, and numbers in quotes and truth values count as numbers. */
const whole = z
  .union([z.number(), z.boolean(), z.string().regex(/^\s*[+-]?\d+(?:_\d+)*\s*$/)], {
    error: () => t('must be a whole number'),
  })
  .transform((value) => Math.trunc(typeof value === 'string' ? Number(value.replaceAll('_', '')) : Number(value)));
/** Longer ones lose digits as they are read, and would start the random numbers elsewhere than Python does. */
const seed = whole.refine((value) => Number.isSafeInteger(value), {
  error: () => t('must have at most 15 digits'),
});
const atLeastZero = whole.refine((value) => value >= 0, { error: () => t('must be 0 or more') });
const share = z
  .union([z.number(), z.boolean(), z.string().regex(/^\s*[+-]?\d*\.?\d+\s*$/)], {
    error: () => t('must be a number from 0 to 1'),
  })
  .transform(Number)
  .refine((value) => value >= 0 && value <= 1, {
    error: () => t('must be from 0 to 1; use the type "count" for numbers of records'),
  });
const text = z.union([z.string(), z.number().transform(String)], { error: () => t('must be text') });
const truth = z
  .union([z.boolean(), z.literal([0, 1]), z.stringbool()], { error: () => t('must be true or false') })
  .transform((value) => Boolean(value));
const feature = z.union([whole, text], { error: () => t('must be a column, by number or by name') });

const shared = {
  'record-id-col': whole.nullish().transform((value) => value ?? null),
  'blocking-features': z.union([z.array(whole), z.array(text)], {
    error: () => t('must be a list of columns, by number or by name'),
  }),
  'null-sentinel': text.nullable().default(''),
};

const filter = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('ratio'), max: share, min: share.default(0) }),
    z.object({ type: z.literal('count'), max: atLeastZero, min: atLeastZero }),
  ],
  { error: (issue) => (isObject(issue.input) ? t('must be "ratio" or "count"') : t('must be an object')) },
);

const part = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('feature-value'), feature }),
    z.object({ type: z.literal('metaphone'), feature }),
    z.object({
      type: z.literal('characters-at'),
      feature,
      config: z.object({
        pos: z.array(z.union([atLeastZero, text], { error: () => t('must be a position such as 0 or "1:4"') })),
      }),
    }),
  ],
  {
    error: (issue) =>
      isObject(issue.input) ? t('must be "characters-at", "feature-value" or "metaphone"') : t('must be an object'),
  },
);

const pSig = z
  .object({
    ...shared,
    filter,
    'blocking-filter': z.object({
      type: z.literal('bloom filter', { error: () => t('must be "bloom filter"') }),
      'number-hash-functions': whole,
      'bf-len': whole,
      'compress-block-key': truth.nullable().default(false),
    }),
    signatureSpecs: z.array(z.array(part)),
  })
  .transform(
    (config): PSigConfig => ({
      recordIdColumn: config['record-id-col'],
      blockingFeatures: config['blocking-features'],
      nullSentinel: config['null-sentinel'],
      filter: config.filter,
      hashFunctions: config['blocking-filter']['number-hash-functions'],
      filterLength: config['blocking-filter']['bf-len'],
      compressBlockKey: config['blocking-filter']['compress-block-key'] ?? false,
      signatures: config.signatureSpecs,
    }),
  );

const lambdaFold = z
  .object({
    ...shared,
    Lambda: whole,
    K: whole,
    'bf-len': whole,
    'num-hash-funcs': whole,
    'input-clks': truth,
    random_state: seed,
  })
  .transform(
    (config): LambdaFoldConfig => ({
      recordIdColumn: config['record-id-col'],
      blockingFeatures: config['blocking-features'],
      nullSentinel: config['null-sentinel'],
      tables: config.Lambda,
      positions: config.K,
      filterLength: config['bf-len'],
      hashFunctions: config['num-hash-funcs'],
      inputClks: config['input-clks'],
      randomState: config.random_state,
    }),
  );

const blockingSchema = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('p-sig'), version: whole, config: pSig }),
    z.object({ type: z.literal('lambda-fold'), version: whole, config: lambdaFold }),
  ],
  { error: (issue) => (isObject(issue.input) ? t('must be "p-sig" or "lambda-fold"') : t('must be an object')) },
);

/** The older spelling of a signature part's feature, read as the present one. */
function readOlderSpelling(value: unknown, problems: SchemaProblem[]): unknown {
  if (!isObject(value) || !isObject(value.config) || !Array.isArray(value.config.signatureSpecs)) return value;
  let older = false;
  const signatureSpecs = value.config.signatureSpecs.map((strategy: unknown) =>
    Array.isArray(strategy)
      ? strategy.map((entry: unknown) => {
          if (!isObject(entry) || 'feature' in entry || !('feature-idx' in entry)) return entry;
          older = true;
          const { 'feature-idx': index, ...rest } = entry;
          return { ...rest, feature: index };
        })
      : strategy,
  );
  if (!older) return value;
  const message = t(
    'Config.signatureSpecs spells "feature" as "feature-idx", as older versions of blocklib did. It is read here as "feature". anonlink-client 0.1.5 passes over it and takes the last column, so a partner who uses it has other blocks. Write "feature".',
  );
  problems.push({ severity: 'warning', path: 'config/signatureSpecs', message });
  return { ...value, config: { ...value.config, signatureSpecs } };
}

/** Settings that blocklib accepts, and that then find nothing or fail. */
function findTraps({ type, config }: BlockingSchema, problems: SchemaProblem[]): void {
  const warn = (key: string, message: string): void => {
    problems.push({ severity: 'warning', path: `config/${key}`, message: `Config.${key} ${message}` });
  };
  if (config.blockingFeatures.length === 0 && !(type === 'lambda-fold' && config.inputClks)) {
    warn('blocking-features', t('is empty. Name the columns to block by.'));
  }
  if (type === 'lambda-fold') {
    if (config.tables < 1) {
      warn('Lambda', t('is {{value}}, so there are no blocks. Make it 1 or more.', { value: config.tables }));
    }
    if (!config.inputClks && config.positions > config.filterLength) {
      const values = { value: config.positions, bits: config.filterLength };
      warn('K', t('is {{value}}, more than the {{bits}} bits of bf-len. Make it smaller.', values));
    }
  } else {
    if (config.signatures.length === 0) warn('signatureSpecs', t('is empty, so there are no blocks.'));
    if (config.filter.min > config.filter.max) warn('filter', t('has a min above its max, so no signature passes.'));
  }
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** A setting beside a missing one that differs from it in hyphens, underscores or capitals only. */
function spelling(value: unknown, path: readonly PropertyKey[]): string {
  const name = String(path.at(-1));
  let at: unknown = value;
  for (const key of path.slice(0, -1)) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  if (!isObject(at)) return '';
  const other = Object.keys(at).find((key) => plainName(key) === plainName(name));
  return other === undefined ? '' : ` ${t('"{{other}}" stands there: write "{{name}}".', { other, name })}`;
}

/**
 * Checks a parsed blocking schema with the verdicts and the coercions of blocklib 0.1.11; beyond them the older
 * spelling `feature-idx` is read, with a warning.
 */
export function checkBlockingSchema(value: unknown): BlockingSchemaReading {
  const problems: SchemaProblem[] = [];
  const parsed = checked(blockingSchema, readOlderSpelling(value, problems));
  if ('data' in parsed) {
    findTraps(parsed.data, problems);
    return { schema: parsed.data, problems };
  }
  for (const issue of parsed.issues) {
    const path = issue.path.join('/');
    const place = path === '' ? t('The blocking schema') : path.replaceAll('/', '.');
    const missing = issue.input === undefined && issue.code !== 'custom';
    const words =
      issue.message === t('is missing') || !missing
        ? issue.message
        : t('{{problem}} (it is missing)', { problem: issue.message });
    problems.push({
      severity: 'error',
      path,
      message: `${place} ${words}.${missing ? spelling(value, issue.path) : ''}`,
    });
  }
  return { problems };
}

/** {@link checkBlockingSchema} of a file's text. */
export function readBlockingSchema(json: string): BlockingSchemaReading {
  const read = readJson(json);
  if ('data' in read) return checkBlockingSchema(read.data);
  const message = t('The blocking schema is not JSON: {{problem}}.', { problem: read.problem });
  return { problems: [{ severity: 'error', path: '', message }] };
}
