import { describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { meet, parties } from '../../testing/two-parties.ts';
import type { Party } from './party.ts';
import { studyJson } from './study-file.ts';

describe('a study', () => {
  it('that was saved takes the next run to the Connect step by itself, on both sides', async () => {
    const first = parties();
    await meet(first);
    first.owner.setPayload(2, { minimum: 30, maximum: 150, decimals: 1 });
    first.owner.setRules({ minimumGroupSize: 12, bandsByPage: false, bands: 40 });
    first.owner.setStudy({ title: 'Falls' });
    first.researcher.setFieldColumn(0, null);
    const saved = (party: Party) => new Blob([studyJson(party.getSnapshot())]);

    const next = parties();
    await next.owner.openStudy(saved(first.owner));
    await next.researcher.openStudy(saved(first.researcher));
    for (const party of [next.owner, next.researcher]) await party.loadFile(new File(['x'], 'people.csv'));
    await eventually(() => expect(next.owner.getSnapshot().step).toBe(3));
    expect(next.owner.getSnapshot()).toMatchObject({
      uses: ['name', 'group', 'average'],
      payloads: { 2: { minimum: 30, maximum: 150, decimals: 1, missing: 0 } },
      rules: { minimumGroupSize: 12, bandsByPage: false, bands: 40 },
      study: { title: 'Falls' },
    });
    expect(next.researcher.getSnapshot().step).toBe(3);
    void next.owner.createRoom();
    void next.researcher.openRoom('#/researcher?room=x');
    await eventually(() => expect(next.researcher.getSnapshot().negotiation?.terms?.study).toEqual({ title: 'Falls' }));
    expect(next.researcher.getSnapshot().fieldColumns).toEqual([null]);
  });

  it('that names a column which the file lacks stays where it is and says so', async () => {
    const { owner } = parties();
    await owner.loadFile(new File(['x'], 'people.csv'));
    const text = studyJson(owner.getSnapshot()).replace('"surname"', '"last name"');
    await owner.openStudy(new Blob([text]));
    expect(owner.getSnapshot()).toMatchObject({ step: 0, uses: ['ignore', 'group', 'average'] });
    expect(owner.getSnapshot().studyProblems[0]).toContain('“last name”, which this file does not have');
    await owner.openStudy(new Blob(['{']));
    expect(owner.getSnapshot().studyProblems[0]).toContain('no JSON');
  });

  it('whose last day is over makes no agreement, and the owner’s ledger lets no run begin', async () => {
    const all = parties();
    all.researcher.setStudy({ until: '2020-01-01' });
    for (const party of [all.owner, all.researcher]) await party.loadFile(new File(['x'], 'people.csv'));
    await eventually(() => expect(all.owner.getSnapshot().payloads[2]?.missing).toBe(0));
    await eventually(() => expect(all.owner.getSnapshot().groups[1]?.kind).toBe('ready'));
    for (const party of [all.owner, all.researcher]) party.goTo(3);
    void all.owner.createRoom();
    void all.researcher.openRoom('#/researcher?room=x');
    for (const party of [all.owner, all.researcher]) {
      await eventually(() => expect(party.getSnapshot().negotiation?.problem).toContain('holds until 2020-01-01'));
      expect(party.getSnapshot().negotiation?.agreement).toBeUndefined();
    }
  });
});
