import { roundHalfEven } from '../python/number.ts';
import { isObject, type JsonObject } from './schema-rules.ts';

/** A part that a conversion needs is missing; the schema breaks the rules of its own version. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}

function part(value: JsonObject, key: string): unknown {
  if (!Object.hasOwn(value, key)) throw new ConversionError(`"${key}" is missing`);
  return value[key];
}

function objectPart(value: JsonObject, key: string): JsonObject {
  const found = part(value, key);
  if (!isObject(found)) throw new ConversionError(`"${key}" is not an object`);
  return found;
}

function features(value: JsonObject): JsonObject[] {
  const list = part(value, 'features');
  if (!Array.isArray(list) || !list.every(isObject)) throw new ConversionError('"features" is not a list of objects');
  return list;
}

function without(value: JsonObject, ...keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Version 1 to 2: k and hash, once for all, move into the features; weight 0 becomes an ignored feature. */
function convertFirst(schema: JsonObject): JsonObject {
  const config = objectPart(schema, 'clkConfig');
  const k = part(config, 'k');
  const hash = part(config, 'hash');
  const convertFeature = (feature: JsonObject): JsonObject => {
    if (feature.ignored === true) return feature;
    const hashing = objectPart(feature, 'hashing');
    const weight = hashing.weight ?? 1;
    if (typeof weight !== 'number' || typeof k !== 'number') throw new ConversionError('weight and k must be numbers');
    if (weight === 0) return { identifier: part(feature, 'identifier'), ignored: true };
    const strategy = { k: roundHalfEven(weight * k) };
    return { ...feature, hashing: { ...without(hashing, 'weight'), strategy, hash } };
  };
  return {
    version: 2,
    clkConfig: { l: part(config, 'l'), xor_folds: config.xor_folds ?? 0, kdf: part(config, 'kdf') },
    features: features(schema).map(convertFeature),
  };
}

/** Version 2 to 3: k and numBits get their present names, ngram and positional become a comparison. */
function convertSecond(schema: JsonObject): JsonObject {
  const convertFeature = (feature: JsonObject): JsonObject => {
    if (feature.ignored === true) return feature;
    const hashing = objectPart(feature, 'hashing');
    const old = objectPart(hashing, 'strategy');
    const strategy = without(old, 'k', 'numBits');
    if (Object.hasOwn(old, 'k')) strategy.bitsPerToken = old.k;
    if (Object.hasOwn(old, 'numBits')) strategy.bitsPerFeature = old.numBits;
    const comparison = { type: 'ngram', n: part(hashing, 'ngram'), positional: hashing.positional ?? false };
    return { ...feature, hashing: { ...without(hashing, 'ngram', 'positional'), strategy, comparison } };
  };
  return { ...schema, version: 3, features: features(schema).map(convertFeature) };
}

/**
 * Rewrites a schema of version 1 or 2 as version 3, with the same CLKs; one of version 3 is returned as it is. What
 * version 3 does not know is kept, so that checking the result shows it.
 * @throws ConversionError when a part that is needed is missing
 */
export function convertSchema(schema: JsonObject, version: 1 | 2 | 3): JsonObject {
  if (version === 3) return schema;
  return convertSecond(version === 1 ? convertFirst(schema) : schema);
}
