/** How much a figure's noise varies, for the intervals of analyses. */
import type { NoisyFigure } from './noise-plan.ts';

/**
 * Variance of a figure's noise in its own unit (people, or the payload's) squared. Discrete Laplace noise of scale b has the
 * variance 2 q / (1 - q)^2, q = exp(-1 / b) (Inusah and Kozubowski 2006).
 */
export function noiseVariance({ scale, step }: NoisyFigure, decimals: number): number {
  const inverse = Number(scale.denominator) / Number(scale.numerator);
  // 1 - q without losing digits where the scale is large.
  const gap = -Math.expm1(-inverse);
  const unit = Number(step) / 10 ** decimals;
  return ((2 * Math.exp(-inverse)) / gap ** 2) * unit ** 2;
}
