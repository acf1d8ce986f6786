/** The one way in: a table of cells and a choice make a report. */
import { type CellTable, leftOut } from './cells.ts';
import type { Choice } from './choice.ts';
import { difference, mantelHaenszel, rates, standardisation, twoByTwo } from './compare.ts';
import { averages, counts, distribution } from './describe.ts';
import { regression } from './model.ts';
import { type Report, underTreatment } from './report.ts';

/** Everything that has to be said beside the figures is among the report's notes. */
export function analyse(table: CellTable, choice: Choice): Report {
  const report = underTreatment(figuresOf(table, choice), table.treatment);
  return { ...report, notes: [...sealedNotes(table, choice), ...report.notes] };
}

function figuresOf(table: CellTable, choice: Choice): Report {
  switch (choice.analysis) {
    case 'averages':
      return averages(table, choice);
    case 'difference':
      return difference(table, choice);
    case 'counts':
      return counts(table, choice);
    case 'two-by-two':
      return twoByTwo(table, choice);
    case 'mantel-haenszel':
      return mantelHaenszel(table, choice);
    case 'standardisation':
      return standardisation(table, choice);
    case 'rates':
      return rates(table, choice);
    case 'linear':
    case 'logistic':
    case 'poisson':
      return regression(table, choice, choice.analysis);
    case 'distribution':
      return distribution(table, choice);
  }
}

/** How many cells are missing, and what share of the matches they hold. */
export function sealedNotes(table: CellTable, { analysis, outcome }: Pick<Choice, 'analysis' | 'outcome'>): string[] {
  const takesMeasure = analysis !== 'counts' && analysis !== 'distribution' && outcome.kind === 'measure';
  const { sealed, cells, share } = leftOut(table, takesMeasure ? outcome.measure : undefined);
  if (sealed === 0) return [];
  const about = table.treatment.kind === 'exact' ? '' : 'about ';
  const percent = `${about}${(100 * share).toFixed(1)} %`;
  const what = sealed === 1 ? '1 of' : `${sealed} of`;
  return [
    `${what} ${cells} cells ${sealed === 1 ? 'is' : 'are'} sealed or withheld and left out; ${sealed === 1 ? 'it holds' : 'they hold'} ${percent} of your matches.`,
  ];
}
