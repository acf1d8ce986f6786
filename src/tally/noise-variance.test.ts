import { expect, it } from 'vitest';
import { uniform } from '../testing/statistics-table.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import { noiseVariance } from './noise-variance.ts';

it('is the variance of the noise that is drawn', () => {
  const random = uniform(11);
  const word = () => Math.floor(2 ** 32 * random());
  for (const [numerator, denominator, step, decimals] of [
    [4n, 1n, 1n, 0],
    [7n, 3n, 5n, 1],
  ] as const) {
    const scale = { numerator, denominator };
    const draws = 40_000;
    let squares = 0;
    for (let i = 0; i < draws; i++) {
      const unit = Number(step) / 10 ** decimals;
      squares += (Number(discreteLaplace(scale, word)) * unit) ** 2;
    }
    const expected = noiseVariance({ scale, step, largest: 1n, tail: 100n }, decimals);
    // Of the mean of 40,000 squares: the fourth moment is at most 6 variances squared, so 6 standard errors are 7 in 100.
    expect(squares / draws / expected).toBeGreaterThan(0.93);
    expect(squares / draws / expected).toBeLessThan(1.07);
  }
});
