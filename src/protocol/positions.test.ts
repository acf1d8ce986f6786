import { describe, expect, it } from 'vitest';
import { checkPositions, type OwnerPosition, type ResearcherPosition } from './positions.ts';

describe('two positions', () => {
  const start: [ResearcherPosition, OwnerPosition] = [
    { reached: 'nothing', read: [] },
    { reached: 'nothing', answered: [] },
  ];
  const all = [0, 1, 2];

  it.each<[string, ResearcherPosition, OwnerPosition]>([
    ['at the start', ...start],
    ['between bundles', { reached: 'nothing', read: [2] }, { reached: 'linkage-keys', answered: [0, 2] }],
    ['at the end', { reached: 'tally-release', read: all }, { reached: 'tally-inverses', answered: all }],
  ])('may be of one run: %s', (_where, researcher, owner) => checkPositions(researcher, owner, 3));

  it.each<[string, Partial<ResearcherPosition>, Partial<OwnerPosition>]>([
    ['an answer read that was not given', { read: [1] }, { reached: 'linkage-keys' }],
    ['a bundle read twice', { read: [1, 1] }, { reached: 'linkage-keys', answered: [1] }],
    ['a bundle answered without keys', {}, { answered: [1] }],
    ['keys of the tally before the last bundle', {}, { reached: 'tally-keys', answered: [0, 1] }],
    ['a bundle answered twice', {}, { reached: 'linkage-keys', answered: [1, 1] }],
    ['labels asked for before the last bundle was read', { read: [0, 1] }, { reached: 'label-query', answered: all }],
    ['labels without a query', { reached: 'label-answer', read: all }, { reached: 'tally-keys', answered: all }],
    ['bits before the last bundle was read', { read: [0, 1] }, { reached: 'tally-bits', answered: all }],
    ['bits without labels', { read: all }, { reached: 'tally-bits', answered: all }],
    ['sums without bits', { reached: 'tally-sum', read: all }, { reached: 'label-query', answered: all }],
    ['inverses without a gate', { reached: 'tally-sum', read: all }, { reached: 'tally-inverses', answered: all }],
    ['counts without sums', { reached: 'label-answer', read: all }, { reached: 'tally-counts', answered: all }],
    ['a gate without counts', { reached: 'tally-gate', read: all }, { reached: 'tally-bits', answered: all }],
    ['a release without inverses', { reached: 'tally-release', read: all }, { reached: 'tally-counts', answered: all }],
  ])('cannot be of one run: %s', (_what, researcher, owner) => {
    expect(() => checkPositions({ ...start[0], ...researcher }, { ...start[1], ...owner }, 3)).toThrow(
      'do not remember the same run',
    );
  });
});
