/** What an analysis hands to pages and files: lines with intervals, tests, and what has to be said beside them. */

import { message, t } from '../words/translate.ts';
import type { Treatment } from './cells.ts';
import { isEstimate, noEstimate, type Outcome, type Test, withoutTest } from './estimate.ts';
import type { HistogramBar } from './ranges.ts';

export interface ReportLine {
  readonly label: string;
  /** What the figure rests on: `34 of 120`, `n = 120`. */
  readonly basis: string;
  readonly outcome: Outcome;
}

/** Lines of one quantity, on one scale. */
export interface ReportBlock {
  readonly quantity: string;
  /** Ratios are drawn on a logarithmic scale. */
  readonly scale: 'linear' | 'ratio';
  /** The value that means no effect; undefined where the quantity is no effect. */
  readonly none?: number;
  readonly lines: readonly ReportLine[];
}

export interface NamedTest {
  readonly name: string;
  readonly test: Test;
}

export interface ReportHistogram {
  readonly label: string;
  readonly bars: readonly HistogramBar[];
}

export interface Report {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
  readonly tests: readonly NamedTest[];
  readonly histograms?: readonly ReportHistogram[];
  /** Sentences that a reader of the figures must know. */
  readonly notes: readonly string[];
  /** How it was computed: a sentence for the methods of a paper. */
  readonly method: string;
}

/** A report as an analysis makes it, before it is known what of it holds. */
export interface ReportDraft extends Report {
  /** The method where no test came about. */
  readonly untested?: string;
  /** The method where neither a test nor an interval came about. */
  readonly bare?: string;
}

/** Claims no interval and no test in the method where none came about. */
export function claimed({ untested, bare, ...report }: ReportDraft): Report {
  const outcomes = report.blocks.flatMap(({ lines }) => lines.map(({ outcome }) => outcome)).filter(isEstimate);
  const tested = outcomes.some(({ p }) => p !== undefined) || report.tests.some(({ test }) => 'p' in test);
  const hasInterval = outcomes.some(({ error }) => !Number.isNaN(error));
  const method = (!tested && !hasInterval ? bare : undefined) ?? (tested ? undefined : untested) ?? report.method;
  return { ...report, method };
}

const NOISE_TEST = message('Not offered: it would take the noise for an effect.');
const ROUNDING_TEST = message('Not offered: the figures are rounded.');

/** Takes away what the treatment of the figures does not allow, and says so. */
export function underTreatment(report: ReportDraft, treatment: Treatment): ReportDraft {
  if (treatment.kind === 'exact') return report;
  const rounded = treatment.kind === 'rounding';
  const tests = report.tests.map(({ name, test }) => ({
    name,
    test: 'p' in test ? noEstimate(rounded ? t(ROUNDING_TEST) : t(NOISE_TEST)) : test,
  }));
  const blocks = report.blocks.map((block) => ({
    ...block,
    lines: block.lines.map((line) => (rounded ? { ...line, outcome: withoutTest(line.outcome) } : line)),
  }));
  const estimated = blocks.some(({ lines }) => lines.some(({ outcome }) => isEstimate(outcome)));
  const said = rounded
    ? [
        t(
          'Computed from figures rounded to {{base}}: estimates and intervals are approximate, and no test is offered.',
          {
            base: treatment.base,
          },
        ),
      ]
    : estimated
      ? [t('The intervals include the variance of the noise that the agreement states.')]
      : [];
  return { ...report, tests, blocks, notes: [...report.notes, ...said] };
}
