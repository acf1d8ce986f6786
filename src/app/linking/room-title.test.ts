import { expect, it } from 'vitest';
import type { RunView } from '../../linking/messages.ts';
import type { Project } from '../../linking/project.ts';
import { EMPTY_DRAFT } from './project-draft.ts';
import { roomTitle } from './room-title.ts';

const { role: _, accepted: __, ...draft } = EMPTY_DRAFT;
const project: Project = { ...draft, version: 1, name: 'Registers' };
const run = (id: number, stage: RunView['stage'], done = 0): RunView => ({ id, name: '', threshold: 0.8, stage, done });

it('the title tells of the newest run', () => {
  expect(roomTitle(undefined, [], false)).toBe('Link data sets anonymously');
  expect(roomTitle(project, [], false)).toBe('Registers');
  expect(roomTitle(project, [run(1, 'waiting for CLKs')], false)).toBe('Run 1 waits for CLKs, Registers');
  expect(roomTitle(project, [run(1, 'completed'), run(2, 'computing output', 0.456)], false)).toBe(
    'Run 2 45 %, Registers',
  );
  expect(roomTitle(project, [run(1, 'completed')], false)).toBe('Run 1 completed, Registers');
  expect(roomTitle(project, [run(1, 'completed')], true)).toBe('Over: Registers');
});
