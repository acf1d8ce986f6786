/**
 * The polynomials of one segment of every bin, as plaintexts for evaluation: coefficient by coefficient, over the bins.
 *
 * A segment with m of e points gets a polynomial of degree e that takes the right label at its m points, uniform among all
 * such with a uniform nonzero leading coefficient r. That is what filling up with random dummy points with random labels and
 * taking L + r P gives (Chen et al. 2018); here it is drawn directly: Newton's form of the m points, continued by a uniform
 * polynomial of degree e - m with leading coefficient r. No dummy points are needed, and no work for them.
 */
import { randomElement, randomNonzero } from '../seal/random.ts';
import type { TableShape } from './geometry.ts';
import type { Placement } from './placement.ts';
import { SegmentKernel } from './segment-kernel.ts';

export class SegmentPolynomials {
  readonly #kernel: SegmentKernel;

  readonly #geometry: TableShape;

  /** `binsAtOnce`: length of the planes, N as a rule. */
  constructor(geometry: TableShape, binsAtOnce: number) {
    this.#geometry = geometry;
    this.#kernel = new SegmentKernel(binsAtOnce, geometry.degree);
  }

  /**
   * Degree + 1 planes of `binsAtOnce` values: `planes[i][k]` is the coefficient of x^i in bin `firstBin + k`. The next call
   * overwrites them.
   */
  planes(placement: Placement, segment: number, firstBin: number): readonly BigUint64Array<ArrayBuffer>[] {
    const kernel = this.#kernel;
    const geometry = this.#geometry;
    const { bins: binsAtOnce, counts, points, values } = kernel;
    const { degree, segments } = geometry;
    for (let bin = 0; bin < binsAtOnce; bin++) {
      const index = (firstBin + bin) * segments + segment;
      const count = placement.counts[index] as number;
      counts[bin] = count;
      const from = index * degree;
      const toPoints = bin * degree;
      const toValues = toPoints + bin;
      for (let i = 0; i < count; i++) {
        points[toPoints + i] = placement.points[from + i] as number;
        values[toValues + i] = placement.labels[from + i] as number;
      }
      for (let i = count; i < degree; i++) values[toValues + i] = randomElement();
      values[toValues + degree] = randomNonzero();
    }
    kernel.interpolate();
    return kernel.planes;
  }
}
