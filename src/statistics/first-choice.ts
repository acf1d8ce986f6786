/** What an analysis begins with, before anybody has chosen: the exposure is the researcher's group, the outcome what the data owner holds. */

import { t } from '../words/translate.ts';
import { groupingsFor } from './allowed-choices.ts';
import { ANALYSIS_RULES } from './analyses.ts';
import { type CellTable, type Factor, isLeftover } from './cells.ts';
import { type AnalysisKind, type Choice, type OutcomeChoice, outcomeName } from './choice.ts';

/** Labels of those who have what a column asks for, and of those who have it not or are what others are compared with. */
const HAVING =
  /^(?:y|yes|true|1|\+|pos(?:itive)?|present|ever|case|event|dead|died|death|deceased|exposed|treated|ja|oui|s[ií]|sim|tak)$/i;
const LACKING =
  /^(?:n|no|none|false|0|-|neg(?:ative)?|absent|never|unexposed|untreated|controls?|placebo|standard|standard care|usual care|reference|baseline|alive|nein|non|não|nie|kontrolle|témoin)$|^(?:(?:did|do|does|has|have|had|is|was|were) not|not|no|without)\b/i;
const isNamed = (label: string) => !isLeftover(label);

/** People in the opened cells of each level. */
function peopleOf({ cells, factors }: CellTable, factor: number): number[] {
  const people = (factors[factor]?.levels ?? []).map(() => 0);
  for (const { at, count = 0 } of cells) {
    const level = at[factor] ?? 0;
    people[level] = (people[level] ?? 0) + count;
  }
  return people;
}

/** The level that is taken for having the outcome, and whether its name says so; otherwise it is the smallest with people. */
function outcomeLevel(table: CellTable, factor: number): { readonly level: number; readonly named: boolean } {
  const { levels } = table.factors[factor] as Factor;
  const named = levels.findIndex((label) => HAVING.test(label));
  if (named >= 0) return { level: named, named: true };
  // Of yes and no in other words, the one that is not the no.
  const lacking = levels.findIndex((label) => LACKING.test(label));
  const others = levels.flatMap((label, level) => (isNamed(label) && level !== lacking ? [level] : []));
  if (lacking >= 0 && others.length === 1) return { level: others[0] as number, named: true };
  const people = peopleOf(table, factor);
  const size = (level: number) => people[level] || Number.POSITIVE_INFINITY;
  const [rarest = 0] = others.toSorted((a, b) => size(a) - size(b));
  return { level: rarest, named: false };
}

/** Numbers first, as they stand; then levels: the data owner's before the researcher's, two levels before more, ranges last. */
function preferred(table: CellTable, outcomes: readonly OutcomeChoice[]): readonly OutcomeChoice[] {
  const measures = outcomes.filter(({ kind }) => kind === 'measure');
  const rank = ({ side, levels, edges }: Factor) =>
    (side === 'owner' ? 0 : 4) + (edges ? 2 : 0) + (levels.filter(isNamed).length === 2 ? 0 : 1);
  const factors = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'level' ? [outcome.factor] : [])));
  const ranked = [...factors].toSorted((a, b) => rank(table.factors[a] as Factor) - rank(table.factors[b] as Factor));
  return [
    ...measures,
    ...ranked.map((factor): OutcomeChoice => ({ kind: 'level', factor, level: outcomeLevel(table, factor).level })),
  ];
}

/** The level that a grouping's others are compared with at first: by its name, or the first that is no leftover. */
export function firstReference({ factors }: CellTable, by: number | undefined): number {
  const levels = by === undefined ? [] : (factors[by]?.levels ?? []);
  const lacking = levels.findIndex((label) => LACKING.test(label));
  return Math.max(0, lacking >= 0 ? lacking : levels.findIndex(isNamed));
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
  const candidates: readonly OutcomeChoice[] = outcomes
    ? preferred(table, outcomes(table))
    : [{ kind: 'measure', measure: 0 }];
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
      reference: firstReference(table, groupings[0]),
      others: others.slice(0, least),
      trends: [],
    };
  }
  return undefined;
}

/** Why the first choice is what it is, where it was one of several: a sentence for people. */
export function firstChoiceWords(table: CellTable, choice: Choice): string | undefined {
  const { outcome, by, reference } = choice;
  if (outcome.kind !== 'level' || JSON.stringify(firstChoice(choice.analysis, table)) !== JSON.stringify(choice))
    return undefined;
  const { named } = outcomeLevel(table, outcome.factor);
  const factor = by === undefined ? undefined : table.factors[by];
  const name = outcomeName(outcome, table);
  const taken = named
    ? t('The page has taken “{{name}}” for the outcome, by its name', { name })
    : t('The page has taken “{{name}}” for the outcome, as the smallest opened group', { name });
  const others = t('Choose others where that is not what you ask.');
  if (factor === undefined) return `${taken}. ${others}`;
  const compared = t('{{taken}}, and compares groups of {{factor}} with “{{reference}}”.', {
    taken,
    factor: factor.name,
    reference: factor.levels[reference] ?? '',
  });
  return `${compared} ${others}`;
}
