/** Whole runs over several tables, by workers that compute in the clear, held against the plaintext. */
import { expect } from 'vitest';
import type { Perturbation } from '../../agreement/agreement.ts';
import type { ResultRow } from '../../agreement/result.ts';
import type { TablePlan } from '../../agreement/tables.ts';
import { seededRandom } from '../../keys/random.ts';
import { layTally } from '../../tally/layout.ts';
import { noiseMargin } from '../../tally/noise-plan.ts';
import { roundCount } from '../../tally/rounding.ts';
import { hiddenAlike } from '../made-up-tally.ts';
import type { Reload } from '../reloading-run.ts';
import { madeUpPeople, type PeopleShape } from './people.ts';
import { playPlain } from './plain-run.ts';

async function runOn(shape: PeopleShape, seed: number, reloads: readonly Reload[] = []) {
  const people = madeUpPeople(8, seededRandom([seed]).unit, shape);
  const { ends } = await playPlain(people, reloads);
  const [result] = ends;
  if (result.status === 'rejected') throw result.reason;
  return { people, rows: result.value.rows };
}

/** So many one-way tables with one payload of two in turn, and from the third on every third a two-way table. */
function shapeOf(tables: number): Pick<PeopleShape, 'groups' | 'payloads' | 'tables'> {
  const groups = Array.from({ length: tables }, (_, i) => 2 + (i % 2));
  const plans = groups.map(
    (_, i): TablePlan => ({ groups: i > 0 && i % 3 === 2 ? [i - 1, i] : [i], payloads: [i % 2] }),
  );
  return { groups, payloads: tables === 1 ? 1 : 2, ...(tables > 1 && { tables: plans }) };
}

export interface TableCase {
  readonly strata: number;
  readonly tables: number;
  readonly missingValues: 'complete-cases' | 'each-column';
}

function run({ strata, tables, missingValues }: TableCase, perturbation?: Perturbation, reloads?: readonly Reload[]) {
  const shape = { ...shapeOf(tables), strata, missingValues, times: 8, ...(perturbation && { perturbation }) };
  return runOn(shape, 100 * strata + tables, reloads);
}

/** Every figure is that of the plaintext, and sealed is what must be. */
export async function expectExact(of: TableCase, reloads: readonly Reload[] = []): Promise<void> {
  const { people, rows } = await run(of, undefined, reloads);
  expect(rows).toEqual(of.tables === 1 ? hiddenAlike(people.rows, rows) : people.rows);
  if (of.missingValues === 'complete-cases') expect(rows.some(({ count }) => count !== undefined)).toBe(true);
}

export async function expectRounded(of: TableCase): Promise<void> {
  const { people, rows } = await run(of, { kind: 'rounding', base: 5 });
  const shown = rows.map((row) => ({
    ...row,
    payloads: row.payloads.map(({ suppressed, count }) => ({ suppressed, count })),
  }));
  expect(shown).toEqual(rounded(of.tables === 1 ? hiddenAlike(people.rows, rows) : people.rows, 5));
}

/** Counts within what the agreement says, many times over, and sealed exactly where counts without noise are too small. */
export async function expectNoisy(of: TableCase): Promise<void> {
  const { people, rows } = await run(of, { kind: 'noise', epsilonThousandths: 20_000 });
  const plan = layTally(people.agreement).noise;
  if (plan === undefined) throw new Error('no noise was planned');
  const margin = 8 * noiseMargin(plan.count, 0);
  expect(rows.map(({ count }) => count === undefined)).toEqual(people.rows.map(({ count }) => count === undefined));
  for (const [i, { count }] of rows.entries()) {
    if (count !== undefined) expect(Math.abs(count - (people.rows[i]?.count ?? 0))).toBeLessThanOrEqual(margin);
  }
}

function rounded(rows: readonly ResultRow[], base: number) {
  const count = (of: number | undefined) => (of === undefined ? undefined : roundCount(of, base));
  return rows.map((row) => ({
    ...row,
    count: count(row.count),
    payloads: row.payloads.map((figures) => ({ suppressed: figures.suppressed, count: count(figures.count) })),
  }));
}
