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
  return value === undefined ? 'nothing' : JSON.stringify(value);
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
    'format type': clk(format.type),
    encoding: clk(isText ? (format.encoding ?? 'utf-8') : 'utf-8'),
    case: check(text?.case ?? 'mixed'),
    minLength: check(text?.minLength ?? 0),
    maxLength: check(text?.maxLength),
    pattern: check(isText ? format.pattern : undefined),
    minimum: check(format.type === 'integer' ? format.minimum : undefined),
    maximum: check(format.type === 'integer' ? format.maximum : undefined),
    'date format': check(format.type === 'date' ? format.format : undefined),
    'allowed values': check(format.type === 'enum' ? [...format.values].sort() : undefined),
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
    'missing value': clk(hashing.missingValue?.sentinel),
    replacement: clk(hashing.missingValue && (hashing.missingValue.replaceWith ?? hashing.missingValue.sentinel)),
    description: check(format.description),
  };
}

function compareFeature(ours: Feature, theirs: Feature): SchemaDifference[] {
  const feature = ours.identifier;
  if (isIgnored(ours) !== isIgnored(theirs)) {
    const side = isIgnored(ours) ? 'first' : 'second';
    return [{ feature, message: `"${feature}" is ignored in the ${side} schema only.`, changesClks: true }];
  }
  const found: SchemaDifference[] = [];
  const second = defaults(theirs);
  for (const [name, { value, changesClks }] of Object.entries(defaults(ours))) {
    const other = second[name]?.value;
    if (JSON.stringify(value) === JSON.stringify(other)) continue;
    found.push({
      feature,
      message: `"${feature}": ${name} is ${shown(value)} in the first schema, ${shown(other)} in the second.`,
      changesClks,
    });
  }
  if (ours.description !== theirs.description) {
    found.push({ feature, message: `"${feature}": the descriptions differ.`, changesClks: false });
  }
  return found;
}

function compareConfig(first: LinkageSchema, second: LinkageSchema): SchemaDifference[] {
  const settings = ({ clkConfig: { l, xor_folds = 0, kdf } }: LinkageSchema) => ({
    'l (bits of a CLK)': l,
    xor_folds,
    'hash of the key derivation': kdf.hash ?? 'SHA256',
    'salt of the key derivation': kdf.salt ?? '',
    'info of the key derivation': kdf.info ?? '',
    keySize: kdf.keySize ?? DEFAULT_KEY_SIZE,
  });
  const theirs = new Map<string, unknown>(Object.entries(settings(second)));
  return Object.entries(settings(first))
    .filter(([name, value]) => theirs.get(name) !== value)
    .map(([name, value]) => ({
      message: `${name} is ${shown(value)} in the first schema, ${shown(theirs.get(name))} in the second.`,
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
    const message = `The first schema has ${first.features.length} features, the second ${second.features.length}.`;
    found.push({ message, changesClks: true });
  }
  for (let i = 0; i < length; i++) {
    const ours = first.features[i];
    const theirs = second.features[i];
    if (ours && theirs && ours.identifier === theirs.identifier) {
      found.push(...compareFeature(ours, theirs));
    } else if (ours && theirs) {
      const elsewhere = second.features.some((feature) => feature.identifier === ours.identifier);
      const hint = elsewhere
        ? 'The order of the features differs, and with it their keys.'
        : 'Their contents are compared all the same.';
      const message = `Feature ${i + 1} is "${ours.identifier}" in the first schema, "${theirs.identifier}" in the second. ${hint}`;
      found.push({ feature: ours.identifier, message, changesClks: elsewhere });
      if (!elsewhere) found.push(...compareFeature(ours, theirs));
    } else {
      const feature = ours ?? theirs;
      const side = ours ? 'first' : 'second';
      const message = `Feature ${i + 1}, "${feature?.identifier}", is in the ${side} schema only.`;
      found.push({ message, changesClks: feature !== undefined && !isIgnored(feature) });
    }
  }
  return found;
}
