/** Two groups and an outcome that people have or have not: risk ratio, odds ratio, risk difference, and Mantel-Haenszel. */

import { message, t } from '../words/translate.ts';
import { noiseOf, type Sample } from './cells.ts';
import { upperChiSquare } from './distributions.ts';
import { linearEstimate, noEstimate, type Outcome, ratioEstimate, type Test } from './estimate.ts';

/** `sum` of a sample counts those with the outcome. */
export interface TwoByTwo {
  readonly exposed: Sample;
  readonly reference: Sample;
}

const without = ({ count, sum }: Sample) => count - sum;

function problemOf({ exposed, reference }: TwoByTwo): string | undefined {
  for (const [name, sample] of [
    [message('compared'), exposed],
    [message('reference'), reference],
  ] as const) {
    if (!(sample.count > 0)) return t('Nobody in the {{group}} group has an opened figure.', { group: t(name) });
    if (sample.sum < 0 || sample.sum > sample.count)
      return t('Noise has moved the {{group}} group’s risk out of 0 to 1.', { group: t(name) });
  }
  return undefined;
}

/** Why a ratio cannot be had: zero people with the outcome, or (for odds) without it. */
function zeroProblem(table: TwoByTwo, odds: boolean): string | undefined {
  const problem = problemOf(table);
  if (problem !== undefined) return problem;
  for (const [name, sample] of [
    [message('compared'), table.exposed],
    [message('reference'), table.reference],
  ] as const) {
    if (sample.sum === 0)
      return t(
        'Nobody in the {{group}} group has the outcome: the ratio is zero, infinite or undefined, with no interval.',
        { group: t(name) },
      );
    if (odds && without(sample) === 0)
      return t(
        'Everybody in the {{group}} group has the outcome: the odds are infinite, so their ratio has no interval.',
        { group: t(name) },
      );
  }
  return undefined;
}

/** Risk in the compared group over risk in the reference; interval of the logarithm (Katz et al. 1978). */
export function riskRatio(table: TwoByTwo): Outcome {
  const problem = zeroProblem(table, false);
  if (problem !== undefined) return noEstimate(problem);
  const variance = (s: Sample) => 1 / s.sum - 1 / s.count + noiseOf(s.noise, 1 / s.sum, -1 / s.count);
  const { exposed, reference } = table;
  return ratioEstimate(
    Math.log(exposed.sum / exposed.count) - Math.log(reference.sum / reference.count),
    Math.sqrt(variance(exposed) + variance(reference)),
  );
}

/** Odds in the compared group over odds in the reference; interval of the logarithm (Woolf 1955). */
export function oddsRatio(table: TwoByTwo): Outcome {
  const problem = zeroProblem(table, true);
  if (problem !== undefined) return noEstimate(problem);
  const variance = (s: Sample) => {
    const [hit, not] = [1 / s.sum, 1 / without(s)];
    return hit + not + noiseOf(s.noise, hit + not, -not);
  };
  const { exposed, reference } = table;
  return ratioEstimate(
    Math.log(exposed.sum / without(exposed)) - Math.log(reference.sum / without(reference)),
    Math.sqrt(variance(exposed) + variance(reference)),
  );
}

/** Risk in the compared group less risk in the reference, with the interval of Wald. */
export function riskDifference(table: TwoByTwo): Outcome {
  const problem = problemOf(table);
  if (problem !== undefined) return noEstimate(problem);
  const risk = ({ sum, count }: Sample) => sum / count;
  const variance = (s: Sample) =>
    (risk(s) * (1 - risk(s))) / s.count + noiseOf(s.noise, 1 / s.count, -s.sum / s.count ** 2);
  const { exposed, reference } = table;
  const error = Math.sqrt(variance(exposed) + variance(reference));
  if (error === 0)
    return noEstimate(t('All or none have the outcome in both groups, so the difference has no interval.'));
  return linearEstimate(risk(exposed) - risk(reference), error);
}

/** Four counts and their total. */
function countsOf({ exposed, reference }: TwoByTwo) {
  const [a, b, c, d] = [exposed.sum, without(exposed), reference.sum, without(reference)];
  return { a, b, c, d, n: a + b + c + d };
}

/** Strata with people in both groups: the others say nothing about their difference. */
function telling(strata: readonly TwoByTwo[]): TwoByTwo[] {
  return strata.filter((table) => problemOf(table) === undefined);
}

/**
 * The odds ratio common to several strata (Mantel and Haenszel 1959), interval of the logarithm after Robins, Breslow and
 * Greenland (1986).
 */
export function commonOddsRatio(strata: readonly TwoByTwo[]): Outcome {
  const tables = telling(strata);
  if (tables.length === 0) return noEstimate(t('No stratum has opened figures of both groups.'));
  const parts = tables.map((table) => {
    const { a, b, c, d, n } = countsOf(table);
    return { r: (a * d) / n, s: (b * c) / n, p: (a + d) / n, q: (b + c) / n };
  });
  const sum = (f: (part: (typeof parts)[number]) => number) => parts.reduce((total, part) => total + f(part), 0);
  const [r, s] = [sum((x) => x.r), sum((x) => x.s)];
  if (!(r > 0 && s > 0)) {
    return noEstimate(
      t(
        'In no stratum do both groups hold people with and without the outcome, so the common odds ratio is zero, infinite or undefined.',
      ),
    );
  }
  const variance =
    sum((x) => x.p * x.r) / (2 * r * r) +
    sum((x) => x.p * x.s + x.q * x.r) / (2 * r * s) +
    sum((x) => x.q * x.s) / (2 * s * s);
  const noise = tables.reduce((total, table) => total + commonOddsNoise(table, r, s), 0);
  return ratioEstimate(Math.log(r) - Math.log(s), Math.sqrt(variance + noise));
}

/** What one stratum's noise adds to the variance of log(r / s), r = sum of ad / n, s = sum of bc / n. */
function commonOddsNoise(table: TwoByTwo, r: number, s: number): number {
  const { a, b, c, d, n } = countsOf(table);
  const [ad, bc] = [(a * d) / n ** 2, (b * c) / n ** 2];
  const byA = (d / n - ad) / r + bc / s;
  const byB = -ad / r - (c / n - bc) / s;
  const byC = -ad / r - (b / n - bc) / s;
  const byD = (a / n - ad) / r + bc / s;
  return noiseOf(table.exposed.noise, byA - byB, byB) + noiseOf(table.reference.noise, byC - byD, byD);
}

/** The test of Mantel and Haenszel that no stratum shows an effect, without a correction for continuity. */
export function mantelHaenszelTest(strata: readonly TwoByTwo[]): Test {
  let [difference, variance] = [0, 0];
  for (const table of telling(strata)) {
    const { a, b, c, d, n } = countsOf(table);
    difference += a - ((a + b) * (a + c)) / n;
    if (n > 1) variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  if (variance === 0)
    return noEstimate(t('All or none have the outcome in every stratum, so there is nothing to test.'));
  const statistic = difference ** 2 / variance;
  return { statistic, degrees: [1], p: upperChiSquare(statistic, 1) };
}
