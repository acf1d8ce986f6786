/** What an analysis says of one quantity: a number with its interval, or why there is none. */
import { tHalfWidth, twoSidedNormal, twoSidedT, Z } from './distributions.ts';

export interface Estimate {
  readonly value: number;
  /** Of the 95 % confidence interval. */
  readonly lower: number;
  readonly upper: number;
  /** Standard error, of the logarithm where the value is a ratio; noise included. */
  readonly error: number;
  /** Of the hypothesis that there is no effect. */
  readonly p?: number;
  /** Why there is no interval, in a sentence; `lower`, `upper` and `error` are NaN then. */
  readonly bare?: string;
}

/** Never a number that means something else. */
export interface NoEstimate {
  /** A sentence. */
  readonly reason: string;
}

export type Outcome = Estimate | NoEstimate;

export function isEstimate(outcome: Outcome): outcome is Estimate {
  return 'value' in outcome;
}

/** A test of a hypothesis, or why it is not made. */
export type Test =
  | { readonly statistic: number; readonly degrees: readonly number[]; readonly p: number; readonly note?: string }
  | NoEstimate;

export function noEstimate(reason: string): NoEstimate {
  return { reason };
}

/** A number without an interval. */
export function bareEstimate(value: number, bare: string): Estimate {
  return { value, lower: Number.NaN, upper: Number.NaN, error: Number.NaN, bare };
}

/** Normal or t interval around a value whose absence of effect is `none`. */
export function linearEstimate(value: number, error: number, degrees = Number.POSITIVE_INFINITY, none = 0): Estimate {
  const half = tHalfWidth(degrees) * error;
  // Without any spread there is nothing to test against.
  const p = error > 0 ? { p: twoSidedT((value - none) / error, degrees) } : {};
  return { value, lower: value - half, upper: value + half, error, ...p };
}

/** From a logarithm and its standard error, with a normal interval. */
export function ratioEstimate(logarithm: number, error: number): Estimate {
  return {
    value: Math.exp(logarithm),
    lower: Math.exp(logarithm - Z * error),
    upper: Math.exp(logarithm + Z * error),
    error,
    ...(error > 0 && { p: twoSidedNormal(logarithm / error) }),
  };
}

/** An estimate without its test. */
export function withoutTest(outcome: Outcome): Outcome {
  if (!isEstimate(outcome)) return outcome;
  const { p: _, ...rest } = outcome;
  return rest;
}
