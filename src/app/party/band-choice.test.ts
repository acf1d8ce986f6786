import { expect, it } from 'vitest';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import { Store } from '../ui/store.ts';
import { BandChoice, keepNumberOfFile, suggestedBands } from './band-choice.ts';
import type { DataHandle } from './services.ts';
import { initialState, type PartyState } from './state.ts';

/** A file of 100 rows: another object each time, as another file of the same name and length is. */
function stateOf(): PartyState {
  const state = initialState('owner');
  const file = { kind: 'ready' as const, summary: plainTable([plainColumn('surname')], 100) };
  return { ...state, file, uses: ['name'], rules: { ...state.rules, bandsByPage: true } };
}

/** Suggests one band more each time that it is asked. */
function countingData() {
  let asked = 0;
  const api = {
    bindFields: async () => {},
    suggestBands: async () => ({ bands: ++asked, agreeingBands: 1, reason: 'rows' }),
  };
  return { data: { api, close: () => {} } as unknown as DataHandle, asked: () => asked };
}

it('the numbers of bands of one file are searched for once, and anew for another of its name and length', async () => {
  const { data, asked } = countingData();
  const first = stateOf();
  const same = { ...first, rules: { ...first.rules } };
  expect([(await suggestedBands(data, first)).bands, (await suggestedBands(data, same)).bands]).toEqual([1, 1]);
  expect((await suggestedBands(data, stateOf())).bands).toBe(2);
  expect(asked()).toBe(2);
});

it('the page decides anew for another file of the same name and length', async () => {
  const { data } = countingData();
  const first = stateOf();
  const store = new Store<PartyState>(first);
  const choice = new BandChoice(store, data);
  expect((await choice.decide(first)).rules.bands).toBe(1);
  expect((await choice.decide(store.getSnapshot())).rules.bands).toBe(1);
  store.update({ file: stateOf().file });
  expect((await choice.decide(store.getSnapshot())).rules.bands).toBe(2);
});

it('a file described in another language keeps its number of bands', async () => {
  const { data } = countingData();
  const [first, again] = [stateOf(), stateOf()];
  if (first.file.kind !== 'ready' || again.file.kind !== 'ready') throw new Error('no file');
  expect((await suggestedBands(data, first)).bands).toBe(1);
  keepNumberOfFile(first.file.summary, again.file.summary);
  expect((await suggestedBands(data, again)).bands).toBe(1);
});
