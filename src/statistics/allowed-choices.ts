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

/** What the first choice of an analysis is; undefined where the table does not allow it. */
export function firstChoice(analysis: AnalysisKind, table: CellTable): Choice | undefined {
  const {
    overTime,
    by,
    others: [least],
    outcomes,
  } = ANALYSIS_RULES[analysis];
  const needsOutcome = outcomes !== undefined;
  const candidates: readonly OutcomeChoice[] = outcomes?.(table) ?? [{ kind: 'measure', measure: 0 }];
  for (const outcome of candidates) {
    const groupings = groupingsFor({ analysis, outcome }, table);
    const others = table.factors.flatMap(({ levels }, i) =>
      levels.length > 1 && i !== groupings[0] && !(needsOutcome && outcome.kind === 'level' && outcome.factor === i)
        ? [i]
        : [],
    );
    const time = table.measures.findIndex((_, i) => outcome.kind === 'measure' && outcome.measure !== i);
    if ((overTime && time < 0) || (by !== 'groups or everybody' && groupings.length === 0) || others.length < least)
      continue;
    return {
      analysis,
      outcome,
      time: overTime ? time : undefined,
      by: groupings[0],
      reference: 0,
      others: others.slice(0, least),
      trends: [],
    };
  }
  return undefined;
}
