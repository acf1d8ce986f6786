import { parsePythonFloat, parsePythonInteger, roundHalfEven } from '../python/number.ts';
import { pythonRepr } from '../python/text.ts';
import { t } from '../words/translate.ts';
import type { Comparison, NgramComparison, NumericComparison, Strategy } from './linkage-schema.ts';

/** Cuts a formatted value into the tokens that are hashed, in order, repeats included. */
export type Tokenizer = (value: string) => string[];

/** A value has no tokens, because it is no (finite) number. The message is Python's. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

const SURROGATE = /[\ud800-\udfff]/;

/** Characters of an n-gram, and steps of a number: more would be as many tokens, or as long ones, a value. */
const MAX_SIZE = 1 << 16;

const tooLarge = (option: string, value: number): string =>
  t('{{option}} is {{value}}, and may be at most {{most}}. Make it smaller.', { option, value, most: MAX_SIZE });

function ngramTokenizer({ n, positional = false }: NgramComparison): Tokenizer {
  if (!(n >= 0)) throw new Error('n of an n-gram must be 0 or more');
  if (n > MAX_SIZE) throw new Error(tooLarge('n', n));
  const padding = ' '.repeat(Math.max(0, n - 1));
  return (value) => {
    if (value === '') return [];
    const text = padding + value + padding;
    const tokens: string[] = [];
    if (SURROGATE.test(text)) {
      const chars = [...text];
      for (let i = 0; i + n <= chars.length; i++) tokens.push(chars.slice(i, i + n).join(''));
    } else {
      for (let i = 0; i + n <= text.length; i++) tokens.push(text.slice(i, i + n));
    }
    return positional ? tokens.map((gram, i) => `${i + 1} ${gram}`) : tokens;
  };
}

/** The distance between two tokens of a number, scaled: 0 when the threshold is lost in rounding. */
export function numericInterval(comparison: NumericComparison): bigint {
  const { thresholdDistance, fractional_precision = 0 } = comparison;
  return BigInt(roundHalfEven(thresholdDistance * 10 ** fractional_precision));
}

/** The number times 10^precision as an exact integer: integers exactly, others rounded (or cut, at precision 0). */
function scaledNumber(value: string, precision: number): bigint {
  const whole = parsePythonInteger(value);
  if (whole !== undefined) return whole * 10n ** BigInt(precision);
  const real = parsePythonFloat(value);
  if (real === undefined) throw new TokenError(`could not convert string to float: ${pythonRepr(value)}`);
  const scaled = precision > 0 ? roundHalfEven(real * 10 ** precision) : Math.trunc(real);
  if (Number.isNaN(scaled)) throw new TokenError('cannot convert float NaN to integer');
  if (!Number.isFinite(scaled)) throw new TokenError('cannot convert float infinity to integer');
  return BigInt(scaled);
}

function numericTokenizer(comparison: NumericComparison): Tokenizer {
  const { resolution, fractional_precision = 0 } = comparison;
  const interval = numericInterval(comparison);
  if (resolution > MAX_SIZE) throw new Error(tooLarge('resolution', resolution));
  if (interval <= 0n) throw new Error('not enough fractional precision to encode threshold_distance');
  return (value) => {
    if (value === '') return [];
    const scaled = scaledNumber(value, fractional_precision) * 2n * BigInt(resolution);
    const residue = ((scaled % interval) + interval) % interval;
    const middle = 2n * residue < interval ? scaled - residue : scaled + interval - residue;
    return Array.from({ length: 2 * resolution + 1 }, (_, i) => String(middle + BigInt(i - resolution) * interval));
  };
}

/**
 * The tokenizer of a comparison.
 * @throws Error when a numeric threshold is lost in rounding; the tokenizer throws {@link TokenError}
 */
export function createTokenizer(comparison: Comparison): Tokenizer {
  if (comparison.type === 'exact') return (value) => (value === '' ? [] : [value]);
  return comparison.type === 'numeric' ? numericTokenizer(comparison) : ngramTokenizer(comparison);
}

/** How many bits each of a value's tokens sets: the first tokens take what a division leaves over. */
export function bitsOfTokens(strategy: Strategy, tokens: number): number[] {
  if ('bitsPerToken' in strategy) return new Array<number>(tokens).fill(strategy.bitsPerToken);
  if (tokens === 0) return [];
  const each = Math.floor(strategy.bitsPerFeature / tokens);
  const rest = strategy.bitsPerFeature % tokens;
  return Array.from({ length: tokens }, (_, i) => (i < rest ? each + 1 : each));
}
