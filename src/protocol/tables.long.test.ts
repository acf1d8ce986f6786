/** Whole runs over every combination of strata, tables, missing values and what is done to figures, against the plaintext. */
import { describe, it } from 'vitest';
import { expectExact, expectNoisy, expectRounded } from '../testing/simulation/table-runs.ts';

const cases = [1, 2, 7].flatMap((strata) =>
  [1, 3, 16].flatMap((tables) =>
    (['complete-cases', 'each-column'] as const).map((missingValues) => ({ strata, tables, missingValues })),
  ),
);

describe.each(cases)('$strata strata, $tables tables, $missingValues', (of) => {
  it('exact', () => expectExact(of), 180_000);
  it('rounded', () => expectRounded(of), 180_000);
  it('noisy', () => expectNoisy(of), 180_000);
});
