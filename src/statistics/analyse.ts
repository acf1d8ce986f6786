/** The one way in: a table of cells and a choice make a report. */

import { percentWords } from '../words/format.ts';
import { ANALYSIS_RULES } from './analyses.ts';
import { type Cell, type CellTable, leftOut } from './cells.ts';
import type { Choice } from './choice.ts';
import { type Report, underTreatment } from './report.ts';

/** Everything that has to be said beside the figures is among the report's notes. */
export function analyse(table: CellTable, choice: Choice): Report {
  const report = underTreatment(ANALYSIS_RULES[choice.analysis].report(table, choice), table.treatment);
  return { ...report, notes: [...sealedNotes(table, choice), ...report.notes] };
}

/** Who is in no cell where all measures are asked for together. */
const LACKING_VALUES = 'People who lack a value of some averaged column';

/** Cells named one by one. */
const MAX_NAMED = 4;

/** How many cells are missing, which, what share of the matches they hold, and whether the compared groups differ by them. */
export function sealedNotes(table: CellTable, choice: Choice): string[] {
  const { analysis, outcome } = choice;
  const takesMeasure = ANALYSIS_RULES[analysis].outcomes !== undefined && outcome.kind === 'measure';
  const measure = takesMeasure ? outcome.measure : undefined;
  const { sealed, share } = leftOut(table, measure);
  const about = table.treatment.kind === 'exact' ? '' : 'about ';
  const held = `${about}${percentWords(share)} of the matches`;
  if (sealed.length === 0) return table.completeCases && share > 0 ? [`${LACKING_VALUES}, ${held}, are left out.`] : [];
  const one = sealed.length === 1;
  const they = one ? 'it' : 'they';
  const holders = table.completeCases ? `${they} and people who lack a value hold` : one ? 'it holds' : 'they hold';
  const names = sealed.map(({ at }) => `“${at.map((level, i) => table.factors[i]?.levels[level]).join(' / ')}”`);
  const named = names.length > MAX_NAMED || table.factors.length === 0 ? '' : ` (${names.join(', ')})`;
  return [
    `${sealed.length} of ${table.cells.length} cells${named} ${one ? 'is' : 'are'} sealed or withheld and left out; ${holders} ${held}.`,
    ...unlikeNote(table, choice, sealed),
  ];
}

/** Without adjustment, groups that lack different cells differ by more than what they are compared by. */
function unlikeNote(table: CellTable, { by, analysis }: Choice, sealed: readonly Cell[]): string[] {
  if (by === undefined || !ANALYSIS_RULES[analysis].crude || table.factors.length < 2) return [];
  const lacking = (table.factors[by]?.levels ?? []).map((_, level) =>
    sealed
      .flatMap(({ at }) => (at[by] === level ? [at.filter((_, i) => i !== by).join()] : []))
      .sort()
      .join(';'),
  );
  if (new Set(lacking).size === 1) return [];
  return [
    'The groups do not lack the same cells, so they differ by more than what they are compared by. Adjust for the other groupings, or say so.',
  ];
}
