/** Means, proportions, the difference of two means, and one-way analysis of variance. */

import { message, t } from '../words/translate.ts';
import { noiseOf, type Sample, varies } from './cells.ts';
import { tHalfWidth, upperF, Z } from './distributions.ts';
import { bareEstimate, linearEstimate, noEstimate, type Outcome, type Test } from './estimate.ts';

const TOO_FEW = message('Fewer than two people have a value, so there is no interval.');
const NOBODY = message('Nobody has an opened value, so there is no mean.');
const NO_DEVIATIONS = message('The agreement releases no standard deviation of this column, so there is no interval.');
const NOISE_TOO_LARGE = message('The noise is larger than the spread of the values, so there is no interval.');

/** Variance of a mean: of the people, on how many degrees of freedom, and of the noise. */
interface MeanVariance {
  readonly people: number;
  readonly degrees: number;
  readonly noise: number;
}

/** Why a sample has no mean with an interval; undefined where it has one. */
export function missingMean({ count, deviations, noise }: Sample): string | undefined {
  if (!(count >= 2)) return t(TOO_FEW);
  if (deviations === undefined) return noise ? t(NOISE_TOO_LARGE) : t(NO_DEVIATIONS);
  return deviations < 0 ? t(NOISE_TOO_LARGE) : undefined;
}

function varianceOfMean({ count, sum, deviations = 0, noise }: Sample): MeanVariance {
  return {
    people: deviations / (count - 1) / count,
    degrees: count - 1,
    noise: noiseOf(noise, 1 / count, -sum / count ** 2),
  };
}

/** Satterthwaite (1946): the noise's variance is known, so it adds none of its own to the uncertainty of the sum. */
function degreesOf(parts: readonly MeanVariance[]): number {
  const total = parts.reduce((sum, { people, noise }) => sum + people + noise, 0);
  return total ** 2 / parts.reduce((sum, { people, degrees }) => sum + people ** 2 / degrees, 0);
}

/** Mean with the t interval. */
export function meanEstimate(sample: Sample): Outcome {
  const missing = missingMean(sample);
  if (missing !== undefined)
    return sample.count > 0 ? bareEstimate(sample.sum / sample.count, missing) : noEstimate(t(NOBODY));
  const variance = varianceOfMean(sample);
  const value = sample.sum / sample.count;
  const degrees = sample.noise ? degreesOf([variance]) : variance.degrees;
  const error = Math.sqrt(variance.people + variance.noise);
  const half = error > 0 ? tHalfWidth(degrees) * error : 0;
  return { value, lower: value - half, upper: value + half, error };
}

/**
 * Proportion with Wilson's interval (1927): all p that lie within z standard errors, taken at p, of what was seen. The noise's
 * variance adds to that of the people.
 */
export function proportionEstimate({ count, sum, noise }: Sample): Outcome {
  if (!(count > 0)) return noEstimate(t('Nobody has a value, so there is no proportion.'));
  const value = sum / count;
  if (value < 0 || value > 1) return noEstimate(t('Noise has moved this proportion out of 0 to 1.'));
  const ofNoise = noiseOf(noise, 1 / count, -sum / count ** 2);
  const z2 = Z ** 2 / count;
  const middle = (value + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((value * (1 - value)) / count + z2 / (4 * count) + ofNoise * (1 + z2))) / (1 + z2);
  return {
    value,
    lower: Math.max(0, middle - half),
    upper: Math.min(1, middle + half),
    error: Math.sqrt((value * (1 - value)) / count + ofNoise),
  };
}

/** Mean of `a` less mean of `b`, after Welch (1947): the groups may spread differently. */
export function meanDifference(a: Sample, b: Sample): Outcome {
  const missing = missingMean(a) ?? missingMean(b);
  if (missing !== undefined) return noEstimate(missing);
  const parts = [varianceOfMean(a), varianceOfMean(b)];
  const error = Math.sqrt(parts.reduce((sum, { people, noise }) => sum + people + noise, 0));
  const spread = [a, b].some(({ deviations = 0, count, sum }) => varies(deviations, count, sum / count));
  if (!spread && a.noise === undefined)
    return noEstimate(t('The values of both groups do not vary, so there is no interval.'));
  return linearEstimate(a.sum / a.count - b.sum / b.count, error, degreesOf(parts));
}

/** One-way analysis of variance: whether the means of several groups differ (Fisher 1925). */
export function analysisOfVariance(samples: readonly Sample[]): Test {
  const groups = samples.filter(({ count }) => count > 0);
  const people = groups.reduce((sum, { count }) => sum + count, 0);
  const degrees = [groups.length - 1, people - groups.length] as const;
  if (degrees[0] < 1) return noEstimate(t('Fewer than two groups have opened figures.'));
  if (degrees[1] < 1) return noEstimate(t(TOO_FEW));
  if (groups.some(({ deviations }) => deviations === undefined)) return noEstimate(t(NO_DEVIATIONS));
  const mean = groups.reduce((sum, group) => sum + group.sum, 0) / people;
  const between = groups.reduce((total, { count, sum }) => total + count * (sum / count - mean) ** 2, 0) / degrees[0];
  const within = groups.reduce((total, { deviations = 0 }) => total + deviations, 0) / degrees[1];
  if (!varies(within * degrees[1], people, mean))
    return noEstimate(t('The values do not vary within the groups, so they cannot be tested.'));
  const statistic = between / within;
  return { statistic, degrees, p: upperF(statistic, ...degrees) };
}

/** Standard deviation of a sample; undefined where it has none. */
export function standardDeviation({ count, deviations }: Sample): number | undefined {
  return deviations !== undefined && deviations >= 0 && count > 1 ? Math.sqrt(deviations / (count - 1)) : undefined;
}
