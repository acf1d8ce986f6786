import { expect, it } from 'vitest';
import type { Terms } from '../../agreement/agreement.ts';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import { initialState, NO_STUDY, type PartyState } from './state.ts';
import { readStudyFile, studyFileOf, studyJson } from './study-file.ts';
import { studyMissing, studyOf, studySentences } from './study-words.ts';

const COLUMNS = [
  plainColumn('surname'),
  plainColumn('ward'),
  plainColumn('weight', { settings: { missing: ['-9'], decimalMark: ',' } }),
];

function stateOf(role: PartyState['role'], change: Partial<PartyState> = {}): PartyState {
  return {
    ...initialState(role),
    file: {
      kind: 'ready',
      summary: {
        ...plainTable(COLUMNS, 8713),
        name: 'secret-file.csv',
        bytes: 4711,
        preview: [['Quimby', 'North', '71']],
      },
    },
    uses: ['name', 'group', 'average'],
    payloads: { 2: { minimum: 20, maximum: 200, decimals: 1, problems: [], missing: 12 } },
    groups: { 1: { kind: 'ready', labels: [{ label: 'North', rows: 99 }] } },
    study: { ...NO_STUDY, title: 'Falls', until: '2027-03-31' },
    cleaning: { steps: [{ kind: 'range', column: 'weight', minimum: 2 }], effects: [], busy: false },
    ...change,
  };
}

it('holds columns, ranges, rules and words, and nothing of rows, labels, counts, keys or links', () => {
  const state = stateOf('owner', {
    room: { link: 'https://example.org/#room=s3cret', opened: false, state: { kind: 'waiting' } },
  });
  const text = studyJson(state);
  expect(readStudyFile(text, 'owner')).toEqual({
    file: 'blindjoin-study',
    version: 1,
    role: 'owner',
    study: { title: 'Falls', until: '2027-03-31' },
    columns: [
      { name: 'surname', use: 'name' },
      { name: 'ward', use: 'group' },
      {
        name: 'weight',
        use: 'average',
        settings: { missing: ['-9'], decimalMark: ',' },
        range: { minimum: 20, maximum: 200, decimals: 1 },
      },
    ],
    cleaning: [{ kind: 'range', column: 'weight', minimum: 2 }],
    rules: state.rules,
  });
  for (const secret of ['Quimby', 'North', 'secret-file', '8713', '4711', 's3cret', '"rows"', '"labels"'])
    expect(text).not.toContain(secret);
});

it('keeps the edges of ranges, and is not saved while they are wrong', () => {
  const ranged = stateOf('owner', { ranges: { 1: ' ', 2: '20, 50;200' } });
  expect(studyFileOf(ranged).columns.map(({ edges }) => edges)).toEqual([undefined, undefined, [20, 50, 200]]);
  expect(() => studyFileOf(stateOf('owner', { ranges: { 2: '50, 20' } }))).toThrow('smallest edge first');
});

it('keeps where the researcher finds the owner’s fields', () => {
  const terms = {
    fields: [
      { name: 'family', type: 'name' },
      { name: 'zip', type: 'code' },
      { name: 'sex', type: 'category' },
    ],
  } as Terms;
  const state = stateOf('researcher', {
    negotiation: { terms, builds: { here: undefined }, acceptedHere: false, acceptedThere: false },
    fieldColumns: [0, null, undefined],
    showMatchesFirst: true,
  });
  expect(studyFileOf(state)).toMatchObject({ places: { family: 'surname', zip: null }, showMatchesFirst: true });
  expect(studyFileOf(state)).not.toHaveProperty('rules');
});

it('says why a file is none', () => {
  const good = JSON.parse(studyJson(stateOf('owner')));
  expect(readStudyFile('{', 'owner')).toContain('no JSON');
  expect(readStudyFile(JSON.stringify(good), 'researcher')).toContain('data owner’s');
  const bad = [
    { ...good, version: 2 },
    { ...good, rows: [['Quimby']] },
    { ...good, columns: [{ name: 'a', use: 'burn' }] },
    { ...good, columns: [{ name: 'a', use: 'average', range: { minimum: 2, maximum: 1, decimals: 0 } }] },
    { ...good, rules: { ...good.rules, minimumGroupSize: 1 } },
    { ...good, places: { length: { toString: 1 } } },
    [],
    null,
  ];
  for (const file of bad)
    expect(readStudyFile(JSON.stringify(file), 'owner'), JSON.stringify(file)).toContain('no study file');
  const unfinished = stateOf('owner');
  expect(() => studyFileOf({ ...unfinished, rules: { ...unfinished.rules, bands: Number.NaN } })).toThrow(
    'cannot be saved yet',
  );
});

it('says nothing of a study without words, and asks for a change of words that cannot be sent', () => {
  expect(studyOf(NO_STUDY)).toBeUndefined();
  expect(studyOf({ ...NO_STUDY, purpose: '  ' })).toBeUndefined();
  expect(studyMissing({ ...NO_STUDY, title: 'Falls' })).toEqual([]);
  expect(studyMissing({ ...NO_STUDY, until: '2026-02-30' })[0]).toContain('“Holds until”');
});

it('tells both sides’ words, apart where they differ', () => {
  const agreement = {
    terms: { study: { title: 'Falls', approval: '12/26', organisation: 'Registry', until: '2027-03-31' } },
    list: { study: { title: 'Falls', approval: 'EK 7', until: '2027-01-31' } },
  } as Parameters<typeof studySentences>[0];
  expect(studySentences(agreement)).toEqual([
    'Study: “Falls”.',
    'The data owner’s organisation: Registry.',
    'Approval, as the data owner says: 12/26.',
    'Approval, as the researcher says: EK 7.',
    'No run under this agreement begins after 31 January 2027.',
  ]);
});
