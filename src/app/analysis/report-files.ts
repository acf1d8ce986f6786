/** An analysis as files: a CSV for a spreadsheet, a JSON with everything, choice and method included. */
import { CONFIDENCE } from '../../statistics/distributions.ts';
import { isEstimate, type Outcome } from '../../statistics/estimate.ts';
import type { Report } from '../../statistics/report.ts';
import { type CsvCell, writeCsv } from '../../table/csv-writer.ts';

const HEADER = ['quantity', 'group', 'basis', 'estimate', 'lower', 'upper', 'standard_error', 'p', 'note'];

function outcomeCells(outcome: Outcome): CsvCell[] {
  if (!isEstimate(outcome)) return ['', '', '', '', '', outcome.reason];
  const interval = Number.isNaN(outcome.error) ? ['', '', ''] : [outcome.lower, outcome.upper, outcome.error];
  return [outcome.value, ...interval, outcome.p ?? '', outcome.bare ?? ''];
}

/** A row a line; tests follow with their statistic as the estimate, then ranges with the share of people per unit, and what has to be said as rows of notes. */
export function reportCsv(report: Report): string {
  const lines = report.blocks.flatMap(({ quantity, lines: of }) =>
    of.map(({ label, basis, outcome }) => [quantity, label, basis, ...outcomeCells(outcome)]),
  );
  const tests = report.tests.map(({ name, test }) =>
    'p' in test
      ? [
          name,
          '',
          `degrees of freedom: ${test.degrees.join(' and ') || 'none'}`,
          test.statistic,
          '',
          '',
          '',
          test.p,
          test.note ?? '',
        ]
      : [name, '', '', '', '', '', '', '', test.reason],
  );
  const bars = (report.histograms ?? []).flatMap(({ label, bars: of }) =>
    of.map(({ from, to, count, density }) => [
      'share of people per unit',
      `${label}: ${from} to ${to}`,
      count === undefined ? 'sealed' : `n = ${count}`,
      density ?? '',
      '',
      '',
      '',
      '',
      Number.isFinite(to - from) ? '' : 'an open range has no width',
    ]),
  );
  const notes = report.notes.map((note) => ['note', '', '', '', '', '', '', '', note]);
  return writeCsv(HEADER, [...lines, ...tests, ...bars, ...notes]);
}

export interface ReportSource {
  readonly agreementHash: string;
  readonly version: string;
  readonly finishedAt: string;
}

export function reportJson(
  report: Report,
  methods: string,
  { agreementHash, version, finishedAt }: ReportSource,
): string {
  return `${JSON.stringify({ version, agreementHash, finishedAt, confidence: CONFIDENCE, ...report, methods }, null, 2)}\n`;
}
