/** Everything that is kept of a result of several tables, with the researcher's groups and ranges: CSV, JSON, report, charts, analyses, methods. */
import Papa from 'papaparse';
import { createElement } from 'react';
import { expect, it } from 'vitest';
import { agreementHash } from '../../agreement/agreement.ts';
import type { ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { analyse } from '../../statistics/analyse.ts';
import { firstChoice } from '../../statistics/first-choice.ts';
import { madeUpAgreement } from '../../testing/made-up-tally.ts';
import { methodsParagraph } from '../analysis/methods.ts';
import { reportCsv, reportJson } from '../analysis/report-files.ts';
import { cellsOf } from '../analysis/result-cells.ts';
import { tableViews } from '../party/table-views.ts';
import { chartFile } from '../ui/chart-frame.tsx';
import { MeansPlot } from './means-plot.tsx';
import { reportHtml } from './report-page.tsx';
import { resultCsv, resultJson } from './result-files.ts';

const ARMS = ['training', 'usual care'];
const AGES = ['65 to under 75', '75 to under 85', '85 and over'];

/** Of the mean of `payload`. */
function madeUpRows(payload: string): ResultRow[] {
  const row = (table: number, arm: number, labels: string[], count: number | undefined, mean?: number): ResultRow => ({
    table,
    strata: [ARMS[arm] as string],
    labels,
    count,
    payloads:
      table === 1
        ? []
        : [
            count === undefined || mean === undefined
              ? { payload, suppressed: count === undefined, ...(count === 0 && { count: 0, sum: 0 }) }
              : { payload, suppressed: false, count, mean, sum: mean * count, sd: 4 },
          ],
  });
  const counts = [40, 30, 0, 60, 90, 20];
  const byOutcome = [0, 1].flatMap((arm) =>
    ['fell', 'did not fall'].flatMap((outcome, i) =>
      AGES.map((age, j) => {
        const count = (counts[3 * i + j] as number) * (arm + 1);
        return row(0, arm, [outcome, age], count, count === 0 ? undefined : 50 + j);
      }),
    ),
  );
  const byRegion = [
    row(1, 0, ['north'], 100),
    row(1, 0, ['=south <b>'], 140),
    row(1, 1, ['north'], undefined),
    row(1, 1, ['=south <b>'], undefined),
  ];
  return [...byOutcome, ...byRegion, row(2, 0, ['(all)'], 240, 51), row(2, 1, ['(all)'], 480, 51)];
}

/** Outcome by age with the mean of a payload; region, sealed in the second arm; and everybody. */
function madeUpResult(): ResearcherResult {
  const made = madeUpAgreement({
    groups: [2, 3, 2],
    payloads: 1,
    dataRows: 900,
    minimum: 10,
    strata: [2],
    tables: [
      { groups: [0, 1], payloads: [0] },
      { groups: [2], payloads: [] },
      { groups: [], payloads: [0] },
    ],
  });
  const groups = [
    { name: 'outcome', labels: ['fell', 'did not fall'] },
    { name: 'age', labels: AGES, edges: [65, 75, 85] },
    { name: 'region', labels: ['north', '=south <b>'] },
  ];
  const agreement = {
    ...made,
    terms: { ...made.terms, groups },
    list: { ...made.list, strata: [{ name: 'arm', labels: ARMS }] },
  };
  const measure = { seconds: 1, bytesSent: 2, bytesReceived: 3 };
  return {
    agreement,
    agreementHash: agreementHash(agreement),
    rows: madeUpRows(agreement.terms.payloads[0]?.name ?? ''),
    strata: agreement.list.strata,
    records: 800,
    recordsWithKey: 800,
    matches: 724,
    scores: { steps: [], threshold: 5, records: 800 },
    measures: { linkage: measure, table: measure },
    finishedAt: '2026-01-01T10:00:00.000Z',
    version: '1.2.3',
  };
}

const result = madeUpResult();

it('the CSV has a line for each row of each table, with its groups by name and nothing of payloads that it lacks', () => {
  const [header, ...lines] = Papa.parse<string[]>(resultCsv(result).trim()).data;
  expect(header).toEqual([
    ...['table', 'grouped_by', 'arm', 'group', 'count'],
    ...['count', 'mean', 'sum', 'sd'].map((figure) => `payload 1_${figure}`),
  ]);
  expect(lines).toHaveLength(result.rows.length);
  expect(lines[0]).toEqual(['1', 'outcome by age', 'training', 'fell / 65 to under 75', '40', '40', '50', '2000', '4']);
  expect(lines[2]).toEqual(['1', 'outcome by age', 'training', 'fell / 85 and over', '0', '0', '', '0', '']);
  expect(lines[13]).toEqual(['2', 'region', 'training', "'=south <b>", '140', '', '', '', '']);
  expect(lines[14]).toEqual(['2', 'region', 'usual care', 'north', 'sealed', '', '', '', '']);
  expect(lines[17]).toEqual(['3', 'everybody', 'usual care', '(all)', '480', '480', '51', '24480', '4']);
});

it('the JSON reads back as what was released, with the agreement', () => {
  const read = JSON.parse(resultJson(result));
  expect(read.agreement.terms.tables).toEqual(result.agreement.terms.tables);
  expect(read.rows).toEqual(JSON.parse(JSON.stringify(result.rows)));
});

it('the report has each table under its name, every figure once, a chart for each average, and no markup of others', async () => {
  const html = await reportHtml(result);
  for (const name of ['Table 1: outcome by age', 'Table 2: region', 'Table 3: everybody']) {
    expect(html).toContain(`<h3>${name}</h3>`);
  }
  expect(html.match(/<h3>Table /g)).toHaveLength(3);
  const rows = html.slice(html.indexOf('<h2>Result'), html.indexOf('<h2>Methods')).match(/<tr>/g);
  // A head for each table, and its rows.
  expect(rows).toHaveLength(3 + result.rows.length);
  expect(html.match(/<td class="figure hidden">sealed<\/td>/g)).toHaveLength(2);
  // Of the two tables that have the average.
  expect(html.match(/<figcaption>/g)).toHaveLength(2);
  expect(html).toContain('=south &lt;b&gt;');
  expect(html).not.toContain('<b>');
  expect(html).toContain(
    'Each of the 3 tables was opened whole, or stayed sealed where one of its groups held somebody but fewer than 10 people, within each group of arm.',
  );
});

it('a chart as a file is of one table alone, each row of it by name, with its mean or the words for why there is none', async () => {
  const [outcome, , everybody] = tableViews(result);
  if (!outcome || !everybody) throw new Error('no tables');
  const [first, last] = await Promise.all(
    [outcome, everybody].map(({ result: table }) =>
      chartFile((width, colours) => createElement(MeansPlot, { result: table, payload: 0, width, colours })),
    ),
  );
  // Numbers of the axis are centred.
  const wordsIn = (svg = '') =>
    [...svg.matchAll(/<text (?![^>]*text-anchor)[^>]*>([^<]+)</g)].map(([, words]) => words);
  const named = ARMS.flatMap((arm) =>
    ['fell', 'did not fall'].flatMap((fell) => AGES.map((age) => `${arm} / ${fell} / ${age}`)),
  );
  const means = ['50.000', '51.000', 'no value', '50.000', '51.000', '52.000'];
  expect(wordsIn(first)).toEqual(named.flatMap((name, i) => [name, means[i % 6]]));
  expect(wordsIn(last)).toEqual(ARMS.flatMap((arm) => [arm, '51.000']));
  expect(first).not.toContain('region');
});

it('each table is analysed by itself: risks by arm, a distribution over its ranges, and files of either', () => {
  const [first, second] = tableViews(result).map((view) => cellsOf(view.result, result.agreement));
  if (!first || !second) throw new Error('no tables');
  expect(first.factors.map(({ name }) => name)).toEqual(['arm', 'outcome', 'age']);
  const risks = firstChoice('two-by-two', first);
  const report = risks && analyse(first, risks);
  // 70 of 240 and 140 of 480.
  expect(report?.blocks[0]?.lines[0]?.outcome).toMatchObject({ value: 1 });
  expect(report?.title).toContain('outcome: fell');
  const ranges = firstChoice('distribution', first);
  const quartiles = ranges && analyse(first, ranges);
  // 300 of 720 are under 75, 360 more under 85: the median is a sixth of the way there.
  const median = quartiles?.blocks[0]?.lines[1]?.outcome;
  expect(median && 'value' in median && median.value).toBeCloseTo(75 + 10 / 6, 10);
  if (!report || !quartiles) throw new Error('no report');
  for (const one of [report, quartiles]) {
    const paragraph = methodsParagraph(result, one);
    expect(paragraph).toContain('Each of the 3 tables was opened whole');
    expect(paragraph).toContain(one.method);
    expect(Papa.parse<string[]>(reportCsv(one).trim()).data.length).toBeGreaterThan(3);
    expect(JSON.parse(reportJson(one, paragraph, result))).toMatchObject({
      agreementHash: result.agreementHash,
      title: one.title,
      methods: paragraph,
    });
  }
  expect(analyse(second, { ...(firstChoice('counts', second) as NonNullable<typeof risks>) }).notes[0]).toContain(
    '2 of 4 cells',
  );
});
