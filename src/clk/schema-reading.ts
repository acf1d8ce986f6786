import { readJson } from '../parsing/json.ts';
import { dateFormatError } from '../python/date.ts';
import { compilePattern } from '../python/pattern.ts';
import { t } from '../words/translate.ts';
import { fromBase64 } from './base64.ts';
import { DEFAULT_KEY_SIZE, type HashedFeature, isIgnored, type LinkageSchema } from './linkage-schema.ts';
import { ConversionError, convertSchema } from './schema-conversion.ts';
import { complain, isObject, placeName, type SchemaProblem } from './schema-rules.ts';
import { checkVersion, featurePath, schemaVersion } from './schema-versions.ts';
import { numericInterval } from './tokens.ts';

/** What became of a schema file. `schema` is present, and of version 3, unless there is a problem that is an error. */
export interface SchemaReading {
  readonly schema?: LinkageSchema;
  /** The version the file has. */
  readonly version?: 1 | 2 | 3;
  readonly problems: readonly SchemaProblem[];
}

const PYTHON_TYPES: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool' };

function pythonType(value: unknown): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return PYTHON_TYPES[typeof value] ?? 'dict';
}

function pythonText(value: unknown): string {
  if (value === null) return 'None';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The checks clkhash makes when it builds its objects from a schema that fits its specification. */
function checkMeaning(schema: LinkageSchema, found: SchemaProblem[]): void {
  for (const key of ['salt', 'info'] as const) {
    try {
      fromBase64(schema.clkConfig.kdf[key] ?? '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      complain(
        found,
        `clkConfig/kdf/${key}`,
        t('is not base64 ({{reason}}). Check that it was copied whole.', { reason }),
        reason,
      );
    }
  }
  schema.features.forEach((feature, i) => {
    if (!isIgnored(feature)) checkFeature(feature, i, found);
  });
}

function checkFeature({ format, hashing }: HashedFeature, index: number, found: SchemaProblem[]): void {
  if (format.type === 'string' && format.pattern !== undefined) {
    const compiled = compilePattern(format.pattern);
    if (!compiled.ok) {
      const path = featurePath(index, 'format', 'pattern');
      const said = t("is not a usable pattern of Python's re: {{reason}} in {{pattern}}. Correct it.", {
        reason: compiled.message,
        pattern: format.pattern,
      });
      if (compiled.reason === 'untranslatable') complain(found, path, said);
      else complain(found, path, said, `Invalid regular expression '${format.pattern}.'`);
    }
  }
  const { comparison, hash } = hashing;
  if (comparison.type === 'numeric' && numericInterval(comparison) === 0n) {
    complain(
      found,
      featurePath(index, 'hashing', 'comparison'),
      t('rounds thresholdDistance to 0. Raise fractional_precision or thresholdDistance.'),
      'not enough fractional precision to encode threshold_distance',
    );
  }
  if (hash && hash.type !== 'doubleHash' && 'prevent_singularity' in hash) {
    complain(
      found,
      featurePath(index, 'hashing', 'hash'),
      t('has prevent_singularity, which only doubleHash knows. Remove it.'),
      'Prevent_singularity must only be specified with hash_type doubleHash.',
    );
  }
}

/** Adds a warning about what stands at `path`; the message goes on after its name. */
type Warn = (path: string, message: string) => void;

/** What clkhash accepts in silence, and people stumble over later. */
function findTraps(schema: LinkageSchema, xorFolds: unknown): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const warn: Warn = (path, message) => {
    const place = placeName(path);
    found.push({ severity: 'warning', path, message: `${place[0]?.toUpperCase()}${place.slice(1)} ${message}` });
  };
  const { xor_folds: folds = 0 } = schema.clkConfig;
  if (typeof xorFolds === 'number' && xorFolds !== folds) {
    warn(
      'clkConfig/xorFolds',
      t('is {{value}} and has no effect, here as in clkhash: write xor_folds to fold CLKs.', { value: xorFolds }),
    );
  }
  if (!areUsable(folds))
    warn(
      'clkConfig/xor_folds',
      t('is {{value}}; nothing can be encoded until it is a whole number of 0 or more.', {
        value: JSON.stringify(folds),
      }),
    );
  if (schema.features.length === 0) warn('features', t('is empty, so there is nothing to encode.'));
  const seen = new Set<string>();
  for (const [i, feature] of schema.features.entries()) {
    if (seen.has(feature.identifier))
      warn(
        featurePath(i, 'identifier'),
        t('is "{{name}}" again; messages will not tell them apart.', { name: feature.identifier }),
      );
    seen.add(feature.identifier);
    if (isIgnored(feature)) continue;
    findFormatTraps(feature, i, warn);
    if (feature.hashing.hash?.type !== 'doubleHash') findBlakeTraps(schema, i, warn);
  }
  findKeyTraps(schema, warn);
  return found;
}

const areUsable = (folds: number) => Number.isInteger(folds) && folds >= 0;

/** Formats that no value fits. */
function findFormatTraps({ format }: HashedFeature, i: number, warn: Warn): void {
  if (
    format.type === 'string' &&
    format.pattern === undefined &&
    (format.minLength ?? 0) > (format.maxLength ?? Number.POSITIVE_INFINITY)
  ) {
    warn(featurePath(i, 'format'), t('has a minLength above its maxLength, so no value fits.'));
  }
  if (format.type === 'integer' && (format.minimum ?? -Infinity) > (format.maximum ?? Infinity)) {
    warn(featurePath(i, 'format'), t('has a minimum above its maximum, so no value fits.'));
  }
  const dateError = format.type === 'date' ? dateFormatError(format.format) : undefined;
  if (dateError !== undefined)
    warn(featurePath(i, 'format', 'format'), t('is not usable ({{reason}}), so no value fits.', { reason: dateError }));
}

/** Lengths and keys that blakeHash cannot do with. */
function findBlakeTraps({ clkConfig: { l, kdf, xor_folds: folds = 0 } }: LinkageSchema, i: number, warn: Warn): void {
  const bits = areUsable(folds) ? l * 2 ** folds : l;
  if (!Number.isInteger(Math.log2(bits))) {
    warn(
      featurePath(i, 'hashing', 'hash'),
      t('is blakeHash, which needs a length that is a power of two, and l with its folds is {{bits}}.', { bits }),
    );
  }
  const keySize = kdf.keySize ?? DEFAULT_KEY_SIZE;
  if (keySize > 64)
    warn(
      featurePath(i, 'hashing', 'hash'),
      t('is blakeHash, which takes keys of at most 64 bytes, and keySize is {{keySize}}.', { keySize }),
    );
}

/** More bytes of keys than the derivation gives. */
function findKeyTraps({ clkConfig: { kdf }, features }: LinkageSchema, warn: Warn): void {
  const bytes = 2 * features.length * (kdf.keySize ?? DEFAULT_KEY_SIZE);
  const limit = 255 * (kdf.hash === 'SHA512' ? 64 : 32);
  if (bytes > limit) {
    warn(
      'clkConfig/kdf',
      t(
        'gives at most {{limit}} bytes of keys, and the features need {{bytes}}. Use SHA512, a smaller keySize or fewer features.',
        { limit, bytes },
      ),
    );
  }
}

const failed = (message: string, clkhash: string): SchemaReading => ({
  problems: [{ severity: 'error', path: '', message, clkhash }],
});

/**
 * Checks a parsed linkage schema of version 1, 2 or 3 and converts it to version 3. All problems are found, with the
 * verdict of clkhash 0.18.3: a schema without errors here is one that clkhash accepts (but for a few patterns of
 * Python's `re` that browsers have no equivalent for, which are refused with a message that says so).
 */
export function checkSchema(value: unknown): SchemaReading {
  if (!isObject(value)) {
    return failed(
      t('The schema file must hold one object {...} with version, clkConfig and features.'),
      `The top level of the schema file is a ${pythonType(value)}, whereas a dict is expected.`,
    );
  }
  if (!Object.hasOwn(value, 'version')) {
    return failed(
      t('The schema has no "version". Add "version": 3, or that of the specification it was written for.'),
      'A format version is expected in the schema.',
    );
  }
  const version = schemaVersion(value.version);
  if (version === undefined) {
    return failed(
      t('The schema says it has version {{version}}; versions 1, 2 and 3 (as numbers) can be read.', {
        version: JSON.stringify(value.version),
      }),
      `Schema version ${pythonText(value.version)} is not supported. Consider updating clkhash.`,
    );
  }
  const problems = checkVersion(value, version);
  if (problems.length > 0) return { version, problems };
  const converted = convertSchema(value, version);
  if (version !== 3) problems.push(...checkVersion(converted, 3));
  if (problems.length > 0) return { version, problems };
  // The rules of version 3 are those of the type.
  const schema = converted as unknown as LinkageSchema;
  checkMeaning(schema, problems);
  const config = value.clkConfig;
  const traps = findTraps(schema, isObject(config) ? config.xorFolds : undefined);
  return problems.length > 0 ? { version, problems: [...problems, ...traps] } : { schema, version, problems: traps };
}

/** {@link checkSchema} of a file's text. */
export function readSchema(text: string): SchemaReading {
  const json = readJson(text);
  if ('problem' in json) {
    return failed(
      t('The schema file is not JSON: {{problem}}.', { problem: json.problem }),
      'The schema is not a valid JSON file.',
    );
  }
  return checkSchema(json.data);
}

/** A conversion to version 3 with what is wrong with it, also where the schema is not valid. */
export interface SchemaConversion {
  readonly converted?: Readonly<Record<string, unknown>>;
  readonly problems: readonly SchemaProblem[];
}

/** {@link convertAndCheck} of a file's text; nothing where it is not JSON. */
export function convertText(text: string): SchemaConversion {
  const json = readJson(text);
  return 'problem' in json ? readSchema(text) : convertAndCheck(json.data);
}

/** Converts a parsed schema to version 3, as far as it can be, and checks the result. */
export function convertAndCheck(value: unknown): SchemaConversion {
  const { version, problems } = checkSchema(value);
  if (version === undefined || !isObject(value)) return { problems };
  try {
    return { converted: convertSchema(value, version), problems };
  } catch (error) {
    if (error instanceof ConversionError) return { problems };
    throw error;
  }
}
