import { describe, expect, it } from 'vitest';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import { smallJointGroups } from './joint-groups.ts';
import { missingOn } from './missing.ts';
import { initialState, type PartyState } from './state.ts';
import { readStudyFile, studyJson } from './study-file.ts';
import { chosenTables, oneWayTables, tablePlans } from './tables.ts';

const NAMES = ['surname', 'sex', 'region', 'site', 'age', 'income'];

function stateWith(change: Partial<PartyState> = {}): PartyState {
  const labels = ['a', 'b', 'c'].map((label) => ({ label, rows: 40 }));
  const ready = { kind: 'ready' as const, labels };
  const payload = { minimum: 0, maximum: 100, decimals: 0, problems: [], missing: 0 };
  return {
    ...initialState('owner'),
    file: {
      kind: 'ready',
      summary: plainTable(
        NAMES.map((name) => plainColumn(name)),
        120,
      ),
    },
    uses: ['name', 'group', 'group', 'group', 'average', 'average'],
    groups: { 1: ready, 2: ready, 3: ready },
    payloads: { 4: payload, 5: payload },
    matchProblems: [],
    ...change,
  };
}

describe('the owner’s tables', () => {
  it('are one of all columns while there are at most two to group by', () => {
    expect(missingOn(1, stateWith()).join()).toContain('Make several tables');
    const two = stateWith({ uses: ['name', 'group', 'group', 'ignore', 'average', 'average'] });
    expect(missingOn(1, two)).toEqual([]);
    expect(tablePlans(two)).toBeUndefined();
  });

  it('name columns by their places in the terms, and forget what has another use', () => {
    const tables = [
      { groups: [3, 1], payloads: [5] },
      { groups: [2], payloads: [4, 5] },
    ];
    expect(tablePlans(stateWith({ tables }))).toEqual([
      { groups: [0, 2], payloads: [1] },
      { groups: [1], payloads: [0, 1] },
    ]);
    const fewer = stateWith({ tables, uses: ['name', 'ignore', 'group', 'group', 'average', 'ignore'] });
    expect(chosenTables(fewer)).toEqual([
      { groups: [3], payloads: [] },
      { groups: [2], payloads: [4] },
    ]);
    expect(tablePlans(fewer)).toEqual([
      { groups: [1], payloads: [] },
      { groups: [0], payloads: [0] },
    ]);
  });

  it('begin as one for each column to group by, and lack nothing then', () => {
    const tables = oneWayTables(stateWith());
    expect(tables.map(({ groups }) => groups)).toEqual([[1], [2], [3]]);
    expect(missingOn(1, stateWith({ tables }))).toEqual([]);
  });

  it('say what is in none of them, what is too large, and that one alone is no several', () => {
    const most = Array.from({ length: 9 }, (_, i) => ({ label: `${i}`, rows: 20 }));
    const groups = {
      ...stateWith().groups,
      1: { kind: 'ready' as const, labels: most },
      2: { kind: 'ready' as const, labels: most },
    };
    const tables = [
      { groups: [1, 2], payloads: [4] },
      { groups: [1], payloads: [] },
    ];
    expect(missingOn(1, stateWith({ tables, groups })).join('\n')).toMatch(
      /“site” is in no table.*\n“income” is in no table.*\nTable 1: Columns “sex” \(9\) and “region” \(9\) make 81 combinations/,
    );
    expect(missingOn(1, stateWith({ tables: tables.slice(0, 1) })).join()).toContain('Add a second table');
  });

  it('are kept in a study by the names of their columns', () => {
    const tables = [
      { groups: [1], payloads: [4] },
      { groups: [2, 3], payloads: [5] },
    ];
    expect(readStudyFile(studyJson(stateWith({ tables })), 'owner')).toMatchObject({
      tables: [
        { groups: ['sex'], payloads: ['age'] },
        { groups: ['region', 'site'], payloads: ['income'] },
      ],
    });
  });
});

it('columns of different tables are looked at together, and small combinations told', async () => {
  const tables = [
    { groups: [1, 2], payloads: [4] },
    { groups: [3], payloads: [5] },
  ];
  const asked: string[] = [];
  const api = {
    combinationCounts: async (groups: readonly { group: { name: string } }[]) => {
      asked.push(groups.map(({ group }) => group.name).join());
      return Uint32Array.of(0, 1, 9, 10, 40);
    },
  };
  const found = await smallJointGroups(stateWith({ tables }), api);
  expect(asked).toEqual(['sex,site', 'region,site']);
  expect(found[0]).toEqual({ names: ['sex', 'site'], small: 2 });
});
