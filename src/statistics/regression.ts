/**
 * Regression on groupings, exact from cells: people of one cell have the same columns, so sums, counts and squared deviations of
 * cells are all that a linear, logistic or Poisson model takes from the people (McCullagh and Nelder 1989).
 */
import { Matrix, QrDecomposition, solve } from 'ml-matrix';
import { message, t } from '../words/translate.ts';
import { noiseOf, type Sample, varies } from './cells.ts';
import type { Design } from './design.ts';
import { type NoEstimate, noEstimate } from './estimate.ts';
import type { Followed } from './rates.ts';

export interface Fit {
  readonly coefficients: readonly number[];
  /** Standard errors, noise included. */
  readonly errors: readonly number[];
  /** Of the residuals; infinite where the model's variance follows from its mean. */
  readonly degrees: number;
}

const MAX_STEPS = 100;
/** Steps end where no linear predictor moves by more than this. */
const SETTLED = 1e-10;
/** A cell whose fitted chance is below exp of this, as against the others, is on its way to zero: no estimate exists. */
const VANISHING = -23;

interface Weighted {
  readonly solution: number[];
  /** Inverse of X' W X. */
  readonly inverse: Matrix;
}

/** Least squares with a weight for each row. */
function leastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  weights: readonly number[],
): Weighted {
  const roots = weights.map(Math.sqrt);
  const scaled = new Matrix(rows.map((row, i) => row.map((x) => x * (roots[i] ?? 0))));
  const qr = new QrDecomposition(scaled);
  const triangle = qr.upperTriangularMatrix;
  const backwards = solve(triangle, Matrix.eye(triangle.rows));
  return {
    solution: qr.solve(Matrix.columnVector(values.map((value, i) => value * (roots[i] ?? 0)))).to1DArray(),
    inverse: backwards.mmul(backwards.transpose()),
  };
}

/**
 * Standard errors: the model's own variance, and that of noise in each cell's term of the score, which is that of
 * `sum - fitted * count` (the sandwich: inverse * sum of x x' variance * inverse).
 */
function errorsOf(
  rows: readonly (readonly number[])[],
  inverse: Matrix,
  dispersion: number,
  noise: readonly number[],
): number[] {
  const own = inverse.clone().mul(dispersion);
  if (noise.some((variance) => variance > 0)) {
    const score = new Matrix(rows.map((row, i) => row.map((x) => x * Math.sqrt(noise[i] ?? 0))));
    own.add(inverse.mmul(score.transpose().mmul(score)).mmul(inverse));
  }
  return own.diagonal().map(Math.sqrt);
}

const dot = (row: readonly number[], coefficients: readonly number[]) =>
  row.reduce((sum, x, j) => sum + x * (coefficients[j] ?? 0), 0);

const NOISE_LEFT = message('Noise has left a cell with an impossible figure, so this model cannot be fitted.');

/** Mean of a payload, ordinary least squares on people. */
export function linearFit({ rows }: Design, samples: readonly Sample[]): Fit | NoEstimate {
  if (samples.some(({ count }) => count <= 0)) return noEstimate(t(NOISE_LEFT));
  if (samples.some(({ deviations }) => deviations === undefined)) {
    return noEstimate(
      t(
        'The agreement releases no standard deviation of this column (or noise has left none), so the model has no errors.',
      ),
    );
  }
  const means = samples.map(({ sum, count }) => sum / count);
  const counts = samples.map(({ count }) => count);
  const { solution, inverse } = leastSquares(rows, means, counts);
  const fitted = rows.map((row) => dot(row, solution));
  const residual = samples.reduce(
    (total, { deviations = 0, count }, i) => total + deviations + count * ((means[i] ?? 0) - (fitted[i] ?? 0)) ** 2,
    0,
  );
  const people = counts.reduce((sum, count) => sum + count, 0);
  const degrees = people - solution.length;
  if (degrees <= 0) return noEstimate(t('The model has as many effects as there are people, so it has no errors.'));
  if (!varies(residual, people, samples.reduce((total, { sum }) => total + sum, 0) / people))
    return noEstimate(t('The values do not vary within the groups, so the model has no errors.'));
  const noise = samples.map((sample, i) => noiseOf(sample.noise, 1, -(fitted[i] ?? 0)));
  return { coefficients: solution, errors: errorsOf(rows, inverse, residual / degrees, noise), degrees };
}

/** One way in which a count of events depends on the linear predictor. */
interface Family {
  readonly start: readonly number[];
  /** Expected events of each row, and their variance. */
  mean(predictor: number, row: number): number;
  variance(mean: number, row: number): number;
  readonly seen: readonly number[];
  /** True where the fit is on its way to a chance of zero or one. */
  vanishes(predictors: readonly number[]): boolean;
  /** Variance that noise adds to the row's term of the score. */
  noise(mean: number, row: number): number;
}

/** Log odds of an outcome that people have or have not. */
export function logisticFit({ rows }: Design, samples: readonly Sample[]): Fit | NoEstimate {
  if (samples.some(({ count, sum }) => count <= 0 || sum < 0 || sum > count)) return noEstimate(t(NOISE_LEFT));
  const of = (row: number) => samples[row] as Sample;
  return iterated(rows, {
    seen: samples.map(({ sum }) => sum),
    start: samples.map(({ sum, count }) => Math.log((sum + 0.5) / (count - sum + 0.5))),
    mean: (predictor, row) => of(row).count / (1 + Math.exp(-predictor)),
    variance: (mean, row) => mean * (1 - mean / of(row).count),
    vanishes: (predictors) => predictors.some((predictor) => Math.abs(predictor) > -VANISHING),
    noise: (mean, row) => noiseOf(of(row).noise, 1, -mean / of(row).count),
  });
}

/** Log rate of events over person-time. */
export function poissonFit({ rows }: Design, followed: readonly Followed[]): Fit | NoEstimate {
  if (followed.some(({ events, time }) => time === 0 && events > 0))
    return noEstimate(t('In some combination of groups there are events, but no person-time.'));
  if (followed.some(({ events, time }) => time <= 0 || events < 0)) return noEstimate(t(NOISE_LEFT));
  if (followed.every(({ events }) => events === 0)) return noEstimate(t('There are no events in the opened cells.'));
  const of = (row: number) => followed[row] as Followed;
  return iterated(rows, {
    seen: followed.map(({ events }) => events),
    start: followed.map(({ events, time }) => Math.log((events + 0.1) / time)),
    mean: (predictor, row) => of(row).time * Math.exp(predictor),
    variance: (mean) => mean,
    vanishes: (predictors) => Math.min(...predictors) - Math.max(...predictors) < VANISHING,
    noise: (mean, row) => noiseOf(of(row).noise, 1, -mean / of(row).time),
  });
}

/** Iteratively reweighted least squares. */
function iterated(rows: readonly (readonly number[])[], family: Family): Fit | NoEstimate {
  let predictors = family.start;
  for (let step = 0; step < MAX_STEPS; step++) {
    const means = predictors.map((predictor, i) => family.mean(predictor, i));
    const weights = means.map((mean, i) => family.variance(mean, i));
    const working = predictors.map(
      (predictor, i) => predictor + ((family.seen[i] ?? 0) - (means[i] ?? 0)) / (weights[i] ?? 1),
    );
    const { solution, inverse } = leastSquares(rows, working, weights);
    const before = predictors;
    predictors = rows.map((row) => dot(row, solution));
    if (family.vanishes(predictors)) return noEstimate(t(SEPARATED));
    if (predictors.every((predictor, i) => Math.abs(predictor - (before[i] ?? 0)) <= SETTLED)) {
      const noise = predictors.map((predictor, i) => family.noise(family.mean(predictor, i), i));
      return { coefficients: solution, errors: errorsOf(rows, inverse, 1, noise), degrees: Number.POSITIVE_INFINITY };
    }
  }
  return noEstimate(t('The fit does not settle: the figures do not determine this model.'));
}

const SEPARATED = message(
  'Some combination of groups has the outcome always or never (separation), so the best fit is infinite and there is no estimate.',
);
