/** What follows from a change of one part of an analysis. */
import { expect, it } from 'vitest';
import type { CellTable } from '../../statistics/cells.ts';
import { firstChoice } from '../../statistics/first-choice.ts';
import { settled } from './choice-form.tsx';

const table: CellTable = {
  factors: [
    { name: 'arm', side: 'researcher', levels: ['training', 'low', 'high', 'usual care'] },
    { name: 'age', side: 'owner', levels: ['(missing)', '65 to 74'] },
    { name: 'outcome', side: 'owner', levels: ['fell', 'did not fall'] },
  ],
  measures: [],
  cells: [],
  matches: 0,
  minimum: 10,
  treatment: { kind: 'exact' },
};

it('another grouping has a reference of its own, and what the outcome is made of is none', () => {
  const first = firstChoice('two-by-two', table);
  if (first === undefined) throw new Error('no choice');
  expect(first).toMatchObject({ by: 0, reference: 3, outcome: { factor: 2, level: 0 } });
  expect(settled(table, first, { by: 1 })).toMatchObject({ by: 1, reference: 1 });
  expect(settled(table, first, { reference: 2 })).toMatchObject({ by: 0, reference: 2 });
  const ofArm = settled(table, first, { outcome: { kind: 'level', factor: 0, level: 0 } });
  expect(ofArm).toMatchObject({ by: 1, reference: 1 });
});
