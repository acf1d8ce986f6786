import { MantineProvider } from '@mantine/core';
import Papa from 'papaparse';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { askedFor, STATISTIC_NAMES } from '../../agreement/statistics.ts';
import { analyse } from '../../statistics/analyse.ts';
import { firstChoice } from '../../statistics/first-choice.ts';
import { madeUpStep } from '../../testing/made-up-scores.ts';
import { chartFile } from '../ui/chart-frame.tsx';
import { linearScale, ratioScale } from '../ui/plot-scale.ts';
import { ForestPlot } from './forest-plot.tsx';
import LinkedGroups from './linked-groups.tsx';
import { methodsParagraph } from './methods.ts';
import { reportCsv, reportJson } from './report-files.ts';
import { ReportView } from './report-view.tsx';
import { cellsOf } from './result-cells.ts';

const ARMS = ['usual', 'new'];

function row(arm: string, count: number | undefined, died: number): ResultRow {
  const figures = { mean: died / (count ?? 1), sd: 0.5, sum: died };
  return {
    labels: [arm],
    count,
    payloads: [
      count === undefined
        ? { payload: 'died', suppressed: true }
        : { payload: 'died', suppressed: false, count, ...figures },
    ],
  };
}

function resultWith(
  rows: readonly ResultRow[],
  perturbation?: ResearcherResult['agreement']['terms']['perturbation'],
): ResearcherResult {
  const terms = {
    version: 1,
    fields: [{ name: 'given_name', type: 'name' }],
    keys: {
      source: 'minhash',
      seed: '0'.repeat(32),
      bands: Array.from({ length: 24 }, () => ({ fields: [{ field: 0, picks: [1] }] })),
    },
    agreeingBands: 2,
    groups: [{ name: 'arm', labels: ARMS }],
    payloads: [{ name: 'died', minimum: 0, maximum: 1, decimals: 0, complete: true }],
    statistics: askedFor(...STATISTIC_NAMES),
    minimumGroupSize: 10,
    ...(perturbation && { perturbation }),
    dataRows: 1200,
    nonce: '0'.repeat(32),
  } as const;
  const stage = { seconds: 1, bytesSent: 1, bytesReceived: 1 };
  return {
    agreement: {
      terms: {
        ...terms,
        fields: [...terms.fields],
        keys: { ...terms.keys },
        groups: [{ name: 'arm', labels: [...ARMS] }],
        payloads: [...terms.payloads],
      },
      list: { listRows: 500, nonce: '0'.repeat(32) },
      geometry: { bandsInBundle: 1, bins: 8192, degree: 1, segments: 1 },
    },
    agreementHash: 'ab'.repeat(32),
    rows,
    records: 480,
    recordsWithKey: 480,
    matches: 203,
    scores: {
      threshold: 6,
      steps: [madeUpStep({ weight: 6, candidates: 210, matches: 203, precision: 0.991, recall: 0.972 })],
      records: 480,
    },
    measures: { linkage: stage, table: stage },
    finishedAt: '2026-11-30T03:00:00Z',
    version: '0.1.0',
  };
}

function reportOf(result: ResearcherResult, analysis: 'two-by-two' | 'averages' = 'two-by-two') {
  const table = cellsOf(result);
  const choice = firstChoice(analysis, table);
  if (!choice) throw new Error('the table does not allow it');
  return analyse(table, choice);
}

const exact = resultWith([row('usual', 100, 30), row('new', 103, 20)]);

it('takes rows as cells, with what was released of each', () => {
  const table = cellsOf(resultWith([row('usual', 100, 30), row('new', undefined, 0)]));
  expect(table.cells).toEqual([
    { at: [0], count: 100, sums: [{ count: 100, sum: 30, deviations: 99 * 0.25 }] },
    { at: [1], count: undefined, sums: [undefined] },
  ]);
  expect(table).toMatchObject({ matches: 203, minimum: 10, treatment: { kind: 'exact' } });
});

it('knows the noise that the agreement states', () => {
  const table = cellsOf(resultWith(exact.rows, { kind: 'noise', epsilonThousandths: 1500 }));
  // Count, sum and square of one payload share epsilon: the scale is 3 / 1.5.
  const q = Math.exp(-1 / 2);
  const variance = (2 * q) / (1 - q) ** 2;
  if (table.treatment.kind !== 'noise') throw new Error('no noise');
  expect(table.treatment.variances.count).toBeCloseTo(variance, 10);
  expect(table.treatment.variances.sums[0]).toBeCloseTo(variance, 10);
});

it('writes a CSV and a JSON that hold the figures, their intervals and what must be said', () => {
  const report = reportOf(exact);
  const rows = Papa.parse<string[]>(reportCsv(report).trim()).data;
  expect(rows[0]).toEqual(['quantity', 'group', 'basis', 'estimate', 'lower', 'upper', 'standard_error', 'p', 'note']);
  expect(rows[1]?.slice(0, 3)).toEqual(['Risk ratio', 'new against usual', '20 of 103; 30 of 100']);
  expect(Number(rows[1]?.[3])).toBeCloseTo(20 / 103 / 0.3, 12);
  const json = JSON.parse(reportJson(report, 'as done', exact));
  expect(json).toMatchObject({
    version: '0.1.0',
    agreementHash: exact.agreementHash,
    confidence: 0.95,
    methods: 'as done',
  });
  expect(json.blocks[1].quantity).toBe('Odds ratio');
});

it('writes why there is no estimate', () => {
  const report = reportOf(resultWith([row('usual', 100, 30), row('new', 103, 0)]));
  const ratio = Papa.parse<string[]>(reportCsv(report).trim()).data[1];
  expect(ratio?.[3]).toBe('');
  expect(ratio?.[8]).toContain('Nobody in the compared group has the outcome');
});

it('writes a paragraph of methods with what was linked, how, how well, and what was done to figures', () => {
  const text = methodsParagraph(exact, reportOf(exact));
  for (const part of [
    '480 records',
    'given_name (names)',
    '24 MinHash bands',
    'Blindjoin 0.1.0',
    '203 records were matched',
    '99.1 %',
    '97.2 %',
    'fewer than 10',
    'exact',
    'Woolf',
    exact.agreementHash,
  ]) {
    expect(text).toContain(part);
  }
  const rounded = resultWith(exact.rows, { kind: 'rounding', base: 5 });
  const words = methodsParagraph(rounded, reportOf(rounded));
  expect(words).toContain('205 records were matched');
  expect(words).not.toContain('203');
  expect(words).toContain('counts rounded to 5');
  const noisy = resultWith(exact.rows, { kind: 'noise', epsilonThousandths: 1500 });
  expect(methodsParagraph(noisy, reportOf(noisy))).toContain('epsilon 1.5');
});

const OF_FIRST = { by: 0, others: [], outcome: { kind: 'measure', measure: 0 }, reference: 0 } as const;
const AVERAGES = { ...OF_FIRST, analysis: 'averages', time: undefined, trends: [] } as const;

it('claims no interval and no test in the methods that the figures do not have', () => {
  const table = cellsOf(exact);
  const measures = [{ name: 'age', minimum: 0, maximum: 90, decimals: 0 }];
  const methodWith = (deviations: number | undefined) => {
    const cells = table.cells.map((cell) => ({ ...cell, sums: [{ count: 100, sum: 4000, deviations }] }));
    return analyse({ ...table, measures, cells }, AVERAGES).method;
  };
  expect(methodWith(900)).toContain('analysis of variance');
  expect(methodWith(undefined)).toBe('Means are given without confidence intervals.');
  const rounded = { ...table, treatment: { kind: 'rounding', base: 5 } } as const;
  const difference = { ...AVERAGES, analysis: 'difference' } as const;
  expect(analyse(table, difference).method).toContain('by Welch’s t test');
  expect(analyse(rounded, difference).method).toContain('with 95 % confidence intervals after Welch.');
});

it('says of a sealed group nothing, rather than that it holds no people', () => {
  const sealed = cellsOf(resultWith([row('usual', 100, 30), row('new', undefined, 0)]));
  expect(analyse(sealed, AVERAGES).blocks[0]?.lines.map(({ basis }) => basis)).toEqual(['30 of 100', '–']);
});

it('draws a forest plot as a file of its own, ink on paper', async () => {
  const [block] = reportOf(exact).blocks;
  if (!block) throw new Error('no block');
  const svg = await chartFile((width, colours) => (
    <ForestPlot block={block} rounded={false} width={width} colours={colours} />
  ));
  expect(svg).toMatch(/^<\?xml[^>]*\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="640"/);
  expect(svg).toContain('new against usual');
  expect(svg).toContain('0.6472 (');
  expect(svg).not.toContain('var(');
});

it('keeps every interval and round ticks inside the scale', () => {
  const ratio = ratioScale([0.31, 4.2, 1], 300);
  expect(ratio.ticks).toContain(1);
  for (const value of [0.31, 1, 4.2]) expect(ratio.place(value)).toBeGreaterThanOrEqual(0);
  expect(ratio.place(1) - ratio.place(0.5)).toBeCloseTo(ratio.place(2) - ratio.place(1), 9);
  const linear = linearScale([-0.12, 0.013], 300);
  expect(linear.ticks).toContain(0);
  expect(linearScale([7, 7], 300).place(7)).toBeGreaterThan(100);
});

it('marks rounded figures and gives no p', () => {
  const rounded = resultWith(exact.rows, { kind: 'rounding', base: 5 });
  const page = (result: ResearcherResult) =>
    renderToStaticMarkup(
      <MantineProvider>
        <ReportView report={reportOf(result)} forFiles={() => reportOf(result)} result={result} />
      </MantineProvider>,
    );
  expect(page(rounded)).toContain('≈ 0.6472');
  expect(page(rounded)).not.toContain('>p</th>');
  expect(page(exact)).toContain('>p</th>');
  expect(page(exact)).not.toContain('≈');
});

it('ranges give a histogram, median and quartiles by interpolation, on the page and in the files', () => {
  const ages = {
    name: 'age',
    labels: ['0 to under 20', '20 to under 60', '60 to under 80', '(missing)'],
    edges: [0, 20, 60, 80],
  };
  const counts = [20, 40, 40, 12];
  const plain = resultWith(counts.map((count, i) => ({ labels: [ages.labels[i] ?? ''], count, payloads: [] })));
  const { agreement } = plain;
  const result = { ...plain, agreement: { ...agreement, terms: { ...agreement.terms, groups: [ages], payloads: [] } } };
  const table = cellsOf(result);
  const choice = firstChoice('distribution', table);
  if (!choice) throw new Error('the table has no ranges');
  const report = analyse(table, choice);
  // By hand, of the 100 people with a value: the 25th lies 5 of 40 into 20 to 60, the 50th 30 of 40, the 75th 15 of 40 into 60 to 80.
  expect(report.blocks[0]?.lines.map(({ outcome }) => 'value' in outcome && outcome.value)).toEqual([25, 50, 67.5]);
  expect(report.histograms?.[0]?.bars.map(({ density }) => density)).toEqual([0.01, 0.01, 0.02]);
  expect(report.notes).toContain('People in (missing) have no known range and are left out.');
  const page = renderToStaticMarkup(
    <MantineProvider>
      <ReportView report={report} forFiles={() => report} result={result} />
    </MantineProvider>,
  );
  expect(page).toContain('interpolated');
  expect(page).toContain('67.5');
  const csv = reportCsv(report);
  expect(csv).toContain('share of people per unit,Everybody opened: 60 to 80,n = 40,0.02');
  expect(csv).toContain('median and quartiles are interpolated');
  expect(JSON.parse(reportJson(report, '', result)).histograms[0].bars).toHaveLength(3);

  const sealed = { ...result, rows: result.rows.map((one, i) => (i === 1 ? { ...one, count: undefined } : one)) };
  const hidden = analyse(cellsOf(sealed), choice);
  expect(hidden.blocks[0]?.lines.every(({ outcome }) => 'reason' in outcome)).toBe(true);
});

it('ranges of dates are told as years, with the month in words', () => {
  const born = {
    name: 'born',
    labels: ['1950 to 1959', '1960 to 1969'],
    edges: ['1950-01-01', '1960-01-01', '1970-01-01'],
  };
  const plain = resultWith([30, 30].map((count, i) => ({ labels: [born.labels[i] ?? ''], count, payloads: [] })));
  const { agreement } = plain;
  const result = { ...plain, agreement: { ...agreement, terms: { ...agreement.terms, groups: [born], payloads: [] } } };
  const table = cellsOf(result);
  const choice = firstChoice('distribution', table);
  if (!choice) throw new Error('the table has no ranges');
  const [lower, median] = analyse(table, choice).blocks[0]?.lines ?? [];
  expect(lower).toMatchObject({ label: 'Everybody opened: Lower quartile, January 1955', outcome: { value: 1955 } });
  expect(median).toMatchObject({ outcome: { value: 1960 } });
});

it('who is missing: shares linked of each of the researcher’s groups, and whether they differ', () => {
  const groups = [
    { labels: ['born here'], records: 400, linked: 360 },
    { labels: ['born abroad'], records: 100, linked: 70 },
  ];
  const page = renderToStaticMarkup(
    <MantineProvider>
      <LinkedGroups names={['origin']} groups={groups} />
    </MantineProvider>,
  );
  // R: prop.test(70, 100, correct = FALSE) and chisq.test(matrix(c(360, 70, 40, 30), 2), correct = FALSE).
  expect(page).toContain('0.6042 to 0.7811');
  expect(page).toContain('26.58 on 1 degree of freedom');
  expect(page).toContain('>30<');
});
