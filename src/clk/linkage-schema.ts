import { TEXT_ENCODINGS, type TextEncoding } from '../python/text.ts';

/** A linkage schema of version 3, as its JSON file holds it: how each column of a table becomes bits of a CLK. */
export interface LinkageSchema {
  readonly version: 3;
  readonly clkConfig: ClkConfig;
  readonly features: readonly Feature[];
}

export interface ClkConfig {
  /** Bits of a CLK, after folding. */
  readonly l: number;
  readonly kdf: KeyDerivation;
  /** How often the filter is folded in half by XOR: the spelling that clkhash reads. */
  readonly xor_folds?: number;
  /** The spelling of clkhash's specification, which clkhash itself does not read. */
  readonly xorFolds?: number;
}

export interface KeyDerivation {
  readonly type: 'HKDF';
  readonly hash?: 'SHA256' | 'SHA512';
  /** Base64. */
  readonly salt?: string;
  /** Base64. */
  readonly info?: string;
  /** Bytes of one key, 64 unless given. */
  readonly keySize?: number;
}

export type Feature = IgnoredFeature | HashedFeature;

export interface IgnoredFeature {
  readonly identifier: string;
  readonly ignored: true;
  readonly description?: string;
}

export interface HashedFeature {
  readonly identifier: string;
  readonly ignored?: false;
  readonly description?: string;
  readonly format: FieldFormat;
  readonly hashing: Hashing;
}

export type FieldFormat = TextFormat | PatternFormat | IntegerFormat | DateFormat | EnumFormat;

export interface TextFormat {
  readonly type: 'string';
  readonly pattern?: undefined;
  readonly encoding?: TextEncoding;
  readonly case?: 'upper' | 'lower' | 'mixed';
  /** In code points, as all lengths. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly description?: string;
}

export interface PatternFormat {
  readonly type: 'string';
  /** In the dialect of Python's `re`, matched in full. */
  readonly pattern: string;
  readonly encoding?: TextEncoding;
  readonly description?: string;
}

export interface IntegerFormat {
  readonly type: 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
}

export interface DateFormat {
  readonly type: 'date';
  /** In the directives of Python's `strptime`. */
  readonly format: string;
  readonly description?: string;
}

export interface EnumFormat {
  readonly type: 'enum';
  readonly values: readonly string[];
  readonly description?: string;
}

export interface Hashing {
  readonly comparison: Comparison;
  readonly strategy: Strategy;
  /** blakeHash unless given. */
  readonly hash?: TokenHash;
  readonly missingValue?: MissingValue;
}

export type Comparison = NgramComparison | ExactComparison | NumericComparison;

export interface NgramComparison {
  readonly type: 'ngram';
  readonly n: number;
  readonly positional?: boolean;
}

export interface ExactComparison {
  readonly type: 'exact';
}

/** Numbers are alike as far as their neighbourhoods overlap (Vatsalan and Christen 2016). */
export interface NumericComparison {
  readonly type: 'numeric';
  readonly thresholdDistance: number;
  readonly resolution: number;
  readonly fractional_precision?: number;
}

export type Strategy = { readonly bitsPerToken: number } | { readonly bitsPerFeature: number };

export type TokenHash =
  | { readonly type: 'doubleHash'; readonly prevent_singularity?: boolean }
  | { readonly type: 'blakeHash' };

export interface MissingValue {
  readonly sentinel: string;
  readonly replaceWith?: string;
}

export const DEFAULT_KEY_SIZE = 64;

/** Whether a feature takes no part in the CLK. Its keys are derived all the same. */
export function isIgnored(feature: Feature): feature is IgnoredFeature {
  return feature.ignored === true;
}

/** The encoding in which a feature's tokens are hashed. */
export function featureEncoding(feature: HashedFeature): TextEncoding {
  const encoding = feature.format.type === 'string' ? feature.format.encoding : undefined;
  return TEXT_ENCODINGS.find((known) => known === encoding) ?? 'utf-8';
}
