import type { FieldType } from '../agreement/match-field.ts';
import type { Feature, LinkageSchema } from '../clk/linkage-schema.ts';
import { BIGRAMS, FIELD_TYPE_RULES } from '../keys/field-types.ts';
import type { ColumnUse } from '../table/table.ts';

/** A column of a table and what it is likely to be. */
export interface SchemaColumn {
  readonly name: string;
  readonly use: ColumnUse;
}

const CLK_BITS = 1024;
/** Bits set over all features, as a share of the CLK: with overlaps about 45 % of its bits end up set. */
const LOAD = 0.6;

function isEncoded(use: ColumnUse): use is FieldType {
  return use in FIELD_TYPE_RULES;
}

function feature(name: string, use: FieldType, bits: number): Feature {
  const { alike, spelled } = FIELD_TYPE_RULES[use];
  const comparison = !alike
    ? ({ type: 'exact' } as const)
    : spelled
      ? ({ type: 'ngram', n: BIGRAMS } as const)
      : ({ type: 'ngram', n: 1, positional: true } as const);
  return {
    identifier: name,
    format: { type: 'string', encoding: 'utf-8' },
    hashing: { comparison, strategy: { bitsPerFeature: bits }, hash: { type: 'blakeHash' } },
  };
}

/**
 * A linkage schema to start from: bigrams for names and texts, characters with their places for codes and dates, whole
 * values for categories; other columns are ignored. Every value is accepted as it is.
 */
export function defaultSchema(columns: readonly SchemaColumn[]): LinkageSchema {
  const weights = columns.map(({ use }) => (isEncoded(use) ? FIELD_TYPE_RULES[use].schemaWeight : 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const features = columns.map(({ name, use }, i): Feature => {
    if (!isEncoded(use)) return { identifier: name, ignored: true };
    return feature(name, use, Math.max(1, Math.round((LOAD * CLK_BITS * (weights[i] ?? 0)) / sum)));
  });
  return {
    version: 3,
    clkConfig: { l: CLK_BITS, kdf: { type: 'HKDF', hash: 'SHA256', keySize: 64 } },
    features,
  };
}
