/** From a result as the run gives it to the cells that analyses start from. */
import type { Agreement, GroupColumn, PayloadColumn, Terms } from '../../agreement/agreement.ts';
import { areDates, namedEdges } from '../../agreement/ranges.ts';
import type { PayloadFigures, ResearcherResult, ResultRow } from '../../agreement/result.ts';
import type { Cell, CellSum, CellTable, Factor, Treatment } from '../../statistics/cells.ts';
import { countsCompleteCases } from '../../tally/cells.ts';
import { planNoise } from '../../tally/noise-plan.ts';
import { noiseVariance } from '../../tally/noise-variance.ts';

/** Every row of the result is a cell; its labels are levels of the researcher's group columns and of the agreed ones. */
export function cellsOf(
  { agreement, rows, matches, strata = [] }: ResearcherResult,
  /** Where it is one of several tables: what was agreed in all, for the noise is shared out over all of them. */
  whole: Agreement = agreement,
): CellTable {
  const { terms } = agreement;
  const factor = ({ name, labels, edges }: GroupColumn, side: Factor['side']): Factor => {
    const named = edges && namedEdges(edges, labels);
    return { name, side, levels: labels, ...(named && { edges: named, areYears: areDates(edges) }) };
  };
  const factors = [...strata.map((own) => factor(own, 'researcher')), ...terms.groups.map((g) => factor(g, 'owner'))];
  return {
    factors,
    measures: terms.payloads.map(({ name, minimum, maximum, decimals }) => ({ name, minimum, maximum, decimals })),
    cells: rows.map(
      (row): Cell => ({
        at: [...(row.strata ?? []), ...(terms.groups.length > 0 ? row.labels : [])].map(
          (label, i) => factors[i]?.levels.indexOf(label) ?? -1,
        ),
        count: row.count,
        sums: terms.payloads.map((payload, i) => cellSum(terms, payload, row, row.payloads[i])),
      }),
    ),
    matches,
    minimum: terms.minimumGroupSize,
    treatment: treatmentOf(whole, terms.payloads),
    completeCases: countsCompleteCases(whole.terms) && whole.terms.payloads.some(({ complete }) => !complete),
  };
}

function cellSum(
  { statistics, missingValues }: Terms,
  { complete }: PayloadColumn,
  row: ResultRow,
  figures: PayloadFigures | undefined,
): CellSum | undefined {
  if (figures === undefined || figures.suppressed) return undefined;
  const count = figures.count ?? (complete || missingValues !== 'each-column' ? row.count : undefined);
  if (count === undefined) return undefined;
  const { mean, sd } = figures;
  const sum = figures.sum ?? (mean === undefined ? undefined : mean * count);
  // One value has no deviation, and no squared ones either.
  const deviations = statistics.sd && count === 1 ? 0 : sd === undefined ? undefined : (count - 1) * sd ** 2;
  return { count, sum, deviations };
}

/** `payloads`: those of the table, which the agreement has as well. */
function treatmentOf(agreement: Agreement, payloads: readonly PayloadColumn[]): Treatment {
  const { perturbation } = agreement.terms;
  if (perturbation?.kind === 'rounding') return { kind: 'rounding', base: perturbation.base };
  const plan = planNoise(agreement);
  if (plan === undefined) return { kind: 'exact' };
  const sums = payloads.map(({ name, decimals }) => {
    const sum = plan.sums[agreement.terms.payloads.findIndex((payload) => payload.name === name)];
    return sum === undefined ? 0 : noiseVariance(sum, decimals);
  });
  return { kind: 'noise', variances: { count: noiseVariance(plan.count, 0), sums } };
}
