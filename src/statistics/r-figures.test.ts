/** Every procedure against what R computed from the people behind the same cells (`fixtures/figures.R`), to 8 significant digits. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { analyse } from './analyse.ts';
import type { CellTable } from './cells.ts';
import type { AnalysisKind, Choice } from './choice.ts';
import { fisherExact } from './contingency.ts';
import { isEstimate, type Outcome, type Test } from './estimate.ts';
import type { Report } from './report.ts';
import { byLevel, sampleOf } from './samples.ts';

const number = z.number().nullable();
const interval = z.object({ value: z.number(), lower: number, upper: number, p: number }).nullable();
const tested = z.object({ statistic: z.number().optional(), p: z.number() }).nullable();
const sums = z.object({ count: z.number(), sum: z.number(), deviations: z.number() }).nullable();
const SINGLE = [
  'welch',
  'riskRatio',
  'oddsRatio',
  'riskDifference',
  'commonOddsRatio',
  'rateRatio',
  'standardisedRisk',
  'standardisedMean',
] as const;
const MODELS = ['linear', 'logistic', 'poisson'] as const;
const schema = z.array(
  z.object({
    matches: z.number(),
    cells: z.array(z.object({ at: z.array(z.number()), count: number, sums: z.array(sums) })),
    expected: z.object({
      ...Object.fromEntries(SINGLE.map((name) => [name, interval])),
      mean: z.array(interval),
      proportion: z.array(interval),
      rate: z.array(interval),
      anova: tested,
      chiSquare: tested,
      chiSquareTwo: tested,
      fisher: tested,
      mantelHaenszel: tested,
      quartiles: z.array(z.number()).nullable(),
      ...Object.fromEntries(
        MODELS.flatMap((m) => [m, `${m}Trend`]).map((name) => [name, z.array(interval).nullable()]),
      ),
    }),
  }),
);
type Interval = z.infer<typeof interval>;
type Tested = z.infer<typeof tested>;

const recorded = schema.parse(JSON.parse(readFileSync(new URL('./fixtures/figures.json', import.meta.url), 'utf8')));
const [Y, D, E, T] = [0, 1, 2, 3];
const [ARM, SITE, AGE] = [0, 1, 2];

const tables = recorded.map(({ matches, cells, expected }) => ({
  expected: expected as Record<(typeof SINGLE)[number], Interval> &
    Record<`${(typeof MODELS)[number]}${'' | 'Trend'}`, Interval[] | null> &
    typeof expected,
  table: {
    factors: [
      { name: 'arm', side: 'researcher', levels: ['0', '1'] },
      { name: 'site', side: 'owner', levels: ['0', '1', '2'] },
      { name: 'age', side: 'owner', levels: ['0', '1', '2', '3'], edges: [0, 18, 40, 65, 90] },
    ],
    measures: [
      { name: 'y', minimum: 0, maximum: 100, decimals: 1 },
      { name: 'd', minimum: 0, maximum: 1, decimals: 0 },
      { name: 'e', minimum: 0, maximum: 20, decimals: 0 },
      { name: 't', minimum: 0, maximum: 5, decimals: 2 },
    ],
    cells: cells.map(({ at, count, sums: of }) => ({
      at,
      count: count ?? undefined,
      sums: of.map((sum) => sum ?? undefined),
    })),
    matches,
    minimum: 5,
    treatment: { kind: 'exact' },
  } satisfies CellTable,
}));

function choice(analysis: AnalysisKind, measure: number, change: Partial<Choice> = {}): Choice {
  return {
    analysis,
    outcome: { kind: 'measure', measure },
    time: undefined,
    by: ARM,
    reference: 0,
    others: [],
    trends: [],
    ...change,
  };
}

/** Where R has none there must be none, and a sentence. */
function same(found: Outcome | undefined, wanted: Interval | undefined, what: string): void {
  if (found === undefined) throw new Error(`${what}: no line`);
  if (wanted === null || wanted === undefined) {
    expect(isEstimate(found) ? found.bare : found.reason, what).toMatch(/\w+\.$/);
    return;
  }
  if (!isEstimate(found)) throw new Error(`${what}: ${found.reason}`);
  close(found.value, wanted.value, `${what}, value`);
  close(found.lower, wanted.lower, `${what}, lower`);
  close(found.upper, wanted.upper, `${what}, upper`);
  if (wanted.p !== null) close(found.p, wanted.p, `${what}, p`);
}

function sameTest(found: Test | undefined, wanted: Tested, what: string): void {
  if (found === undefined || !('p' in found)) {
    expect(wanted, `${what}: ${found?.reason}`).toBeNull();
    return;
  }
  close(found.p, wanted?.p, `${what}, p`);
  if (wanted?.statistic !== undefined) close(found.statistic, wanted.statistic, `${what}, statistic`);
}

/** To 8 significant digits; a difference that should be zero may be off by what floating point is. */
function close(found: number | undefined, wanted: number | null | undefined, what: string): void {
  if (found === undefined || wanted === null || wanted === undefined)
    throw new Error(`${what}: ${found} for ${wanted}`);
  const off = Math.abs(found - wanted);
  if (!(off <= 0.5e-8 * Math.abs(wanted) || off < 1e-13)) throw new Error(`${what}: ${found} for ${wanted}`);
}

const outcomes = (report: Report, block = 0) => (report.blocks[block]?.lines ?? []).map(({ outcome }) => outcome);

function eachTable(check: (one: (typeof tables)[number], what: string) => void): void {
  expect(tables).toHaveLength(30);
  for (const [i, one] of tables.entries()) check(one, `table ${i + 1}`);
}

it('gives means and proportions with their intervals, and analysis of variance', () => {
  eachTable(({ table, expected }, what) => {
    const means = analyse(table, choice('averages', Y, { by: AGE }));
    for (const [i, outcome] of outcomes(means).entries()) same(outcome, expected.mean[i], `${what}, mean ${i}`);
    sameTest(means.tests[0]?.test, expected.anova, `${what}, anova`);
    const shares = outcomes(analyse(table, choice('averages', D, { by: SITE })));
    for (const [i, outcome] of shares.entries()) same(outcome, expected.proportion[i], `${what}, proportion ${i}`);
  });
});

it('gives the difference of two means', () => {
  eachTable(({ table, expected }, what) =>
    same(outcomes(analyse(table, choice('difference', Y)))[0], expected.welch, what),
  );
});

it('gives chi-square and Fisher’s exact test', () => {
  eachTable(({ table, expected }, what) => {
    const test = (by: number) => analyse(table, choice('counts', 0, { by, others: [AGE] })).tests[0]?.test;
    sameTest(test(SITE), expected.chiSquare, `${what}, site by age`);
    sameTest(test(ARM), expected.chiSquareTwo, `${what}, arm by age`);
    const counts = byLevel(table, ARM).map((cells) =>
      [0, 1].map((level) => sampleOf(table, cells, { kind: 'level', factor: AGE, level }).sum),
    );
    sameTest(fisherExact(counts), expected.fisher, `${what}, Fisher`);
  });
});

it('gives risk ratio, odds ratio and risk difference, and the common odds ratio', () => {
  eachTable(({ table, expected }, what) => {
    const report = analyse(table, choice('two-by-two', D));
    same(outcomes(report, 0)[0], expected.riskRatio, `${what}, risk ratio`);
    same(outcomes(report, 1)[0], expected.oddsRatio, `${what}, odds ratio`);
    same(outcomes(report, 2)[0], expected.riskDifference, `${what}, risk difference`);
    const common = analyse(table, choice('mantel-haenszel', D, { others: [SITE] }));
    same(outcomes(common)[0], expected.commonOddsRatio, `${what}, common odds ratio`);
    sameTest(common.tests[0]?.test, expected.mantelHaenszel, `${what}, Mantel-Haenszel`);
  });
});

it('gives standardised risks and means', () => {
  eachTable(({ table, expected }, what) => {
    const standard = (measure: number) =>
      outcomes(analyse(table, choice('standardisation', measure, { others: [AGE] })))[1];
    same(standard(D), expected.standardisedRisk, `${what}, risk`);
    same(standard(Y), expected.standardisedMean, `${what}, mean`);
  });
});

it('gives rates with exact intervals, and their ratio', () => {
  eachTable(({ table, expected }, what) => {
    const report = analyse(table, choice('rates', E, { time: T }));
    for (const [i, outcome] of outcomes(report).entries()) same(outcome, expected.rate[i], `${what}, rate ${i}`);
    same(outcomes(report, 1)[0], expected.rateRatio, `${what}, rate ratio`);
  });
});

it.each(MODELS)('gives the coefficients of a %s model, with ages as groups and as a trend', (model) => {
  const measure = { linear: Y, logistic: D, poisson: E }[model];
  eachTable(({ table, expected }, what) => {
    for (const trend of ['', 'Trend'] as const) {
      const report = analyse(
        table,
        choice(model, measure, { time: T, others: [SITE, AGE], trends: trend ? [AGE] : [] }),
      );
      const wanted = expected[`${model}${trend}`];
      const lines = [...outcomes(report, 1), ...outcomes(report, 0)];
      if (wanted === null) {
        for (const line of lines) same(line, null, `${what}, ${model}${trend}`);
        continue;
      }
      // R has no coefficient for a group without people; here its line says so.
      const found = lines.filter(isEstimate);
      expect(found, `${what}, ${model}${trend}`).toHaveLength(wanted.length);
      for (const [i, outcome] of found.entries()) {
        // An intercept has no test here.
        const one = wanted[i];
        same(outcome, one && i === 0 ? { ...one, p: null } : one, `${what}, ${model}${trend} ${i}`);
      }
    }
  });
});

it('interpolates quartiles, and has none where a range is sealed', () => {
  eachTable(({ table, expected }, what) => {
    const found = outcomes(analyse(table, choice('distribution', 0, { by: AGE })));
    for (const [i, outcome] of found.entries()) {
      const wanted = expected.quartiles?.[i];
      if (wanted === undefined) same(outcome, null, what);
      else close(isEstimate(outcome) ? outcome.value : undefined, wanted, `${what}, quartile ${i}`);
    }
  });
});
