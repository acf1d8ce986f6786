/** Events over person-time: rates, their ratios, and direct standardisation of risks, means and rates. */

import { message, t } from '../words/translate.ts';
import { noiseOf, type PairNoise, type Sample } from './cells.ts';
import { poissonInterval, Z } from './distributions.ts';
import { linearEstimate, noEstimate, type Outcome, ratioEstimate, withoutTest } from './estimate.ts';
import { missingMean } from './means.ts';

/** Events seen in some person-time. In the noise, `sum` is of events and `count` of time. */
export interface Followed {
  readonly events: number;
  readonly time: number;
  readonly noise?: PairNoise;
}

const NO_TIME = message('There is no person-time, so there is no rate.');

/** Events per unit of time: exact Poisson interval (Garwood 1936), under noise a normal one of the logarithm. */
export function rateEstimate({ events, time, noise }: Followed): Outcome {
  if (!(time > 0)) return noEstimate(t(NO_TIME));
  if (events < 0) return noEstimate(t('Noise has moved the number of events below zero.'));
  const value = events / time;
  if (noise === undefined) {
    const { lower, upper } = poissonInterval(events);
    return { value, lower: lower / time, upper: upper / time, error: Math.sqrt(events) / time };
  }
  if (events === 0) return noEstimate(t('There are no events, and under noise no interval for that.'));
  const error = Math.sqrt(1 / events + noiseOf(noise, 1 / events, -1 / time));
  return { value, lower: value * Math.exp(-Z * error), upper: value * Math.exp(Z * error), error };
}

/** Rate of `a` over rate of `b`, with the normal interval of the logarithm. */
export function rateRatio(a: Followed, b: Followed): Outcome {
  for (const [name, { events, time }] of [
    ['compared', a],
    ['reference', b],
  ] as const) {
    if (!(time > 0)) return noEstimate(t('The {{group}} group has no person-time.', { group: t(name) }));
    if (!(events > 0))
      return noEstimate(
        t('The {{group}} group has no events: the ratio is zero, infinite or undefined, with no interval.', {
          group: t(name),
        }),
      );
  }
  const variance = ({ events, time, noise }: Followed) => 1 / events + noiseOf(noise, 1 / events, -1 / time);
  return ratioEstimate(Math.log(a.events / a.time) - Math.log(b.events / b.time), Math.sqrt(variance(a) + variance(b)));
}

/** A value in one class of the standard population, and the variance of that value. */
interface ClassValue {
  readonly value: number;
  readonly variance: number;
}

/** Average of classes by the standard's weights; `reason` where a class with weight has no value. */
function weighted(classes: readonly (ClassValue | string)[], weights: readonly number[]): Outcome {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return noEstimate(t('The standard population has nobody.'));
  let [value, variance] = [0, 0];
  for (const [i, weight] of weights.entries()) {
    const one = classes[i];
    if (weight === 0) continue;
    if (one === undefined || typeof one === 'string')
      return noEstimate(one ?? t('A class of the standard has no figures.'));
    value += (weight / total) * one.value;
    variance += (weight / total) ** 2 * one.variance;
  }
  return withoutTest(linearEstimate(value, Math.sqrt(variance)));
}

/** A risk as it would be if the group were spread over the classes as the standard population is. */
export function standardisedRisk(classes: readonly Sample[], weights: readonly number[]): Outcome {
  return weighted(
    classes.map(({ count, sum, noise }) => {
      if (!(count > 0)) return t('A class of the standard population has no opened figures in this group.');
      const value = sum / count;
      if (value < 0 || value > 1) return t('Noise has moved a risk out of 0 to 1.');
      return { value, variance: (value * (1 - value)) / count + noiseOf(noise, 1 / count, -sum / count ** 2) };
    }),
    weights,
  );
}

/** {@link standardisedRisk} of a mean. */
export function standardisedMean(classes: readonly Sample[], weights: readonly number[]): Outcome {
  return weighted(
    classes.map((sample) => {
      const { count, sum, deviations = 0, noise } = sample;
      const missing = missingMean(sample);
      if (missing !== undefined)
        return count > 0 ? missing : t('A class of the standard population has no opened figures in this group.');
      return {
        value: sum / count,
        variance: deviations / (count - 1) / count + noiseOf(noise, 1 / count, -sum / count ** 2),
      };
    }),
    weights,
  );
}

/** {@link standardisedRisk} of a rate. */
export function standardisedRate(classes: readonly Followed[], weights: readonly number[]): Outcome {
  return weighted(
    classes.map(({ events, time, noise }) => {
      if (!(time > 0)) return t(NO_TIME);
      return { value: events / time, variance: events / time ** 2 + noiseOf(noise, 1 / time, -events / time ** 2) };
    }),
    weights,
  );
}
