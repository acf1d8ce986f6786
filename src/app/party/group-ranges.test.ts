import { describe, expect, it } from 'vitest';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import { groupedColumns, groupLabels, groupPlans, rangeProblems, readEdges } from './group-ranges.ts';
import { missingOn } from './missing.ts';
import { initialState, type PartyState } from './state.ts';
import { foldLabels } from './terms.ts';

describe('edges as a person types them', () => {
  it.each([
    ['0, 18, 65', [0, 18, 65]],
    [' -1.5;0 ; 2.25,', [-1.5, 0, 2.25]],
    ['1950-01-01, 1970-01-01', ['1950-01-01', '1970-01-01']],
    [' , ', undefined],
  ])('“%s” is read', (text, edges) => expect(readEdges(text)).toEqual(edges));

  it.each([
    ['0, eighteen', '“eighteen” is no edge'],
    ['18, 0', 'smallest edge first'],
    ['1960-01-01, 1950-01-01', 'smallest edge first'],
    ['0, 0', 'different edges'],
    ['1950-02-30', 'dates that there are'],
    ['0, 1950-01-01', 'numbers or dates, not both'],
  ])('“%s” is refused', (text, words) => {
    const read = readEdges(text);
    expect(read !== undefined && 'problem' in read && read.problem).toContain(words);
  });
});

const doubt = {
  kind: 'missing-code' as const,
  message: '999 stands out.',
  stops: ['average' as const],
  choices: [],
};

function stateWith(ranges: PartyState['ranges'], uses: PartyState['uses']): PartyState {
  const columns = [plainColumn('born'), plainColumn('age', { doubts: [doubt] }), plainColumn('ward')];
  const labels = [{ label: '0 to under 18', rows: 3, range: 'closed' as const }];
  return {
    ...initialState('owner'),
    file: { kind: 'ready', summary: plainTable(columns, 50) },
    uses,
    ranges,
    groups: { 0: { kind: 'ready', labels }, 1: { kind: 'ready', labels }, 2: { kind: 'ready', labels } },
    matchProblems: [],
  };
}

describe('a column that is averaged and put into ranges', () => {
  const labels = [
    { label: '0 to under 18', rows: 30, range: 'closed' as const },
    { label: '(missing)', rows: 20 },
  ];
  const state = (change: Partial<PartyState> = {}): PartyState => ({
    ...stateWith({ 1: '0, 18' }, ['date', 'average', 'ignore']),
    groups: { 1: { kind: 'ready', labels } },
    ...change,
  });
  const agreed = [{ name: 'age', labels: ['0 to under 18'] }];

  it('has no group of the rows without a value, which count in no figure', () => {
    expect(groupLabels(state(), 1)).toEqual(labels.slice(0, 1));
    expect(groupPlans(state(), agreed)).toEqual([{ column: 1, group: agreed[0], blanks: 'nowhere' }]);
  });

  it('has one where each column is counted by itself, where it is not averaged, and among the researcher’s groups', () => {
    const { rules, uses } = state();
    for (const change of [
      { rules: { ...rules, missingValues: 'each-column' as const } },
      { uses: uses.with(1, 'group') },
      { role: 'researcher' as const },
    ]) {
      expect(groupLabels(state(change), 1)).toEqual(labels);
      expect(groupPlans(state(change), agreed)).toEqual([{ column: 1, group: agreed[0] }]);
    }
  });
});

describe('columns to group by', () => {
  it('are those for that alone, and those with ranges whatever else they are for', () => {
    const state = stateWith({ 0: '1950-01-01', 1: '0, 18' }, ['date', 'ignore', 'group']);
    expect(groupedColumns(state)).toEqual([
      { name: 'born', column: 0, edges: ['1950-01-01'] },
      { name: 'ward', column: 2, edges: undefined },
    ]);
    const agreed = { name: 'ward', labels: ['North'] };
    expect(groupPlans(state, [{ name: 'born', labels: ['1950 and later'] }, agreed])[1]).toEqual({
      column: 2,
      group: agreed,
    });
  });

  it('wait for numbers that are in doubt where they are put into ranges, not where each is a group', () => {
    expect(missingOn(1, stateWith({ 1: '0, 18' }, ['date', 'group', 'ignore'])).join()).toContain('999 stands out');
    expect(missingOn(1, stateWith({}, ['date', 'group', 'ignore'])).join()).not.toContain('999');
    const wrong = stateWith({ 1: '18, 0' }, ['date', 'group', 'ignore']);
    expect(missingOn(1, wrong)).toEqual(rangeProblems(wrong));
    expect(rangeProblems(wrong)).toEqual(['Ranges of “age”: Write the smallest edge first.']);
  });
});

it('a range between two edges is named whatever bears it; one beyond them like any label', () => {
  const { kept, folded } = foldLabels(
    [
      { label: 'under 0', rows: 2, range: 'open' },
      { label: '0 to under 9', rows: 40, range: 'closed' },
      { label: '9 to under 18', rows: 0, range: 'closed' },
      { label: '18 and over', rows: 30, range: 'open' },
      { label: '(missing)', rows: 4 },
    ],
    10,
  );
  expect(kept.map(({ label }) => label)).toEqual(['0 to under 9', '9 to under 18', '18 and over', '(other)']);
  expect(folded.map(({ label }) => label)).toEqual(['under 0', '(missing)']);
});
