import { isObject } from '../clk/schema-rules.ts';

/** Versions of anonlink-client whose blocks can be made: that of the vectors, and one that reads schemas in another way. */
export const CLIENT_VERSIONS = ['0.1.9', '0.1.5'] as const;
export type ClientVersion = (typeof CLIENT_VERSIONS)[number];

/**
 * A blocking schema as anonlink-client 0.1.5 reads it: it does not know the key `feature-idx` of a signature's part, and
 * takes the last column where it finds no feature.
 * @param value parsed JSON
 * @param columns of the table
 * @returns the schema with that column as the feature of such parts, and how many they are
 */
export function asClient015(value: unknown, columns: number): { readonly value: unknown; readonly parts: number } {
  if (!isObject(value) || !isObject(value.config) || !Array.isArray(value.config.signatureSpecs)) {
    return { value, parts: 0 };
  }
  let parts = 0;
  const read = (part: unknown): unknown => {
    if (!isObject(part) || 'feature' in part || !('feature-idx' in part)) return part;
    parts++;
    const { 'feature-idx': _, ...rest } = part;
    return { ...rest, feature: columns - 1 };
  };
  const signatureSpecs = value.config.signatureSpecs.map((strategy: unknown) =>
    Array.isArray(strategy) ? strategy.map(read) : strategy,
  );
  return { value: { ...value, config: { ...value.config, signatureSpecs } }, parts };
}
