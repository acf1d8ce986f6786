import { expect, it } from 'vitest';
import { askedFor, type Statistic } from '../agreement/statistics.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { cellsOfTable } from './cells.ts';
import { layTally } from './layout.ts';
import { planLimbs } from './limbs.ts';

const SHAPE = { groups: [3], payloads: 2, dataRows: 500, minimum: 10 };
const noise = { perturbation: { kind: 'noise' as const, epsilonThousandths: 500 } };

/** What is added up over the cells of an agreement on these statistics, each kind and payload once. */
function added(statistics: readonly Statistic[], shape: Partial<Parameters<typeof madeUpAgreement>[0]> = {}): string[] {
  const agreement = madeUpAgreement({ ...SHAPE, ...shape });
  const layout = layTally({ ...agreement, terms: { ...agreement.terms, statistics: askedFor(...statistics) } });
  return [...new Set(layout.statistics.map(({ kind, payload }) => (payload < 0 ? kind : `${kind} ${payload}`)))].sort();
}

it.each<[readonly Statistic[], readonly string[]]>([
  [['count'], []],
  [['mean'], ['sum 0', 'sum 1']],
  [['sum'], ['sum 0', 'sum 1']],
  [
    ['count', 'mean', 'sum'],
    ['sum 0', 'sum 1'],
  ],
  [['sd'], ['square 0', 'square 1', 'sum 0', 'sum 1']],
])('nothing is added up beyond what is asked for: %j', (statistics, sums) => {
  for (const shape of [{}, noise, { missingValues: 'each-column' as const }, { strata: [2] }, { groups: [] }])
    expect(added(statistics, shape)).toEqual(['check', 'count', ...sums]);
});

it('a table adds up its own columns, and no others', () => {
  const terms = madeUpAgreement({ ...SHAPE, groups: [3, 2] }).terms;
  const sumsOf = (payloads: readonly number[]) => {
    const filled = cellsOfTable(terms, { table: 0, groups: 3, payloads }, undefined);
    return new Set(filled.flatMap(({ additions }) => additions.map(({ payload }) => payload)));
  };
  expect(sumsOf([])).toEqual(new Set([-1]));
  expect(sumsOf([1])).toEqual(new Set([-1, 1]));
  expect(sumsOf([0, 1])).toEqual(new Set([-1, 0, 1]));
});

it('a sum has as many limbs as its values take, and one where noise is added', () => {
  const { terms } = madeUpAgreement(SHAPE);
  const plans = terms.payloads.map((payload) => planLimbs(payload, 500));
  const count = (of: 'sum' | 'square', payload: number, given: typeof plans | undefined) =>
    cellsOfTable(terms, { table: 0, groups: 1, payloads: [0, 1] }, given)
      .flatMap(({ additions }) => additions)
      .filter((addition) => addition.kind === of && addition.payload === payload).length;
  for (const [payload, plan] of plans.entries()) {
    expect(count('sum', payload, plans)).toBe(plan.valueLimbs);
    expect(count('square', payload, plans)).toBe(plan.squareLimbs);
    expect([count('sum', payload, undefined), count('square', payload, undefined)]).toEqual([1, 1]);
  }
});

it('columns with missing values are counted by themselves up to three, with a minimum of three or more', () => {
  const byColumn = (shape: object) => () =>
    layTally(madeUpAgreement({ ...SHAPE, missingValues: 'each-column' as const, ...shape }));
  expect(byColumn({ payloads: 3, minimum: 3 })).not.toThrow();
  expect(byColumn({ payloads: 4 })).toThrow(
    '4 columns with missing values cannot each be counted by itself, at most 3',
  );
  expect(byColumn({ minimum: 2 })).toThrow('takes a minimum group size of 3 or more');
  // Complete ones are counted with their group.
  expect(byColumn({ payloads: 4, complete: true, minimum: 2 })).not.toThrow();
  expect(() => layTally(madeUpAgreement({ ...SHAPE, payloads: 4, minimum: 2 }))).not.toThrow();
});
