/**
 * The polynomials whose values the owner's answers are.
 *
 * Over a segment with m real points out of e, the protocol wants L + r P: P monic of degree e with the e points as
 * roots, dummies among them, L interpolating the labels, dummies' labels uniform, r uniform and nonzero. With uniform
 * dummy labels that is a uniform choice among the polynomials of degree e with leading coefficient r that pass
 * through the m real points, so it is drawn as such: Newton's form of the m real points, continued by a uniform
 * polynomial of degree e - m with leading coefficient r. No dummy points are needed, and no work for them.
 */
import { add, invertAll, multiply, subtract } from '../seal/plain-field.ts';
import { randomElement, randomNonzero } from '../seal/random.ts';
import type { Geometry } from './geometry.ts';
import type { Placement } from './placement.ts';

/**
 * Coefficients of one segment over a run of bins: `planes[i][k]` is the coefficient of x^i in bin `firstBin + k`.
 * `planes`: degree + 1 arrays of `bins` values, overwritten.
 */
export function segmentPlanes(
  placement: Placement,
  geometry: Geometry,
  segment: number,
  firstBin: number,
  planes: readonly Float64Array[],
): void {
  const { degree, segments } = geometry;
  const bins = (planes[0] as Float64Array).length;
  const inverses = inverseDifferences(placement, geometry, segment, firstBin, bins);
  const newton = new Float64Array(degree);
  const coefficients = new Float64Array(degree + 1);
  let used = 0;
  for (let k = 0; k < bins; k++) {
    const index = (firstBin + k) * segments + segment;
    const count = placement.counts[index] as number;
    const points = placement.points.subarray(index * degree, index * degree + count);
    newton.set(placement.labels.subarray(index * degree, index * degree + count));
    for (let order = 1; order < count; order++) {
      for (let i = count - 1; i >= order; i--) {
        const difference = subtract(newton[i] as number, newton[i - 1] as number);
        newton[i] = multiply(difference, inverses[used + pairIndex(i, i - order)] as number);
      }
    }
    used += (count * (count - 1)) / 2;
    const free = degree - count;
    for (let i = 0; i < free; i++) coefficients[i] = randomElement();
    coefficients[free] = randomNonzero();
    multiplyOut(coefficients, points, newton, free);
    for (let i = 0; i <= degree; i++) (planes[i] as Float64Array)[k] = coefficients[i] as number;
  }
}

/** Horner in Newton's form: for i = m-1 .. 0, f = f * (x - x_i) + d_i; `f` starts with degree `top`. */
function multiplyOut(f: Float64Array, points: Float64Array, newton: Float64Array, top: number): void {
  for (let i = points.length - 1; i >= 0; i--) {
    const root = points[i] as number;
    const reach = top + points.length - i;
    f[reach] = f[reach - 1] as number;
    for (let j = reach - 1; j > 0; j--) f[j] = subtract(f[j - 1] as number, multiply(f[j] as number, root));
    f[0] = add(subtract(0, multiply(f[0] as number, root)), newton[i] as number);
  }
}

/** Position of the pair (i, j), i > j, in the run of a segment's pairs. */
const pairIndex = (i: number, j: number) => (i * (i - 1)) / 2 + j;

/** 1 / (x_i - x_j) for all pairs of points of all bins, with a single inversion. */
function inverseDifferences(
  placement: Placement,
  geometry: Geometry,
  segment: number,
  firstBin: number,
  bins: number,
): Float64Array {
  const { degree, segments } = geometry;
  let pairs = 0;
  for (let k = 0; k < bins; k++) {
    const count = placement.counts[(firstBin + k) * segments + segment] as number;
    pairs += (count * (count - 1)) / 2;
  }
  const differences = new Float64Array(pairs);
  let used = 0;
  for (let k = 0; k < bins; k++) {
    const index = (firstBin + k) * segments + segment;
    const count = placement.counts[index] as number;
    for (let i = 1; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const a = placement.points[index * degree + i] as number;
        differences[used++] = subtract(a, placement.points[index * degree + j] as number);
      }
    }
  }
  invertAll(differences);
  return differences;
}
