/** What the library's own functions get wrong is caught here. */
import { expect, it } from 'vitest';
import { poissonInterval, upperChiSquare } from './distributions.ts';

// R 4.2.2: qgamma(.025, events) and qgamma(.975, events + 1).
it.each([
  [0, 0, 3.68887945411],
  [1, 0.0253178079843, 5.57164339094],
  [7, 2.81436305152, 14.4226753617],
  [170, 145.40512096, 197.563473877],
  [999, 938.004018562, 1062.92115122],
  [1000, 938.973018408, 1063.95213602],
  [5000, 4862.35918869, 5140.54894854],
  [20000, 19723.7676006, 20279.1336279],
  [100000, 99381.1526637, 100621.74474],
  [1000000, 998040.98334, 1001961.91195],
])('gives the exact interval of a Poisson mean of which %i were seen', (events, lower, upper) => {
  const found = poissonInterval(events);
  expect(Math.abs(found.lower - lower)).toBeLessThanOrEqual(1e-9 * lower);
  expect(Math.abs(found.upper - upper)).toBeLessThanOrEqual(1e-9 * upper);
});

// R 4.2.2: pchisq(x, df, lower.tail = FALSE), for the degrees of tables of up to 16 x 16 groups.
it.each([
  [0.5, 1, 0.479500122187],
  [1.7, 1, 0.192287977112],
  [5.2, 1, 0.0225868881642],
  [0.5, 2, 0.778800783071],
  [3, 2, 0.223130160148],
  [8, 2, 0.0183156388887],
  [39.1, 49, 0.843283323623],
  [53.9, 49, 0.292449760204],
  [78.7, 49, 0.00451870503226],
  [203.8, 225, 0.841568382201],
  [235.6, 225, 0.300360893948],
  [288.6, 225, 0.00267288653184],
])('gives the upper tail of chi-square at %d with %i degrees of freedom', (x, degrees, p) => {
  expect(Math.abs(upperChiSquare(x, degrees) - p)).toBeLessThanOrEqual(1e-9 * p);
});
