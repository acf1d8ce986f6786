/** Which analysis is chosen, and of what. */
import type { CellTable } from './cells.ts';

/** In the order in which they are offered. What each is, `ANALYSIS_RULES` says. */
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

export function outcomeName(outcome: OutcomeChoice, { measures, factors }: CellTable): string {
  if (outcome.kind === 'measure') return measures[outcome.measure]?.name ?? '';
  const factor = factors[outcome.factor];
  return `${factor?.name}: ${factor?.levels[outcome.level]}`;
}
