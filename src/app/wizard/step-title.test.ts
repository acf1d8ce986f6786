import { expect, it } from 'vitest';
import { initialState, type RunState } from '../party/state.ts';
import { stepTitle } from './step-title.ts';

const titleOf = (run: RunState) => stepTitle({ ...initialState('owner'), step: 4, run });
const running = (linkage: number, table: number, waiting = false): RunState => ({
  kind: 'running',
  stages: { linkage: { done: linkage, note: '' }, table: { done: table, note: '', waiting } },
  released: false,
});

it('the title says the step, how far a run is, and how it ended', () => {
  expect(stepTitle({ ...initialState('owner'), step: 2 })).toBe('Step 3 of 5: Rules');
  expect(titleOf(running(0.456, 0))).toBe('45 %, Linkage');
  expect(titleOf(running(1, 0.2))).toBe('20 %, Table');
  expect(titleOf(running(1, 0, true))).toBe('Waiting for the researcher');
  expect(titleOf({ kind: 'ended', ending: { title: 'You declined', message: '' } })).toBe('You declined');
});
