/** The one way in: a table of cells and a choice make a report. */

import { percentWords, tCounted } from '../words/format.ts';
import { t } from '../words/translate.ts';
import { ANALYSIS_RULES } from './analyses.ts';
import { type Cell, type CellTable, leftOut } from './cells.ts';
import type { Choice } from './choice.ts';
import { claimed, type Report, underTreatment } from './report.ts';

/** Everything that has to be said beside the figures is among the report's notes. */
export function analyse(table: CellTable, choice: Choice): Report {
  const report = claimed(underTreatment(ANALYSIS_RULES[choice.analysis].report(table, choice), table.treatment));
  return { ...report, notes: [...sealedNotes(table, choice), ...report.notes] };
}

/** Cells named one by one. */
const MAX_NAMED = 4;

/** How many cells are missing, which, what share of the matches they hold, and whether the compared groups differ by them. */
export function sealedNotes(table: CellTable, choice: Choice): string[] {
  const { analysis, outcome } = choice;
  const takesMeasure = ANALYSIS_RULES[analysis].outcomes !== undefined && outcome.kind === 'measure';
  const measure = takesMeasure ? outcome.measure : undefined;
  const { sealed, share } = leftOut(table, measure);
  const held = percentWords(share);
  const exact = table.treatment.kind === 'exact';
  if (sealed.length === 0) {
    if (!table.completeCases || share <= 0) return [];
    return [
      exact
        ? t('People who lack a value of some averaged column, {{held}} of the matches, are left out.', { held })
        : t('People who lack a value of some averaged column, about {{held}} of the matches, are left out.', { held }),
    ];
  }
  const matches = exact ? t('{{held}} of the matches', { held }) : t('about {{held}} of the matches', { held });
  return [sealedNote(table, sealed, matches), ...unlikeNote(table, choice, sealed)];
}

function sealedNote(table: CellTable, sealed: readonly Cell[], held: string): string {
  const names = sealed.map(({ at }) =>
    t('“{{name}}”', { name: at.map((level, i) => table.factors[i]?.levels[level]).join(' / ') }),
  );
  const named = names.length > MAX_NAMED || table.factors.length === 0 ? '' : ` (${names.join(', ')})`;
  const values = { cells: table.cells.length, named, held };
  return table.completeCases
    ? tCounted(
        '{{count}} of {{cells}} cells{{named}} is sealed or withheld and left out; it and people who lack a value hold {{held}}.',
        '{{count}} of {{cells}} cells{{named}} are sealed or withheld and left out; they and people who lack a value hold {{held}}.',
        sealed.length,
        values,
      )
    : tCounted(
        '{{count}} of {{cells}} cells{{named}} is sealed or withheld and left out; it holds {{held}}.',
        '{{count}} of {{cells}} cells{{named}} are sealed or withheld and left out; they hold {{held}}.',
        sealed.length,
        values,
      );
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
    t(
      'The groups do not lack the same cells, so they differ by more than what they are compared by. Adjust for the other groupings, or say so.',
    ),
  ];
}
