/** What an analysis begins with, and that it is said. */
import { describe, expect, it } from 'vitest';
import type { CellTable, Factor } from './cells.ts';
import { ANALYSES } from './choice.ts';
import { firstChoice, firstChoiceWords } from './first-choice.ts';

const factor = (name: string, side: Factor['side'], ...levels: string[]): Factor => ({ name, side, levels });
const ARM = factor('arm', 'researcher', 'active', 'control');
const AGE = { ...factor('age', 'owner', 'under 40', '40 and over'), edges: [-Infinity, 40, Infinity] };

/** `people`: of a cell, by its levels' numbers; undefined: sealed. */
function tableOf(
  factors: readonly Factor[],
  people: (at: readonly number[]) => number | undefined = () => 20,
): CellTable {
  const places = factors.reduce<number[][]>(
    (all, { levels }) => all.flatMap((at) => levels.map((_, i) => [...at, i])),
    [[]],
  );
  const cells = places.map((at) => ({ at, count: people(at), sums: [] }));
  return { factors, measures: [], cells, matches: 100, minimum: 5, treatment: { kind: 'exact' } };
}

const twoByTwo = (table: CellTable) => firstChoice('two-by-two', table);

describe('two by two', () => {
  it.each([
    [['no', 'yes'], 1],
    [['Yes', 'No'], 0],
    [['0', '1'], 1],
    [['1', '0'], 0],
    [['alive', 'dead'], 1],
    [['readmitted', 'none'], 0],
    [['did not fall', 'fell'], 1],
    [['fracture', 'no fracture'], 0],
    [['no', 'later', '(missing)'], 1],
  ])('takes for the outcome of %j the one that says so', (labels, level) => {
    const table = tableOf([ARM, AGE, factor('outcome', 'owner', ...labels)], ([, , of]) => (of === level ? 60 : 20));
    expect(twoByTwo(table)).toMatchObject({ outcome: { kind: 'level', factor: 2, level }, by: 0, reference: 1 });
    expect(firstChoiceWords(table, twoByTwo(table) as NonNullable<ReturnType<typeof twoByTwo>>)).toBe(
      `The page has taken “outcome: ${labels[level]}” for the outcome, by its name, and compares groups of arm with “control”. Choose others where that is not what you ask.`,
    );
  });

  it('takes the smallest group with people where no name says so, but no leftovers', () => {
    const ward = factor('ward', 'owner', 'north', 'south', 'east', '(other)', '(missing)');
    const table = tableOf([ARM, ward], ([, of]) => [30, 12, undefined, 5, 5][of ?? 0]);
    const choice = twoByTwo(table);
    expect(choice).toMatchObject({ outcome: { kind: 'level', factor: 1, level: 1 }, by: 0 });
    expect(choice && firstChoiceWords(table, choice)).toContain('as the smallest opened group');
  });

  it('compares the researcher’s groups wherever they stand, by what the owner holds, two groups before more and ranges last', () => {
    const site = factor('site', 'owner', 'a', 'b', 'c');
    const died = factor('died', 'owner', 'no', 'yes');
    expect(twoByTwo(tableOf([ARM, site, died]))).toMatchObject({ outcome: { factor: 2, level: 1 }, by: 0 });
    expect(twoByTwo(tableOf([ARM, AGE, site]))).toMatchObject({ outcome: { factor: 2 }, by: 0 });
    expect(twoByTwo(tableOf([ARM, AGE]))).toMatchObject({ outcome: { factor: 1 }, by: 0 });
    expect(twoByTwo(tableOf([died, site]))).toMatchObject({ outcome: { factor: 0, level: 1 }, by: 1, reference: 0 });
  });

  it('takes a number of zeros and ones before any group', () => {
    const table = { ...tableOf([ARM, AGE]), measures: [{ name: 'died', minimum: 0, maximum: 1, decimals: 0 }] };
    expect(twoByTwo(table)).toMatchObject({ outcome: { kind: 'measure', measure: 0 }, by: 0, reference: 1 });
    expect(firstChoiceWords(table, twoByTwo(table) as NonNullable<ReturnType<typeof twoByTwo>>)).toBeUndefined();
  });
});

it('says nothing any more once something else is chosen', () => {
  const table = tableOf([ARM, factor('outcome', 'owner', 'no', 'yes')]);
  const choice = twoByTwo(table);
  if (choice === undefined) throw new Error('no choice');
  expect(firstChoiceWords(table, { ...choice, reference: 0 })).toBeUndefined();
});

it('never compares with leftovers, and makes no choice of an analysis that the table does not allow', () => {
  const table = tableOf([factor('arm', 'researcher', '(missing)', 'b', 'a'), factor('outcome', 'owner', 'no', 'yes')]);
  expect(twoByTwo(table)?.reference).toBe(1);
  const alone = tableOf([factor('outcome', 'owner', 'no', 'yes')]);
  const allowed = ANALYSES.filter((analysis) => firstChoice(analysis, alone));
  expect(allowed).toEqual(['averages']);
});
