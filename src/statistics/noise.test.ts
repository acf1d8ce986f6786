/** Intervals under noise hold the true value as often as they say; without the noise's variance they do not. */
import { expect, it } from 'vitest';
import { chosen, laplace, MEASURES, RATE, RISK, tableOf, uniform } from '../testing/statistics-table.ts';
import { analyse } from './analyse.ts';
import type { CellTable, Treatment } from './cells.ts';
import { isEstimate, type Outcome } from './estimate.ts';

const RUNS = 200;
const PEOPLE = 250;
/** Of the noise on a count, and on a sum of each measure: its spread is like that of the people. */
const COUNT_SCALE = 4;
const SUM_SCALES = [6, 180, 25, 25];
function variance(scale: number) {
  const q = Math.exp(-1 / scale);
  return (2 * q) / (1 - q) ** 2;
}
const NOISE: Treatment = {
  kind: 'noise',
  variances: { count: variance(COUNT_SCALE), sums: SUM_SCALES.map(variance) },
};

/** What the outcome of an arm tends to: sites are of one size. */
const risks = (arm: number) => [0, 1, 2].map((site) => RISK(arm, site));
const average = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
const [RISK_0, RISK_1] = [average(risks(0)), average(risks(1))];
const odds = (risk: number) => risk / (1 - risk);

interface Quantity {
  readonly name: string;
  readonly truth: number;
  find(table: CellTable): Outcome | undefined;
}
const line = (table: CellTable, choice: Parameters<typeof analyse>[1], block = 0, index = 0) =>
  analyse(table, choice).blocks[block]?.lines[index]?.outcome;

const QUANTITIES: readonly Quantity[] = [
  { name: 'proportion', truth: RISK_1, find: (t) => line(t, chosen('averages', 0), 0, 1) },
  { name: 'mean', truth: 54, find: (t) => line(t, chosen('averages', 1), 0, 1) },
  { name: 'difference', truth: 4, find: (t) => line(t, chosen('difference', 1)) },
  { name: 'risk ratio', truth: RISK_1 / RISK_0, find: (t) => line(t, chosen('two-by-two', 0)) },
  { name: 'odds ratio', truth: odds(RISK_1) / odds(RISK_0), find: (t) => line(t, chosen('two-by-two', 0), 1) },
  { name: 'risk difference', truth: RISK_1 - RISK_0, find: (t) => line(t, chosen('two-by-two', 0), 2) },
  { name: 'rate', truth: RATE(1), find: (t) => line(t, chosen('rates', 2, { time: 3 }), 0, 1) },
  { name: 'rate ratio', truth: 1.4, find: (t) => line(t, chosen('rates', 2, { time: 3 }), 1) },
  {
    name: 'standardised risk',
    truth: RISK_1,
    find: (t) => line(t, chosen('standardisation', 0, { others: [1] }), 0, 1),
  },
  { name: 'linear', truth: 4, find: (t) => line(t, chosen('linear', 1, { others: [1] })) },
  { name: 'poisson', truth: 1.4, find: (t) => line(t, chosen('poisson', 2, { time: 3, others: [1] })) },
];

/** Share of runs in which the interval holds the truth. `told`: the treatment that the analyses are told of. */
function coverage(told: Treatment): Map<string, number> {
  const random = uniform(7);
  const held = new Map(QUANTITIES.map(({ name }) => [name, 0]));
  for (let run = 0; run < RUNS; run++) {
    const table = tableOf(
      random,
      PEOPLE,
      told,
      (exact, measure) => exact + laplace(random, measure === undefined ? COUNT_SCALE : (SUM_SCALES[measure] ?? 1)),
    );
    for (const { name, truth, find } of QUANTITIES) {
      const outcome = find(table);
      if (outcome && isEstimate(outcome) && outcome.lower <= truth && truth <= outcome.upper) {
        held.set(name, (held.get(name) ?? 0) + 1);
      }
    }
  }
  return new Map([...held].map(([name, times]) => [name, times / RUNS]));
}

it('holds the true value about 95 times in 100 when it knows of the noise', () => {
  for (const [name, share] of coverage(NOISE)) {
    expect(share, name).toBeGreaterThan(0.915);
    expect(share, name).toBeLessThan(0.985);
  }
});

it('would miss it too often if it did not', () => {
  for (const [name, share] of coverage({ kind: 'exact' })) expect(share, name).toBeLessThan(0.91);
});

it('agrees with small changes of the figures: the noise of a common odds ratio, and of a logistic coefficient', () => {
  const exact = tableOf(uniform(3), PEOPLE, { kind: 'exact' });
  for (const choice of [chosen('mantel-haenszel', 0, { others: [1] }), chosen('logistic', 0, { others: [1] })]) {
    const value = (table: CellTable) => {
      const outcome = line(table, choice);
      if (!outcome || !isEstimate(outcome)) throw new Error('no estimate');
      return outcome;
    };
    const clean = value(exact);
    const step = 1e-3;
    let expected = 0;
    for (const [i, cell] of exact.cells.entries()) {
      const changed = (count: number, sum: number): CellTable => ({
        ...exact,
        cells: exact.cells.map((one, j) =>
          i !== j
            ? one
            : {
                ...one,
                count: (cell.count ?? 0) + count,
                sums: one.sums.map((s) => s && { ...s, count: s.count + count, sum: (s.sum ?? 0) + sum }),
              },
        ),
      });
      const slope = (count: number, sum: number) =>
        (Math.log(value(changed(count, sum)).value) - Math.log(value(changed(-count, -sum)).value)) / (2 * step);
      expected += slope(step, 0) ** 2 * variance(COUNT_SCALE) + slope(0, step) ** 2 * variance(SUM_SCALES[0] ?? 1);
    }
    const noisy = value({ ...exact, treatment: NOISE });
    expect(noisy.error ** 2 - clean.error ** 2).toBeCloseTo(expected, 8);
    expect(expected / clean.error ** 2).toBeGreaterThan(0.1);
  }
});

it('has no estimate where noise leaves an impossible figure', () => {
  const table = tableOf(uniform(5), PEOPLE, NOISE, (exact, measure) => (measure === 0 ? -3 : exact));
  for (const choice of [
    chosen('averages', 0),
    chosen('two-by-two', 0),
    chosen('logistic', 0),
    chosen('mantel-haenszel', 0, { others: [1] }),
  ]) {
    const outcome = line(table, choice);
    expect(outcome && isEstimate(outcome) ? outcome : outcome?.reason, choice.analysis).toMatch(/\.$/);
  }
  expect(MEASURES[0].minimum).toBe(0);
});
