/** What each analysis is: what it is made of, what is asked for it, and how it is computed. A new one is a name in `ANALYSES` and a record here. */

import { message } from '../words/translate.ts';
import { type CellTable, isBinary } from './cells.ts';
import type { AnalysisKind, Choice, OutcomeChoice } from './choice.ts';
import { difference, mantelHaenszel, rates, standardisation, twoByTwo } from './compare.ts';
import { averages, counts, distribution } from './describe.ts';
import { regression } from './model.ts';
import type { ReportDraft } from './report.ts';

export interface AnalysisRules {
  readonly name: string;
  /** What it can be made of in a table; undefined for one that is made of counts alone. */
  readonly outcomes: ((table: CellTable) => OutcomeChoice[]) | undefined;
  /** Whether it counts events over person-time. */
  readonly overTime: boolean;
  /** What is compared: groups, which must be chosen, or may be left out; or the ranges of a number. */
  readonly by: 'groups' | 'groups or everybody' | 'ranges';
  /** Whether one of the groups is what the others are compared with. */
  readonly refers: boolean;
  /** How many other groupings it takes, at least and at most, and what they are asked for as. */
  readonly others: readonly [least: number, most: number];
  readonly othersLabel: string;
  /** Whether groups are compared as they are, and so may differ by which cells they lack. */
  readonly crude: boolean;
  report(table: CellTable, choice: Choice): ReportDraft;
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

function measureAndLevelOutcomes(table: CellTable): OutcomeChoice[] {
  return [...measureOutcomes(table), ...binaryOutcomes(table).filter(({ kind }) => kind === 'level')];
}

const GROUPS = {
  overTime: false,
  by: 'groups',
  refers: true,
  others: [0, 0],
  othersLabel: message('Over the groups of'),
  crude: false,
} as const;
const MODEL = { ...GROUPS, others: [0, Number.POSITIVE_INFINITY] } as const;

export const ANALYSIS_RULES: Readonly<Record<AnalysisKind, AnalysisRules>> = {
  averages: {
    ...GROUPS,
    name: message('Averages and proportions'),
    outcomes: measureAndLevelOutcomes,
    by: 'groups or everybody',
    refers: false,
    crude: true,
    report: averages,
  },
  difference: {
    ...GROUPS,
    name: message('Difference of averages'),
    outcomes: measureOutcomes,
    crude: true,
    report: difference,
  },
  counts: {
    ...GROUPS,
    name: message('Two groupings: chi-square and Fisher'),
    outcomes: undefined,
    refers: false,
    others: [1, 1],
    othersLabel: message('By'),
    report: counts,
  },
  'two-by-two': {
    ...GROUPS,
    name: message('Risk ratio, odds ratio, risk difference'),
    outcomes: binaryOutcomes,
    crude: true,
    report: twoByTwo,
  },
  'mantel-haenszel': {
    ...GROUPS,
    name: message('Common odds ratio (Mantel-Haenszel)'),
    outcomes: binaryOutcomes,
    others: [1, 1],
    report: mantelHaenszel,
  },
  standardisation: {
    ...GROUPS,
    name: message('Direct standardisation'),
    outcomes: measureAndLevelOutcomes,
    others: [1, 1],
    report: standardisation,
  },
  rates: {
    ...GROUPS,
    name: message('Rates and rate ratios'),
    outcomes: eventOutcomes,
    overTime: true,
    by: 'groups or everybody',
    crude: true,
    report: rates,
  },
  linear: {
    ...MODEL,
    name: message('Linear regression'),
    outcomes: measureOutcomes,
    report: (table, choice) => regression(table, choice, 'linear'),
  },
  logistic: {
    ...MODEL,
    name: message('Logistic regression'),
    outcomes: binaryOutcomes,
    report: (table, choice) => regression(table, choice, 'logistic'),
  },
  poisson: {
    ...MODEL,
    name: message('Poisson regression'),
    outcomes: eventOutcomes,
    overTime: true,
    report: (table, choice) => regression(table, choice, 'poisson'),
  },
  distribution: {
    ...GROUPS,
    name: message('Histogram, median and quartiles'),
    outcomes: undefined,
    by: 'ranges',
    refers: false,
    others: [0, 1],
    crude: true,
    report: distribution,
  },
};
