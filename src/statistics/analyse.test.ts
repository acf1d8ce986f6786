import { expect, it } from 'vitest';
import { chosen, tableOf, uniform } from '../testing/statistics-table.ts';
import { groupingsFor } from './allowed-choices.ts';
import { analyse } from './analyse.ts';
import { type CellTable, leftOut } from './cells.ts';
import { ANALYSES } from './choice.ts';
import { isEstimate } from './estimate.ts';
import { firstChoice } from './first-choice.ts';

const exact = tableOf(uniform(1), 100, { kind: 'exact' });

/** The same table with the cells that `sealed` picks out sealed. */
function sealing(table: CellTable, sealed: (at: readonly number[]) => boolean): CellTable {
  const cells = table.cells.map((cell) =>
    sealed(cell.at) ? { at: cell.at, count: undefined, sums: cell.sums.map(() => undefined) } : cell,
  );
  return { ...table, cells };
}

it('says how many cells are sealed and what share of the matches they hold', () => {
  const table = sealing(exact, ([arm, site]) => arm === 0 && site === 1);
  expect(leftOut(table)).toMatchObject({ sealed: [{ at: [0, 1] }], share: 1 - 500 / 600 });
  for (const analysis of ANALYSES) {
    const choice = firstChoice(analysis, table);
    const [first, second] = (choice && analyse(table, choice).notes) ?? [];
    if (choice)
      expect(first, analysis).toBe(
        '1 of 6 cells (“usual / south”) is sealed or withheld and left out; it holds 16.7 % of the matches.',
      );
    const crude = ['averages', 'difference', 'two-by-two', 'rates'].includes(analysis);
    if (choice) expect(second?.startsWith('The groups do not lack the same cells') ?? false, analysis).toBe(crude);
  }
  expect(analyse(exact, chosen('averages', 0)).notes).toEqual([]);
});

it('takes nobody without the outcome where those with it are sealed', () => {
  // In the new arm only those in the south are sealed: of the rest nobody is in the south, and that is no risk of zero.
  const table = sealing(exact, ([arm, site]) => arm === 1 && site === 1);
  const south = { kind: 'level', factor: 1, level: 1 } as const;
  const lines = analyse(table, chosen('averages', 0, { outcome: south })).blocks[0]?.lines ?? [];
  expect(lines[0]?.outcome).toMatchObject({ value: 1 / 3 });
  expect(lines[1]?.outcome).toEqual({ reason: 'Nobody has a value, so there is no proportion.' });
  const counts = analyse(table, chosen('counts', 0, { others: [1] }));
  expect(counts.notes.join(' ')).toContain('a cell of the row is sealed: new.');
  expect(counts.tests[0]?.test).toHaveProperty('reason');
});

it('gives nobody’s figure where a whole group is sealed', () => {
  const table = sealing(exact, ([arm]) => arm === 1);
  for (const analysis of ['difference', 'two-by-two', 'linear', 'logistic'] as const) {
    for (const block of analyse(table, chosen(analysis, analysis === 'linear' || analysis === 'difference' ? 1 : 0))
      .blocks) {
      for (const line of block.lines) expect(isEstimate(line.outcome), `${analysis}, ${line.label}`).toBe(false);
    }
  }
});

it('offers no test of rounded figures, and only tests that know of the noise', () => {
  const noise = { kind: 'noise', variances: { count: 2, sums: [2, 2, 2, 2] } } as const;
  for (const treatment of [noise, { kind: 'rounding', base: 5 } as const]) {
    const table = { ...exact, treatment };
    const anova = analyse(table, chosen('averages', 1));
    expect(anova.tests.map(({ test }) => 'p' in test)).toEqual([false]);
    const counts = analyse(table, chosen('counts', 0, { others: [1] }));
    expect(counts.tests.map(({ test }) => 'p' in test)).toEqual([false, false]);
    const [first] = analyse(table, chosen('two-by-two', 0)).blocks[0]?.lines ?? [];
    expect(first && 'p' in first.outcome).toBe(treatment.kind === 'noise');
    expect(anova.notes.at(-1)).toContain(treatment.kind === 'noise' ? 'variance of the noise' : 'rounded to 5');
  }
});

it('says why a model has no estimate', () => {
  const died = (arm: number, risk: number): CellTable => ({
    ...exact,
    cells: exact.cells.map((cell) =>
      cell.at[0] === arm
        ? { ...cell, sums: cell.sums.map((s, i) => (i === 0 && s ? { ...s, sum: risk * s.count } : s)) }
        : cell,
    ),
  });
  const reason = (table: CellTable, choice: Parameters<typeof analyse>[1]) => {
    const outcome = analyse(table, choice).blocks[0]?.lines[0]?.outcome;
    return outcome && 'reason' in outcome ? outcome.reason : undefined;
  };
  expect(reason(died(1, 0), chosen('logistic', 0))).toContain('separation');
  expect(reason(died(1, 1), chosen('logistic', 0, { others: [1] }))).toContain('separation');
  expect(reason(died(1, 1), chosen('two-by-two', 0))).toBeUndefined();
  const alike = { ...exact, cells: exact.cells.filter(({ at }) => (at[0] === 0) === (at[1] === 0) && at[1] !== 2) };
  expect(reason(alike, chosen('logistic', 0, { others: [1] }))).toContain('cannot be told apart');
  expect(
    reason(
      sealing(exact, ([, site]) => site === 0),
      chosen('logistic', 0, { by: 1 }),
    ),
  ).toContain('Choose another reference');
});

it('needs the standard deviation for means, and not for outcomes of zero and one', () => {
  const table = {
    ...exact,
    cells: exact.cells.map((cell) => ({ ...cell, sums: cell.sums.map((s) => s && { ...s, deviations: undefined }) })),
  };
  expect(analyse(table, chosen('averages', 1)).blocks[0]?.lines[0]?.outcome).toMatchObject({
    value: exact.cells.slice(0, 3).reduce((sum, { sums }) => sum + (sums[1]?.sum ?? 0), 0) / 300,
    bare: expect.stringContaining('releases no standard deviation'),
  });
  expect(analyse(table, chosen('difference', 1)).blocks[0]?.lines[0]?.outcome).toHaveProperty('reason');
  expect(analyse(table, chosen('averages', 0)).blocks).toEqual(analyse(exact, chosen('averages', 0)).blocks);
});

it('offers only what a table allows', () => {
  expect(firstChoice('distribution', exact)).toBeUndefined();
  expect(firstChoice('rates', exact)).toMatchObject({ outcome: { measure: 0 }, time: 1 });
  const bare = { ...exact, measures: [], factors: exact.factors.slice(0, 1) };
  expect(ANALYSES.filter((analysis) => firstChoice(analysis, bare))).toEqual(['averages']);
  const outcome = { kind: 'level', factor: 1, level: 0 } as const;
  expect(groupingsFor({ analysis: 'two-by-two', outcome }, exact)).toEqual([0]);
});

it('leaves people out of a trend who are in none of its steps, and says so', () => {
  const beside = (table: CellTable, levels: readonly string[], edges?: readonly number[]): CellTable => ({
    ...table,
    factors: table.factors.map((factor, i) => (i === 1 ? { ...factor, levels, ...(edges && { edges }) } : factor)),
  });
  const trend = chosen('linear', 1, { others: [1], trends: [1] });
  const without = sealing(exact, ([, site]) => site === 2);
  const expected = analyse(without, trend).blocks;
  for (const table of [
    beside(exact, ['north', 'south', '(missing)']),
    beside(exact, ['0 to under 40', '40 to under 65', 'elsewhere'], [0, 40, 65]),
  ]) {
    const report = analyse(table, trend);
    const figures = (blocks: typeof expected) => blocks.map(({ lines }) => lines.map(({ outcome }) => outcome));
    expect(figures(report.blocks)).toEqual(figures(expected));
    expect(report.notes.join()).toMatch(/no step of the trend of .*: “(?:\(missing\)|elsewhere)”/);
    expect(analyse(table, { ...trend, trends: [] }).notes).toEqual([]);
  }
});

it('adjusts for a grouping whose first group is sealed, by the next one', () => {
  const table = sealing(exact, ([, site]) => site === 0);
  const lines = analyse(table, chosen('logistic', 0, { others: [1] })).blocks[0]?.lines ?? [];
  expect(lines.map(({ outcome }) => isEstimate(outcome))).toEqual([true, false, true]);
  expect(lines[2]?.label).toMatch(/ against south$/);
});

it('has no rates where there are events without person-time, and tells where these are of different people', () => {
  const changed = (change: (sum: CellTable['cells'][number]['sums'][number]) => typeof sum): CellTable => ({
    ...exact,
    cells: exact.cells.map((cell, i) =>
      i === 0 ? { ...cell, sums: cell.sums.map((sum, measure) => (measure === 3 ? change(sum) : sum)) } : cell,
    ),
  });
  const poisson = chosen('poisson', 2, { time: 3, others: [1] });
  const untimed = changed((sum) => sum && { ...sum, sum: 0 });
  expect(analyse(untimed, poisson).blocks[0]?.lines[0]?.outcome).toMatchObject({
    reason: expect.stringContaining('events, but no person-time'),
  });
  const fewer = changed((sum) => sum && { ...sum, count: sum.count - 1 });
  for (const choice of [poisson, chosen('rates', 2, { time: 3 })]) {
    expect(analyse(fewer, choice).notes.join()).toContain('“visits” and “years” are of different people');
    expect(analyse(exact, choice).notes).toEqual([]);
  }
});

it('says who lacks a value, where these are in no cell', () => {
  const table = { ...exact, matches: 640, completeCases: true };
  const notes = (of: CellTable) => analyse(of, chosen('averages', 0)).notes;
  expect(notes(table)).toEqual([
    'People who lack a value of some averaged column, 6.3 % of the matches, are left out.',
  ]);
  expect(notes(sealing(table, ([arm, site]) => arm === 0 && site === 1))[0]).toMatch(
    /; it and people who lack a value hold 21\.9 % of the matches\.$/,
  );
  expect(notes({ ...table, matches: 600 })).toEqual([]);
});
