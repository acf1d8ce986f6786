/** Whole runs over several tables against the plaintext; every combination is in `tables.long.test.ts`. */
import { describe, expect, it } from 'vitest';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { expectExact, expectNoisy, expectRounded } from '../testing/simulation/table-runs.ts';
import { composeAgreement } from './negotiation.ts';

describe.each(['complete-cases', 'each-column'] as const)('two strata, three tables, %s', (missingValues) => {
  const of = { strata: 2, tables: 3, missingValues };

  it('exact, over reloads of both pages in the tally', () =>
    expectExact(of, [
      { who: 'owner', at: 'owner keeps tally-counts', nth: 1 },
      { who: 'researcher', at: 'researcher keeps tally-gate', nth: 1 },
    ]));
  it('rounded', () => expectRounded(of));
  it('noisy', () => expectNoisy(of));
});

it('an agreement whose tables do not name its columns is none', () => {
  const shape = { groups: [2, 2, 3], payloads: 1, dataRows: 500, minimum: 5 };
  const tables = [
    { groups: [0, 1], payloads: [0] },
    { groups: [2], payloads: [] },
  ];
  const { terms, list } = madeUpAgreement({ ...shape, tables });
  expect(composeAgreement(terms, list).terms.tables).toEqual(tables);
  const wide = madeUpAgreement({
    ...shape,
    groups: [9, 9],
    tables: [
      { groups: [0, 1], payloads: [0] },
      { groups: [], payloads: [] },
    ],
  });
  expect(() => composeAgreement(wide.terms, wide.list)).toThrow('table 1 would have 81 groups');
});
