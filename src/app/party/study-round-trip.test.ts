import { describe, expect, it } from 'vitest';
import { DataWorker } from '../../workers/data-worker.ts';
import { Store } from '../ui/store.ts';
import { columnsOf } from './bindings.ts';
import { FileController } from './file-controller.ts';
import type { DataHandle } from './services.ts';
import { initialState, type PartyState } from './state.ts';
import { StudyController } from './study-controller.ts';
import { readStudyFile, studyFileOf, studyJson } from './study-file.ts';

const ROWS = Array.from({ length: 40 }, (_, i) => {
  const name = `${'anna bert carl dora emil'.split(' ')[i % 5]}${'klmnop'[i % 6]}`;
  return `${name};${1950 + i};${1 + (i % 12)};${1 + (i % 28)};${i % 9 === 0 ? 'vci' : 'vic'};${i % 7 === 0 ? '-9' : `${20 + i},5`}`;
});
const TEXT = ['made by hand', 'surname;by;bm;bd;state;score', ...ROWS].join('\n');

/** One side with a worker of its own, in this thread. */
function side(role: PartyState['role']) {
  const store = new Store<PartyState>(initialState(role));
  const data = { api: new DataWorker(), close: () => {} } as unknown as DataHandle;
  const files = new FileController(store, data);
  const study = new StudyController(store, files);
  const uses = () =>
    Object.fromEntries(
      columnsOf(store.getSnapshot()).map(({ name }, column) => [name, store.getSnapshot().uses[column]]),
    );
  const load = (options = {}) => {
    store.update({ csvOptions: options });
    return files.load(new File([TEXT], 'people.csv'), options);
  };
  return { store, files, study, uses, load };
}

const DATE = { kind: 'date', column: 'date of birth', year: 'by', month: 'bm', day: 'bd' } as const;

describe('three columns of one date', () => {
  it('are seen, joined, and apart again when that is undone', async () => {
    const { store, files, uses, load } = side('owner');
    await load();
    const before = uses();
    expect(before).toMatchObject({ by: 'code', bm: 'category', bd: 'category' });
    expect(store.getSnapshot().file).toMatchObject({ summary: { dateParts: { year: 'by', month: 'bm', day: 'bd' } } });
    await files.setCleaning([DATE]);
    expect(uses()).toEqual({ ...before, by: 'ignore', bm: 'ignore', bd: 'ignore', 'date of birth': 'date' });
    expect(store.getSnapshot().cleaning.effects).toEqual([{ changed: 40 }]);
    await files.setCleaning([]);
    expect(uses()).toEqual(before);
  });

  it('keep where the researcher placed fields, and lose a place that is gone', async () => {
    const { store, files, load } = side('researcher');
    await load();
    store.update({ fieldColumns: [0, null, undefined] });
    await files.setCleaning([DATE]);
    const column = columnsOf(store.getSnapshot()).length - 1;
    store.update({ fieldColumns: [0, null, column] });
    await files.setCleaning([{ kind: 'year', column: 'year', of: 'by' }, DATE]);
    expect(store.getSnapshot().fieldColumns).toEqual([0, null, column + 1]);
    await files.setCleaning([]);
    expect(store.getSnapshot().fieldColumns).toEqual([0, null, undefined]);
  });
});

it('takes a decision about values for none back', async () => {
  const { store, files, load } = side('owner');
  await load();
  const before = columnsOf(store.getSnapshot())[5];
  await files.decideColumn(5, { missing: ['-9', '20,5'] });
  expect(columnsOf(store.getSnapshot())[5]).toMatchObject({ settings: { missing: ['-9', '20,5'] } });
  await files.decideColumn(5, { missing: undefined });
  expect(columnsOf(store.getSnapshot())[5]).toEqual(before);
});

describe.each(['owner', 'researcher'] as const)('the study file of the %s', (role) => {
  it('brings back how the file is read, its cleaning and its columns', async () => {
    const first = side(role);
    await first.load({ skip: 1, encoding: 'utf-8' });
    await first.files.decideColumn(5, { missing: ['-9'] });
    await first.files.setCleaning([
      DATE,
      { kind: 'merge', column: 'state', from: ['vci'], into: 'vic' },
      { kind: 'range', column: 'score', minimum: 30 },
      { kind: 'rows', column: 'surname', comparison: 'contains', values: ['a'] },
    ]);
    await first.files.decideColumn(6, { lastYear: 2020 });
    first.files.setUses([5], role === 'owner' ? 'average' : 'group');
    const saved = studyJson(first.store.getSnapshot());
    const read = readStudyFile(saved, role);
    if (typeof read === 'string') throw new Error(read);
    expect(read.options).toEqual({ skip: 1, encoding: 'utf-8' });

    const second = side(role);
    expect(await second.study.open(new Blob([saved]))).toBe(true);
    await second.load(second.study.csvOptions);
    expect(await second.study.apply()).toBe(true);
    expect(second.uses()).toEqual(first.uses());
    expect(second.store.getSnapshot().cleaning).toEqual(first.store.getSnapshot().cleaning);
    expect(columnsOf(second.store.getSnapshot())).toEqual(columnsOf(first.store.getSnapshot()));
    expect(studyFileOf(second.store.getSnapshot())).toEqual(studyFileOf(first.store.getSnapshot()));
  });

  it('asks for the file to be read anew where it was read otherwise', async () => {
    const { study, load } = side(role);
    const file = { file: 'blindjoin-study', version: 1, role, study: {}, columns: [], options: { delimiter: ',' } };
    await study.open(new Blob([JSON.stringify(file)]));
    expect(study.readsAnew()).toBe(false);
    await load();
    expect(study.readsAnew()).toBe(true);
    await load(study.csvOptions);
    expect(study.readsAnew()).toBe(false);
  });
});
