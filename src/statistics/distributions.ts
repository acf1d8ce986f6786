/** The distributions that the analyses need: the only importer of @stdlib. Upper tails are taken as such, never as 1 - p. */
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import fCdf from '@stdlib/stats-base-dists-f-cdf';
import hypergeometric from '@stdlib/stats-base-dists-hypergeometric-pmf';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Confidence of every interval. */
export const CONFIDENCE = 0.95;
const TAIL = (1 - CONFIDENCE) / 2;

/** Half-width of a normal interval in standard errors. */
export const Z = normalQuantile(1 - TAIL, 0, 1);

/** Half-width of a t interval in standard errors; normal for infinite degrees of freedom. */
export function tHalfWidth(degrees: number): number {
  return degrees === Number.POSITIVE_INFINITY ? Z : tQuantile(1 - TAIL, degrees);
}

export function twoSidedNormal(z: number): number {
  return 2 * normalCdf(-Math.abs(z), 0, 1);
}

export function twoSidedT(t: number, degrees: number): number {
  return degrees === Number.POSITIVE_INFINITY ? twoSidedNormal(t) : 2 * tCdf(-Math.abs(t), degrees);
}

/** P(F > f): the lower tail of 1 / F. */
export function upperF(f: number, between: number, within: number): number {
  return fCdf(1 / f, within, between);
}

/** P(chi-square > x). */
export function upperChiSquare(x: number, degrees: number): number {
  return gammainc(x / 2, degrees / 2, true, true);
}

/** Of drawing `hits` when `draws` are taken from `total`, of which `marked` are marked. */
export function hypergeometricChance(hits: number, total: number, marked: number, draws: number): number {
  return hypergeometric(hits, total, marked, draws);
}

/** Exact interval of a Poisson mean when `events` were seen (Garwood 1936). */
export function poissonInterval(events: number): { lower: number; upper: number } {
  // At a mean of `events` either tail is near a half; ten standard deviations on it is next to nothing.
  const above = events + 20 + 10 * Math.sqrt(events + 1);
  return {
    lower: events === 0 ? 0 : rootBetween(0, events, (mean) => gammainc(mean, events, true, false) - TAIL),
    upper: rootBetween(events, above, (mean) => TAIL - atMost(events, mean)),
  };
}

/**
 * P(X <= events) of a Poisson number with a mean of `events` or more, chance by chance from `events` down. The library's incomplete gamma function is up to
 * a hundredth off above the mean from some thousand events on.
 */
function atMost(events: number, mean: number): number {
  let chance = Math.exp(events * Math.log(mean) - mean - gammaln(events + 1));
  let sum = chance;
  for (let fewer = events; fewer > 0 && chance > 1e-18 * sum; fewer--) {
    chance *= fewer / mean;
    sum += chance;
  }
  return sum;
}

/** By halving, where `f` rises through zero: the library's own quantile loses digits beyond some thousand events. */
function rootBetween(low: number, high: number, f: (x: number) => number): number {
  let [below, above] = [low, high];
  for (let step = 0; step < 200; step++) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) break;
    if (f(middle) < 0) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
