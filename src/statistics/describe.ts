/** Reports that describe: averages and proportions, counts of two groupings, a distribution over ranges. */

import { monthWords, numberWords } from '../words/format.ts';
import { message, t } from '../words/translate.ts';
import { type CellTable, isBinary } from './cells.ts';
import { type Choice, otherOf, outcomeName } from './choice.ts';
import { chiSquare, fisherExact } from './contingency.ts';
import { bareEstimate, noEstimate } from './estimate.ts';
import { analysisOfVariance, meanEstimate, proportionEstimate } from './means.ts';
import { histogram, quantile, type RangeCount } from './ranges.ts';
import type { Report, ReportDraft, ReportLine } from './report.ts';
import { byLevel, sampleOf } from './samples.ts';

const INTERPOLATED = message('It is interpolated, and has no interval.');

/** True where an outcome is had or not had. */
export function isProportion(table: CellTable, { outcome }: Choice): boolean {
  return outcome.kind === 'level' || isBinary(table.measures[outcome.measure] as CellTable['measures'][number]);
}

/** Where no figure is opened, none can be said: a sealed group is not one of no people. */
const NOTHING_OPENED = '–';

/** `34 of 120`. */
export const ofWords = ({ sum, count }: { sum: number; count: number }) =>
  count === 0 ? NOTHING_OPENED : t('{{sum}} of {{count}}', { sum: numberWords(sum), count: numberWords(count) });
export const peopleWords = ({ count }: { count: number }) =>
  count === 0 ? NOTHING_OPENED : `n = ${numberWords(count)}`;

export function averages(table: CellTable, choice: Choice): ReportDraft {
  const proportion = isProportion(table, choice);
  const name = outcomeName(choice.outcome, table);
  const groups =
    choice.by === undefined
      ? [{ label: t('Everybody opened'), cells: table.cells }]
      : byLevel(table, choice.by).map((cells, i) => ({ label: table.factors[choice.by ?? 0]?.levels[i] ?? '', cells }));
  const samples = groups.map(({ label, cells }) => ({ label, sample: sampleOf(table, cells, choice.outcome) }));
  const lines = samples.map(
    ({ label, sample }): ReportLine => ({
      label,
      basis: proportion ? ofWords(sample) : peopleWords(sample),
      outcome: proportion ? proportionEstimate(sample) : meanEstimate(sample),
    }),
  );
  const tested = !proportion && samples.length > 1;
  const test = tested
    ? [{ name: t('One-way analysis of variance, F'), test: analysisOfVariance(samples.map((s) => s.sample)) }]
    : [];
  return {
    title: proportion ? t('Proportion of {{name}}', { name }) : t('Average of {{name}}', { name }),
    blocks: [
      {
        quantity: proportion ? t('Proportion with {{name}}', { name }) : t('Mean of {{name}}', { name }),
        scale: 'linear',
        lines,
      },
    ],
    tests: test,
    notes: [],
    method: proportion
      ? t('Proportions are given with 95 % confidence intervals after Wilson (1927).')
      : tested
        ? t(
            'Means are given with 95 % confidence intervals from the t distribution; groups were compared by one-way analysis of variance.',
          )
        : t('Means are given with 95 % confidence intervals from the t distribution.'),
    ...(!proportion && {
      untested: t('Means are given with 95 % confidence intervals from the t distribution.'),
      bare: t('Means are given without confidence intervals.'),
    }),
  };
}

/** Two groupings of the same people. */
export function counts(table: CellTable, choice: Choice): ReportDraft {
  const [rows, columns] = [choice.by ?? 0, otherOf(choice) ?? 0];
  const [rowFactor, columnFactor] = [table.factors[rows], table.factors[columns]];
  const columnLevels = columnFactor?.levels ?? [];
  const seen = byLevel(table, rows).map((cells) =>
    columnLevels.map((_, level) => sampleOf(table, cells, { kind: 'level', factor: columns, level })),
  );
  const lines = (rowFactor?.levels ?? []).flatMap((row, i) =>
    columnLevels.map((column, j): ReportLine => {
      const sample = seen[i]?.[j] ?? { count: 0, sum: 0, deviations: undefined };
      const outcome = sample.count > 0 ? proportionEstimate(sample) : noEstimate(t('A cell of this row is sealed.'));
      return { label: `${row}: ${column}`, basis: ofWords(sample), outcome };
    }),
  );
  const left = (rowFactor?.levels ?? []).filter((_, i) => seen[i]?.every(({ count }) => count === 0));
  const numbers = seen.map((row) => row.map(({ sum }) => sum));
  return {
    title: t('{{of}} by {{groups}}', { of: rowFactor?.name ?? '', groups: columnFactor?.name ?? '' }),
    blocks: [
      {
        quantity: t('Share of {{columns}} within {{rows}}', {
          columns: columnFactor?.name ?? '',
          rows: rowFactor?.name ?? '',
        }),
        scale: 'linear',
        lines,
      },
    ],
    tests: [
      { name: t('Chi-square without continuity correction'), test: chiSquare(numbers) },
      { name: t('Fisher’s exact test, two-sided'), test: fisherExact(numbers) },
    ],
    notes:
      left.length > 0
        ? [t('Left out of shares and tests, because a cell of the row is sealed: {{rows}}.', { rows: left.join(', ') })]
        : [],
    method: t(
      'Groupings were compared by Pearson’s chi-square test without continuity correction and, for two by two, by Fisher’s exact test; shares are given with 95 % confidence intervals after Wilson (1927).',
    ),
    untested: t('Shares are given with 95 % confidence intervals after Wilson (1927).'),
  };
}

/** `July 1950`, of 1950.5. */
function monthOf(year: number): string {
  const [begin, end] = [Date.UTC(Math.floor(year), 0, 1), Date.UTC(Math.floor(year) + 1, 0, 1)];
  return monthWords(new Date(begin + (year % 1) * (end - begin)));
}

const QUARTILES = [
  [message('Lower quartile'), 0.25],
  [message('Median'), 0.5],
  [message('Upper quartile'), 0.75],
] as const;

/** The people of one group over the ranges. `partly`: of some range only a part is known. */
interface SpreadGroup {
  readonly label: string;
  readonly ranges: readonly RangeCount[];
  readonly partly: boolean;
}

function quartileLines({ label, ranges, partly }: SpreadGroup, areYears: boolean): ReportLine[] {
  const people = ranges.reduce((sum, { count = 0 }) => sum + count, 0);
  return QUARTILES.map(([title, share]) => {
    const value = partly
      ? noEstimate(t('A range is sealed, so the order of all people is not known.'))
      : quantile(ranges, share);
    const outcome = typeof value === 'number' ? bareEstimate(value, t(INTERPOLATED)) : value;
    const month = areYears && typeof value === 'number' ? `, ${monthOf(value)}` : '';
    return { label: `${label}: ${t(title)}${month}`, basis: peopleWords({ count: people }), outcome };
  });
}

/** Histogram and quartiles of a factor that is made of ranges; by another factor, one each. */
export function distribution(table: CellTable, choice: Choice): Report {
  const factor = choice.by ?? 0;
  const { name = '', edges = [], levels = [], areYears = false } = table.factors[factor] ?? {};
  const known = edges.length - 1;
  const beside = levels.slice(known);
  const other = otherOf(choice);
  const groups =
    other === undefined
      ? [{ label: t('Everybody opened'), where: new Map<number, number>() }]
      : (table.factors[other]?.levels ?? []).map((label, level) => ({ label, where: new Map([[other, level]]) }));
  const shown = groups.map(({ label, where }): SpreadGroup => {
    const inRanges = byLevel(table, factor, where).slice(0, known);
    const ranges = inRanges.map((cells, i): RangeCount => {
      const sealed = cells.every(({ count }) => count === undefined);
      const count = sealed ? undefined : cells.reduce((sum, cell) => sum + (cell.count ?? 0), 0);
      return { from: edges[i] ?? Number.NaN, to: edges[i + 1] ?? Number.NaN, count };
    });
    const partly = inRanges.some((cells) => cells.some(({ count }) => count === undefined));
    return { label, ranges, partly };
  });
  const lines = shown.flatMap((group) => quartileLines(group, areYears));
  return {
    title: t('Distribution of {{name}}', { name }),
    blocks: [
      {
        quantity: areYears ? t('{{name}}, year, interpolated', { name }) : t('{{name}}, interpolated', { name }),
        scale: 'linear',
        lines,
      },
    ],
    tests: [],
    histograms: shown
      .map(({ label, ranges }) => ({ label, bars: histogram(ranges) }))
      .filter(({ bars }) => bars.some(({ from, to }) => Number.isFinite(to - from))),
    notes: [
      t(
        'Only the {{known}} ranges are known, so median and quartiles are interpolated, as if people were spread evenly within a range.',
        { known },
      ),
      ...(beside.length > 0
        ? [t('People in {{beside}} have no known range and are left out.', { beside: beside.join(t(' and ')) })]
        : []),
    ],
    method: t('The median and quartiles of {{name}} were interpolated linearly from {{known}} ranges.', {
      name,
      known,
    }),
  };
}
