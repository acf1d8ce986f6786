/** Whether two groupings of the same people go together: chi-square, and Fisher's exact test of two by two. */

import { t } from '../words/translate.ts';
import { hypergeometricChance, upperChiSquare } from './distributions.ts';
import { noEstimate, type Test } from './estimate.ts';

/** Cochran (1954): below this many expected people a chi-square is not to be relied on. */
const FEW_EXPECTED = 5;

/** Whatever a sum in floating point is off by must not decide which tables are as rare as the one seen (as in R). */
const AS_RARE = 1 + 1e-7;

/** Rows and columns without anybody do not take part. */
function occupied(counts: readonly (readonly number[])[]): number[][] {
  const columns = (counts[0] ?? []).map((_, j) => counts.some((row) => (row[j] ?? 0) > 0));
  return counts.filter((row) => row.some((n) => n > 0)).map((row) => row.filter((_, j) => columns[j]));
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

/** Pearson's chi-square (1900), without a correction for continuity. `counts`: rows of columns. */
export function chiSquare(counts: readonly (readonly number[])[]): Test {
  const rows = occupied(counts);
  const columns = rows[0]?.length ?? 0;
  if (rows.length < 2 || columns < 2) {
    return noEstimate(t('Everybody in the opened cells is in one row or in one column, so there is nothing to test.'));
  }
  const columnTotals = Array.from({ length: columns }, (_, j) => total(rows.map((row) => row[j] ?? 0)));
  const everybody = total(columnTotals);
  let [statistic, few] = [0, 0];
  for (const row of rows) {
    const rowTotal = total(row);
    for (const [j, seen] of row.entries()) {
      const expected = (rowTotal * (columnTotals[j] ?? 0)) / everybody;
      statistic += (seen - expected) ** 2 / expected;
      if (expected < FEW_EXPECTED) few += 1;
    }
  }
  const degrees = (rows.length - 1) * (columns - 1);
  const note =
    few > 0 &&
    t('In {{few}} of {{cells}} cells fewer than {{least}} people are expected: the test is unreliable.', {
      few,
      cells: rows.length * columns,
      least: FEW_EXPECTED,
    });
  return { statistic, degrees: [degrees], p: upperChiSquare(statistic, degrees), ...(note && { note }) };
}

/** Fisher's exact test (1935) of two by two, two-sided: all tables with these margins that are as rare as this one, or rarer. */
export function fisherExact(counts: readonly (readonly number[])[]): Test {
  const rows = occupied(counts);
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = rows;
  if (rows.length !== 2 || rows[0]?.length !== 2) {
    return noEstimate(t('Fisher’s exact test is made of two rows and two columns with people in them.'));
  }
  const [everybody, marked, draws] = [a + b + c + d, a + c, a + b];
  const seen = hypergeometricChance(a, everybody, marked, draws);
  let p = 0;
  for (let hits = Math.max(0, draws + marked - everybody); hits <= Math.min(draws, marked); hits++) {
    const chance = hypergeometricChance(hits, everybody, marked, draws);
    if (chance <= seen * AS_RARE) p += chance;
  }
  return { statistic: a, degrees: [], p: Math.min(1, p) };
}
