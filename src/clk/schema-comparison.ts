import { message, t } from '../words/translate.ts';
import { DEFAULT_KEY_SIZE, type Feature, isIgnored, type LinkageSchema } from './linkage-schema.ts';

/** One way in which two schemas differ. */
export interface SchemaDifference {
  /** The feature, where it is one of a feature. */
  readonly feature?: string;
  /** The difference in plain words. */
  readonly message: string;
  /** Whether CLKs made with the two schemas cannot be compared, or not well. False for differences of checks and texts. */
  readonly changesClks: boolean;
}

function shown(value: unknown): string {
  return value === undefined ? t('nothing') : JSON.stringify(value);
}

/** What a part means with its defaults, so that a default that is written out is no difference. */
function defaults(feature: Feature): Record<string, { readonly value: unknown; readonly changesClks: boolean }> {
  if (isIgnored(feature)) return {};
  const { format, hashing } = feature;
  const { comparison } = hashing;
  const hash = hashing.hash ?? { type: 'blakeHash' as const };
  const isText = format.type === 'string';
  const text = isText && format.pattern === undefined ? format : undefined;
  const clk = (value: unknown) => ({ value, changesClks: true });
  const check = (value: unknown) => ({ value, changesClks: false });
  return {
    [message('format type')]: clk(format.type),
    encoding: clk(isText ? (format.encoding ?? 'utf-8') : 'utf-8'),
    case: check(text?.case ?? 'mixed'),
    minLength: check(text?.minLength ?? 0),
    maxLength: check(text?.maxLength),
    pattern: check(isText ? format.pattern : undefined),
    minimum: check(format.type === 'integer' ? format.minimum : undefined),
    maximum: check(format.type === 'integer' ? format.maximum : undefined),
    [message('date format')]: check(format.type === 'date' ? format.format : undefined),
    [message('allowed values')]: check(format.type === 'enum' ? [...format.values].sort() : undefined),
    comparison: clk(comparison.type),
    n: clk(comparison.type === 'ngram' ? comparison.n : undefined),
    positional: clk(comparison.type === 'ngram' ? (comparison.positional ?? false) : undefined),
    thresholdDistance: clk(comparison.type === 'numeric' ? comparison.thresholdDistance : undefined),
    resolution: clk(comparison.type === 'numeric' ? comparison.resolution : undefined),
    fractional_precision: clk(comparison.type === 'numeric' ? (comparison.fractional_precision ?? 0) : undefined),
    bitsPerToken: clk('bitsPerToken' in hashing.strategy ? hashing.strategy.bitsPerToken : undefined),
    bitsPerFeature: clk('bitsPerFeature' in hashing.strategy ? hashing.strategy.bitsPerFeature : undefined),
    hash: clk(hash.type),
    prevent_singularity: clk(hash.type === 'doubleHash' ? (hash.prevent_singularity ?? false) : undefined),
    [message('missing value')]: clk(hashing.missingValue?.sentinel),
    [message('replacement')]: clk(
      hashing.missingValue && (hashing.missingValue.replaceWith ?? hashing.missingValue.sentinel),
    ),
    description: check(format.description),
  };
}

function compareFeature(ours: Feature, theirs: Feature): SchemaDifference[] {
  const feature = ours.identifier;
  if (isIgnored(ours) !== isIgnored(theirs)) {
    const said = isIgnored(ours)
      ? t('"{{feature}}" is ignored in the first schema only.', { feature })
      : t('"{{feature}}" is ignored in the second schema only.', { feature });
    return [{ feature, message: said, changesClks: true }];
  }
  const found: SchemaDifference[] = [];
  const second = defaults(theirs);
  for (const [name, { value, changesClks }] of Object.entries(defaults(ours))) {
    const other = second[name]?.value;
    if (JSON.stringify(value) === JSON.stringify(other)) continue;
    found.push({
      feature,
      message: t('"{{feature}}": {{part}} is {{first}} in the first schema, {{second}} in the second.', {
        feature,
        part: t(name),
        first: shown(value),
        second: shown(other),
      }),
      changesClks,
    });
  }
  if (ours.description !== theirs.description) {
    found.push({ feature, message: t('"{{feature}}": the descriptions differ.', { feature }), changesClks: false });
  }
  return found;
}

function compareConfig(first: LinkageSchema, second: LinkageSchema): SchemaDifference[] {
  const settings = ({ clkConfig: { l, xor_folds = 0, kdf } }: LinkageSchema) => ({
    [message('l (bits of a CLK)')]: l,
    xor_folds,
    [message('hash of the key derivation')]: kdf.hash ?? 'SHA256',
    [message('salt of the key derivation')]: kdf.salt ?? '',
    [message('info of the key derivation')]: kdf.info ?? '',
    keySize: kdf.keySize ?? DEFAULT_KEY_SIZE,
  });
  const theirs = new Map<string, unknown>(Object.entries(settings(second)));
  return Object.entries(settings(first))
    .filter(([name, value]) => theirs.get(name) !== value)
    .map(([name, value]) => ({
      message: t('{{part}} is {{first}} in the first schema, {{second}} in the second.', {
        part: t(name),
        first: shown(value),
        second: shown(theirs.get(name)),
      }),
      changesClks: true,
    }));
}

/**
 * What differs between two schemas of version 3, in plain words, defaults counted in. Features belong together by their
 * place, since keys are derived by place; where their names differ, that is said.
 */
export function compareSchemas(first: LinkageSchema, second: LinkageSchema): SchemaDifference[] {
  const found = compareConfig(first, second);
  const length = Math.max(first.features.length, second.features.length);
  if (first.features.length !== second.features.length) {
    const said = t('The first schema has {{first}} features, the second {{second}}.', {
      first: first.features.length,
      second: second.features.length,
    });
    found.push({ message: said, changesClks: true });
  }
  for (let i = 0; i < length; i++) {
    const ours = first.features[i];
    const theirs = second.features[i];
    if (ours && theirs && ours.identifier === theirs.identifier) {
      found.push(...compareFeature(ours, theirs));
    } else if (ours && theirs) {
      const elsewhere = second.features.some((feature) => feature.identifier === ours.identifier);
      const hint = elsewhere
        ? t('The order of the features differs, and with it their keys.')
        : t('Their contents are compared all the same.');
      const said = t('Feature {{number}} is "{{first}}" in the first schema, "{{second}}" in the second. {{hint}}', {
        number: i + 1,
        first: ours.identifier,
        second: theirs.identifier,
        hint,
      });
      found.push({ feature: ours.identifier, message: said, changesClks: elsewhere });
      if (!elsewhere) found.push(...compareFeature(ours, theirs));
    } else {
      const feature = ours ?? theirs;
      const values = { number: i + 1, name: `${feature?.identifier}` };
      const said = ours
        ? t('Feature {{number}}, "{{name}}", is in the first schema only.', values)
        : t('Feature {{number}}, "{{name}}", is in the second schema only.', values);
      found.push({ message: said, changesClks: feature !== undefined && !isIgnored(feature) });
    }
  }
  return found;
}
