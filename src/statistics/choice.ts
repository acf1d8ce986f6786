/** Which analysis is chosen, of what, and which ones a table allows. */
import { type CellTable, type Factor, isBinary } from './cells.ts';

export const ANALYSES = [
  'averages',
  'difference',
  'counts',
  'two-by-two',
  'mantel-haenszel',
  'standardisation',
  'rates',
  'linear',
  'logistic',
  'poisson',
  'distribution',
] as const;
export type AnalysisKind = (typeof ANALYSES)[number];

export const ANALYSIS_NAMES: Readonly<Record<AnalysisKind, string>> = {
  averages: 'Averages and proportions',
  difference: 'Difference of averages',
  counts: 'Two groupings: chi-square and Fisher',
  'two-by-two': 'Risk ratio, odds ratio, risk difference',
  'mantel-haenszel': 'Common odds ratio (Mantel-Haenszel)',
  standardisation: 'Direct standardisation',
  rates: 'Rates and rate ratios',
  linear: 'Linear regression',
  logistic: 'Logistic regression',
  poisson: 'Poisson regression',
  distribution: 'Histogram, median and quartiles',
};

/** An outcome: a measure, or being in one level of a factor. */
export type OutcomeChoice =
  | { readonly kind: 'measure'; readonly measure: number }
  | { readonly kind: 'level'; readonly factor: number; readonly level: number };

export interface Choice {
  readonly analysis: AnalysisKind;
  readonly outcome: OutcomeChoice;
  /** Person-time, for rates. */
  readonly time: number | undefined;
  /** The grouping that is compared. */
  readonly by: number | undefined;
  /** Level of `by` that the others are compared with. */
  readonly reference: number;
  /** Other groupings: adjusted for, or standardised over. */
  readonly others: readonly number[];
  /** Those of `by` and `others` that go in as a trend. */
  readonly trends: readonly number[];
}

/** The second grouping of `by` in a table of counts, the first of the others. */
export function otherOf({ others }: Choice): number | undefined {
  return others[0];
}

/** Outcomes that people have or have not. */
export function binaryOutcomes({ measures, factors }: CellTable): OutcomeChoice[] {
  return [
    ...measures.flatMap((measure, i): OutcomeChoice[] => (isBinary(measure) ? [{ kind: 'measure', measure: i }] : [])),
    ...factors.flatMap((factor, i) =>
      factor.levels.map((_, level): OutcomeChoice => ({ kind: 'level', factor: i, level })),
    ),
  ];
}

export function measureOutcomes({ measures }: CellTable): OutcomeChoice[] {
  return measures.map((_, measure): OutcomeChoice => ({ kind: 'measure', measure }));
}

/** Events are counted from zero. */
export function eventOutcomes({ measures }: CellTable): OutcomeChoice[] {
  return measures.flatMap(({ minimum, decimals }, measure): OutcomeChoice[] =>
    minimum === 0 && decimals === 0 ? [{ kind: 'measure', measure }] : [],
  );
}

/** The outcomes that an analysis can be made of. */
export function outcomesFor(analysis: AnalysisKind, table: CellTable): OutcomeChoice[] {
  switch (analysis) {
    case 'averages':
    case 'standardisation':
      return [...measureOutcomes(table), ...binaryOutcomes(table).filter(({ kind }) => kind === 'level')];
    case 'difference':
    case 'linear':
      return measureOutcomes(table);
    case 'two-by-two':
    case 'mantel-haenszel':
    case 'logistic':
      return binaryOutcomes(table);
    case 'rates':
    case 'poisson':
      return eventOutcomes(table);
    case 'counts':
    case 'distribution':
      return [];
  }
}

/** Groupings that can be compared: not the one that the outcome is made of. */
export function groupingsFor(
  { analysis, outcome }: Pick<Choice, 'analysis' | 'outcome'>,
  { factors }: CellTable,
): number[] {
  return [...factors.keys()].filter((factor) => {
    const { levels, edges } = factors[factor] as Factor;
    if (analysis === 'distribution') return edges !== undefined;
    const used = analysis !== 'counts' && outcome.kind === 'level' && outcome.factor === factor;
    return levels.length > 1 && !used;
  });
}

/** How many other groupings an analysis takes, at least and at most. */
export function othersOf(analysis: AnalysisKind): readonly [number, number] {
  switch (analysis) {
    case 'counts':
    case 'mantel-haenszel':
    case 'standardisation':
      return [1, 1];
    case 'distribution':
      return [0, 1];
    case 'linear':
    case 'logistic':
    case 'poisson':
      return [0, Number.POSITIVE_INFINITY];
    default:
      return [0, 0];
  }
}

/** What the first choice of an analysis is; undefined where the table does not allow it. */
export function firstChoice(analysis: AnalysisKind, table: CellTable): Choice | undefined {
  const outcomes = outcomesFor(analysis, table);
  const needsOutcome = analysis !== 'counts' && analysis !== 'distribution';
  const candidates: readonly OutcomeChoice[] = needsOutcome ? outcomes : [{ kind: 'measure', measure: 0 }];
  for (const outcome of candidates) {
    const groupings = groupingsFor({ analysis, outcome }, table);
    const others = table.factors.flatMap(({ levels }, i) =>
      levels.length > 1 && i !== groupings[0] && !(needsOutcome && outcome.kind === 'level' && outcome.factor === i)
        ? [i]
        : [],
    );
    const [least] = othersOf(analysis);
    const time = table.measures.findIndex((_, i) => outcome.kind === 'measure' && outcome.measure !== i);
    const needsTime = analysis === 'rates' || analysis === 'poisson';
    const needsGroups = analysis !== 'averages' && analysis !== 'rates';
    if ((needsTime && time < 0) || (needsGroups && groupings.length === 0) || others.length < least) continue;
    return {
      analysis,
      outcome,
      time: needsTime ? time : undefined,
      by: groupings[0],
      reference: 0,
      others: others.slice(0, least),
      trends: [],
    };
  }
  return undefined;
}

export function outcomeName(outcome: OutcomeChoice, { measures, factors }: CellTable): string {
  if (outcome.kind === 'measure') return measures[outcome.measure]?.name ?? '';
  const factor = factors[outcome.factor];
  return `${factor?.name}: ${factor?.levels[outcome.level]}`;
}
