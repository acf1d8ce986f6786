import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChannelClosed } from '../../channel/channel.ts';
import { eventually } from '../../testing/eventually.ts';
import { begin, meet, parties } from '../../testing/two-parties.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Longer than progress waits before it is shown, milliseconds. */
const SHOWN_BY_MS = 2_000;

describe('two parties', () => {
  it('go from file to result, the researcher’s columns bound to the owner’s fields', async () => {
    const all = parties();
    await meet(all);
    expect(all.researcher.getSnapshot().fieldColumns).toEqual([0]);
    await eventually(() =>
      expect(all.researcher.getSnapshot().matchProblems).toMatchObject([{ message: 'Checked surname.' }]),
    );
    expect(all.owner.getSnapshot().negotiation?.list?.emptyShares).toEqual([0.25]);
    await all.owner.accept();
    await all.researcher.accept();
    await eventually(() => expect(all.researcher.getSnapshot().run.kind).toBe('result'));
    await eventually(() => expect(all.owner.getSnapshot().run.kind).toBe('outcome'));
    expect(all.bound.researcher.at(-1)).toEqual([{ name: 'surname', type: 'name', column: 0 }]);
    expect(all.run.rowsWithKey).toBe(117);
    expect(all.owner.getSnapshot().step).toBe(4);
    all.owner.back();
    expect(all.owner.getSnapshot().step).toBe(4);
  });

  it.each([
    ['code', { digits: 5 }],
    ['date', { dateOrder: 'mdy' }],
  ] as const)(
    'agree on how the owner’s values of a %s are written, and the researcher’s are read so',
    async (type, said) => {
      const all = parties();
      await meet(all);
      all.owner.goTo(1);
      all.owner.setUse(0, type);
      all.owner.goTo(3);
      const field = { name: 'surname', type, ...said };
      await eventually(() => expect(all.researcher.getSnapshot().negotiation?.terms?.fields).toEqual([field]));
      await eventually(() => expect(all.bound.researcher.at(-1)).toEqual([{ ...field, column: 0 }]));
    },
  );

  it('take cleaning steps, count anew what depended on the values, and undo one by leaving it out', async () => {
    const { owner } = parties();
    await owner.loadFile(new File(['x'], 'people.csv'));
    await eventually(() => expect(owner.getSnapshot().groups[1]?.kind).toBe('ready'));
    const rows = { kind: 'rows', column: 'ward', comparison: 'filled', values: [] } as const;
    const blanks = { kind: 'blanks', column: 'ward' } as const;
    const cleaning = owner.setCleaning([rows, blanks]);
    expect(owner.getSnapshot().cleaning.busy).toBe(true);
    owner.goTo(2);
    expect(owner.getSnapshot().missing).toEqual(['Wait until the values have been cleaned.']);
    await cleaning;
    expect(owner.getSnapshot().cleaning).toEqual({
      steps: [rows, blanks],
      effects: [{ changed: 5 }, { changed: 5 }],
      busy: false,
    });
    await eventually(() => expect(owner.getSnapshot().groups[1]?.kind).toBe('ready'));
    await owner.setCleaning([blanks]);
    expect(owner.getSnapshot().cleaning.steps).toEqual([blanks]);
    await owner.loadFile(new File(['x'], 'others.csv'));
    expect(owner.getSnapshot().cleaning.steps).toEqual([]);
  });

  it('wait for a researcher who wants to see their matches first, and for no other', async () => {
    const all = parties();
    await meet(all);
    all.researcher.setShowMatchesFirst(true);
    await all.owner.accept();
    await all.researcher.accept();
    await eventually(() => expect(all.researcher.getSnapshot().run).toMatchObject({ choosing: { threshold: 0 } }));
    all.researcher.askForTable(7);
    await eventually(() => expect(all.researcher.getSnapshot().run.kind).toBe('result'));
    expect(all.researcher.getSnapshot().run).toMatchObject({ result: { scores: { threshold: 7 } } });
  });

  it('show nothing of an earlier run in the next one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const all = parties();
    await begin(all);
    await eventually(() => expect(all.researcher.getSnapshot().run.kind).toBe('result'));

    all.startAgain();
    all.run.researcherBegins = new Promise(() => {});
    await begin(all);
    await eventually(() => expect(all.researcher.getSnapshot().run.kind).toBe('running'));
    await vi.advanceTimersByTimeAsync(SHOWN_BY_MS);
    expect(all.researcher.getSnapshot().run).toMatchObject({ stages: { linkage: { done: 0 }, table: { done: 0 } } });
  });

  it('write a run into the owner’s ledger before it starts, and refuse the next one beyond its limit on both sides', async () => {
    const all = parties();
    await all.owner.loadFile(new File(['x'], 'people.csv'));
    await all.owner.setLimit({ runs: 1, days: 30 });
    await begin(all);
    await eventually(() => expect(all.owner.getSnapshot().run.kind).toBe('outcome'));
    expect(all.run.ledgerAtStart).toMatchObject({ standing: { counted: 1, runs: [{ ending: undefined }] } });
    expect(all.owner.getSnapshot().ledger).toMatchObject({ standing: { runs: [{ ending: 'finished' }] } });
    expect(all.researcher.getSnapshot().ledger).toBeUndefined();

    const again = parties(all.ledger);
    await meet(again);
    await again.researcher.accept();
    await again.owner.accept();
    await eventually(() => expect(again.researcher.getSnapshot().run.kind).toBe('ended'));
    expect(again.owner.getSnapshot().run).toMatchObject({
      ending: { title: 'Your limit for this file is reached', message: expect.stringContaining('1 run in 30 days') },
    });
    expect(again.researcher.getSnapshot().run).toMatchObject({
      ending: { title: 'The data owner’s limit is reached' },
    });
  });

  it('start no run whose place under the limit another tab has taken since both accepted', async () => {
    const first = parties();
    await first.owner.loadFile(new File(['x'], 'people.csv'));
    await first.owner.setLimit({ runs: 1, days: 30 });
    const second = parties(first.ledger);
    for (const all of [first, second]) {
      await meet(all);
      await all.owner.accept();
    }
    await first.researcher.accept();
    await eventually(() => expect(first.owner.getSnapshot().run.kind).toBe('outcome'));
    await second.researcher.accept();
    const ending = { title: 'Your limit for this file is reached' };
    await eventually(() => expect(second.owner.getSnapshot().run).toMatchObject({ ending }));
    await eventually(() => expect(second.owner.getSnapshot().ledger).toMatchObject({ standing: { counted: 1 } }));
    // Until both are in the next room, a run that had started all the same would have been counted.
    second.startAgain();
    await meet(second);
    expect(second.run.owners).toBe(0);
  });

  it('prepare the owner’s keys before anybody has come, and use them again in the next room', async () => {
    const { owner, bound } = parties();
    await owner.loadFile(new File(['x'], 'people.csv'));
    owner.goTo(3);
    void owner.createRoom();
    await eventually(() => expect(owner.getSnapshot().keysPrepared).toEqual({ done: 8, bands: 8 }));
    const boundBefore = bound.owner.length;
    owner.startAgain();
    void owner.createRoom();
    await eventually(() => expect(owner.getSnapshot().room).toBeDefined());
    expect(bound.owner).toHaveLength(boundBefore);
    expect(owner.getSnapshot().keysPrepared).toEqual({ done: 8, bands: 8 });
  });

  it('take an acceptance back by going back, and propose anew what was changed', async () => {
    const { owner, researcher } = parties();
    await meet({ owner, researcher });
    await owner.accept();
    await eventually(() => expect(researcher.getSnapshot().negotiation?.acceptedThere).toBe(true));
    owner.back();
    await eventually(() => expect(researcher.getSnapshot().negotiation?.acceptedThere).toBe(false));
    owner.setRules({ minimumGroupSize: 20 });
    owner.next();
    await eventually(() => expect(researcher.getSnapshot().negotiation?.terms?.minimumGroupSize).toBe(20));
    expect(researcher.getSnapshot().strataMinimum).toBe(10);
  });

  it('accept no other agreement than the one that was read', async () => {
    const { owner, researcher } = parties();
    await meet({ owner, researcher });
    const read = owner.getSnapshot().negotiation?.hash;
    researcher.setStudy({ title: 'Another' });
    researcher.back();
    researcher.next();
    await eventually(() => expect(owner.getSnapshot().negotiation?.hash).not.toBe(read));
    await owner.accept(read);
    expect(owner.getSnapshot().negotiation?.acceptedHere).toBe(false);
    expect(owner.getSnapshot().missing).toEqual([expect.stringContaining('has just changed')]);
    await owner.accept(owner.getSnapshot().negotiation?.hash);
    await eventually(() => expect(researcher.getSnapshot().negotiation?.acceptedThere).toBe(true));
  });

  it('tell both sides who declined and why, and can start again', async () => {
    const { owner, researcher } = parties();
    await meet({ owner, researcher });
    await researcher.decline('Too few groups');
    await eventually(() => expect(owner.getSnapshot().run.kind).toBe('ended'));
    const ending = { title: 'The researcher declined', message: expect.stringContaining('“Too few groups”') };
    expect(owner.getSnapshot().run).toMatchObject({ ending });
    expect(researcher.getSnapshot().run).toMatchObject({ ending: { title: 'You declined' } });
    owner.startAgain();
    expect(owner.getSnapshot()).toMatchObject({ step: 3, room: undefined, run: { kind: 'idle' } });
  });

  it('go on after a reload with what was kept, and leave nothing once there is a result', async () => {
    const all = parties();
    all.run.ownerEnds = new Promise(() => {});
    await begin(all);
    await eventually(() => expect(all.run.owners).toBe(1));
    const before = all.owner.getSnapshot();
    expect(all.kept.discarded).toBe(false);

    all.run.ownerEnds = Promise.resolve();
    const reloaded = all.reloadOwner();
    await reloaded.arrive(undefined);
    await eventually(() => expect(reloaded.getSnapshot().run.kind).toBe('outcome'));
    const { step, uses, payloads, negotiation, run } = reloaded.getSnapshot();
    expect({ step, uses, payloads, negotiation }).toEqual({
      step: 4,
      uses: before.uses,
      payloads: before.payloads,
      negotiation: before.negotiation,
    });
    expect(run).toMatchObject({ outcome: { agreementHash: before.negotiation?.hash } });
    expect(all.bound.owner.at(-1)).toEqual([{ name: 'surname', type: 'name', column: 0 }]);
    expect(await all.kept.names()).toEqual(['page/draft', 'page/party', 'page 1', 'page 2']);
    expect(all.kept.discarded).toBe(true);
  });

  it.each(['while the file is read again', 'on the way back into the room'])(
    'close the ledger’s entry of a run that is cancelled after a reload, %s',
    async (when) => {
      const all = parties();
      all.run.ownerEnds = new Promise(() => {});
      await begin(all);
      await eventually(() => expect(all.run.owners).toBe(1));

      const reloaded = all.reloadOwner(new Promise(() => {}));
      const stop = reloaded.subscribe(() => {
        const { run, room } = reloaded.getSnapshot();
        if (run.kind !== 'running' || (room === undefined && when === 'on the way back into the room')) return;
        stop();
        void reloaded.cancel();
      });
      void reloaded.arrive(undefined);
      await eventually(() =>
        expect(reloaded.getSnapshot().ledger).toMatchObject({ standing: { runs: [{ ending: 'cancelled' }] } }),
      );
      expect(all.run.owners).toBe(1);
      expect(all.kept.discarded).toBe(true);
    },
  );

  it('stay a run in the owner’s ledger, though the other page ends it as one ends what never began', async () => {
    const all = parties();
    all.run.ownerEnds = Promise.reject(new ChannelClosed({ code: 'declined', message: '' }, true));
    all.run.ownerEnds.catch(() => {});
    await begin(all);
    await eventually(() =>
      expect(all.owner.getSnapshot().ledger).toMatchObject({ standing: { runs: [{ ending: 'cancelled' }] } }),
    );
    expect(all.owner.getSnapshot().run).toMatchObject({ ending: { title: 'The researcher cancelled the run' } });
  });

  it('advise the owner how many bands are enough, anew once their columns are others', async () => {
    const { owner } = parties();
    await owner.loadFile(new File(['x'], 'people.csv'));
    owner.goTo(2);
    await eventually(() => expect(owner.getSnapshot().bandAdvice).toMatchObject({ bands: 8 }));
    owner.setRules({ keys: 'p-sig' });
    expect(owner.getSnapshot().bandAdvice).toBeUndefined();
    await eventually(() => expect(owner.getSnapshot().bandAdvice).toBeDefined());
  });

  it('look once for the bands of a file, and tell the owner that it is their page that the other waits for', async () => {
    const all = parties();
    let suggest = () => {};
    all.work.suggesting = new Promise((resolve) => {
      suggest = resolve;
    });
    const { owner, researcher } = all;
    for (const party of [owner, researcher]) await party.loadFile(new File(['x'], 'people.csv'));
    await eventually(() => expect(owner.getSnapshot().groups[1]?.kind).toBe('ready'));
    owner.goTo(2);
    await eventually(() => expect(all.work.suggestions).toBe(1));
    for (const party of [owner, researcher]) party.goTo(3);
    void owner.createRoom();
    void researcher.openRoom('#/researcher?room=x');
    await eventually(() =>
      expect(owner.getSnapshot()).toMatchObject({ negotiation: {}, proposal: { preparing: true } }),
    );
    expect(all.work.suggestions).toBe(1);
    suggest();
    await eventually(() => expect(researcher.getSnapshot().negotiation?.agreement).toBeDefined());
    await eventually(() => expect(owner.getSnapshot().proposal.preparing).toBe(false));
  });

  it('does not go past a step that lacks something', () => {
    const { owner } = parties();
    owner.next();
    expect(owner.getSnapshot()).toMatchObject({ step: 0, missing: [expect.stringContaining('Choose the CSV file')] });
  });
});
