/** Which analyses a table allows, and what may be chosen for them. */
import { ANALYSIS_RULES } from './analyses.ts';
import type { CellTable, Factor } from './cells.ts';
import type { AnalysisKind, Choice, OutcomeChoice } from './choice.ts';

/** The outcomes that an analysis can be made of; none of one that is made of counts alone. */
export function outcomesFor(analysis: AnalysisKind, table: CellTable): OutcomeChoice[] {
  return ANALYSIS_RULES[analysis].outcomes?.(table) ?? [];
}

/** Groupings that can be compared: not the one that the outcome is made of. */
export function groupingsFor(
  { analysis, outcome }: Pick<Choice, 'analysis' | 'outcome'>,
  { factors }: CellTable,
): number[] {
  const { by, outcomes } = ANALYSIS_RULES[analysis];
  return [...factors.keys()].filter((factor) => {
    const { levels, edges } = factors[factor] as Factor;
    if (by === 'ranges') return edges !== undefined;
    const used = outcomes !== undefined && outcome.kind === 'level' && outcome.factor === factor;
    return levels.length > 1 && !used;
  });
}
