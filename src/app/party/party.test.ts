import type { Remote } from 'comlink';
import { describe, expect, it, vi } from 'vitest';
import { agreementHash } from '../../agreement/agreement.ts';
import type { Channel } from '../../channel/channel.ts';
import { memoryChannelPair } from '../../channel/memory-channel.ts';
import type { BoundField } from '../../keys/match-records.ts';
import { Ledger } from '../../ledger/ledger.ts';
import { memoryStore } from '../../ledger/stores.ts';
import type { Role, Room } from '../../net/room-api.ts';
import type { DataWorkerApi } from '../../protocol/data-port.ts';
import { Negotiation } from '../../protocol/negotiation.ts';
import { MemoryRunStore } from '../../protocol/run-store.ts';
import type { KeptRun } from '../../storage/kept-run.ts';
import { distinctValues } from '../../testing/distinct-values.ts';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import type { SealPool } from '../../workers/seal-pool.ts';
import { Party } from './party.ts';
import type { ConnectedServices, PartyServices } from './services.ts';
import type { PartyState } from './state.ts';
import { studyJson } from './study-file.ts';

const measure = { seconds: 0, bytesSent: 0, bytesReceived: 0 };

/** A file with a name and, for the owner, a group and a number; remembers what it was bound to. */
function fakeData(role: Role, bound: BoundField[][]): DataWorkerApi {
  const guesses = role === 'owner' ? (['name', 'group', 'average'] as const) : (['name'] as const);
  const names = role === 'owner' ? ['surname', 'ward', 'weight'] : ['last name'];
  const range = { minimum: 0, maximum: 100, decimals: 0 };
  const columns = guesses.map((guess, i) => plainColumn(names[i] ?? '', { guess, range }));
  const summary = plainTable(columns, 120);
  return {
    load: async () => summary,
    decideColumn: async (column, settings) => ({ ...(columns[column] ?? plainColumn('')), settings }),
    clean: async (cleaning) => ({ summary: { ...summary }, effects: cleaning.map(() => ({ changed: 5 })) }),
    likelyMerges: async () => [],
    digest: async () => new Uint8Array([1, 2, 3]),
    checkMatchFields: async (fields) =>
      fields.map(({ name }) => ({ kind: 'duplicate-person', count: 1, rows: [7], message: `Checked ${name}.` })),
    checkPayload: async () => ({ problems: [], missing: 0 }),
    labels: async () => [{ label: 'North', rows: 120 }],
    combinationCounts: async () => new Uint32Array(),
    bindFields: async (fields) => {
      bound.push([...fields]);
      return { rows: 120, rowsWithoutKey: 3 };
    },
    designKeys: async (source, seed, bands) => ({
      source,
      seed,
      bands: Array.from({ length: bands }, () => ({ fields: [{ field: 0, picks: [1] }] })),
    }),
    suggestBands: async () => ({
      bands: 8,
      agreeingBands: 2,
      recall: 0.99,
      hardRecall: 0.9,
      lookAlikes: 0,
      reason: 'goal',
    }),
    emptyShares: async () => bound.at(-1)?.map(() => 0.25) ?? [],
    prepareBandKeys: async ({ bands }, onProgress) => onProgress(bands.length),
    bandKeys: async () => new Uint32Array(480),
    listValues: async () => distinctValues(0),
    listStrata: async () => new Uint32Array(120),
    tallyColumns: async () => ({ groups: [], payloads: [] }),
  };
}

const bytes = new Uint8Array([1, 2, 3]);

/** As a page keeps it, but in memory. */
class FakeKept extends MemoryRunStore {
  private file: File | undefined;
  discarded = false;

  async putFile(file: File): Promise<void> {
    this.file = file;
  }
  async getFile(): Promise<File> {
    if (!this.file) throw new Error('no file');
    return this.file;
  }
  async discard(): Promise<void> {
    this.discarded = true;
  }
}

function fakeRoom(role: Role, channel: Channel): Room {
  return {
    role,
    link: `https://example.org/#/${role}?room=x`,
    state: { kind: 'connected', code: ['one', 'two'] },
    onStateChange: () => () => {},
    channel: Promise.resolve(channel),
    keepTrying: () => {},
    giveUp: () => {},
    traffic: { bytesSent: 0, bytesReceived: 0 },
    pass: { role, host: role === 'owner', secret: bytes, binding: { peer: bytes, id: bytes, key: bytes }, code: [] },
    close: () => void channel.close({ code: 'cancelled', message: 'The room was closed.' }),
  };
}

/** Two parties whose runs end at once with an empty result. */
function parties(ledger = new Ledger(memoryStore())) {
  let pair = memoryChannelPair();
  const channelOf = (role: Role) => pair[role === 'owner' ? 0 : 1];
  const bound: Record<Role, BoundField[][]> = { owner: [], researcher: [] };
  const run: {
    rowsWithKey: number;
    ledgerAtStart: PartyState['ledger'];
    owners: number;
    ownerEnds: Promise<void>;
    researcherBegins: Promise<void>;
  } = {
    rowsWithKey: 0,
    ledgerAtStart: undefined,
    owners: 0,
    ownerEnds: Promise.resolve(),
    researcherBegins: Promise.resolve(),
  };
  const kept = new FakeKept();
  const services = (role: Role, returned: Promise<Channel> = Promise.resolve(channelOf(role))): PartyServices => ({
    base: 'https://example.org/',
    version: 'test',
    ledger,
    ...(role === 'owner' && {
      keep: {
        begin: async () => kept as unknown as KeptRun,
        find: async () => (run.owners > 0 ? (kept as unknown as KeptRun) : undefined),
      },
    }),
    openData: () => ({ api: fakeData(role, bound[role]) as unknown as Remote<DataWorkerApi>, close: () => {} }),
    connected: async (): Promise<ConnectedServices> => ({
      createRoom: () => fakeRoom(role, channelOf(role)),
      openRoom: () => fakeRoom(role, channelOf(role)),
      returnToRoom: () => ({ ...fakeRoom(role, channelOf(role)), channel: returned }),
      loadConfig: async () => ({
        signalling: { path: '/signal' },
        iceServers: [],
        reconnectSeconds: 60,
        maxMessageBytes: 1e6,
      }),
      negotiate: (asRole, over) => new Negotiation(asRole, over),
      openPool: () => ({ ready: Promise.resolve(), close: () => {} }) as SealPool,
      runResearcher: async ({ agreement, keys, version, chooseThreshold, onProgress }) => {
        await run.researcherBegins;
        onProgress({ stage: 'table', done: 1, note: 'Finished' });
        run.rowsWithKey = keys.rowsWithKey;
        const counts = { records: keys.rows, recordsWithKey: keys.rowsWithKey, matches: 0 };
        const found = { steps: [], threshold: 0, records: 0 };
        const scores = { ...found, threshold: (await chooseThreshold?.(found)) ?? found.threshold };
        const measures = { linkage: measure, table: measure };
        return {
          agreement,
          agreementHash: agreementHash(agreement),
          rows: [],
          ...counts,
          scores,
          measures,
          finishedAt: '',
          version,
        };
      },
      runOwner: async ({ agreement, keys, version, store }) => {
        run.ledgerAtStart = owner.getSnapshot().ledger;
        run.owners++;
        await store.put(`page ${run.owners}`, { body: {}, blobs: [] });
        await run.ownerEnds;
        return {
          agreement,
          agreementHash: agreementHash(agreement),
          records: keys.rows,
          leftOut: { capped: 0, overflowed: 0 },
          measures: { linkage: measure, table: measure },
          finishedAt: '',
          version,
        };
      },
    }),
  });
  const owner = new Party('owner', services('owner'));
  const researcher = new Party('researcher', services('researcher'));
  /** `channel`: undefined gives the one from before. */
  const reloadOwner = (channel?: Promise<Channel>) => new Party('owner', services('owner', channel));
  /** Both go back to the beginning, and the room that they make next is another. */
  const startAgain = () => {
    for (const party of [owner, researcher]) party.startAgain();
    pair = memoryChannelPair();
  };
  return { owner, researcher, bound, run, ledger, kept, reloadOwner, startAgain };
}

async function meet({ owner, researcher }: { owner: Party; researcher: Party }): Promise<void> {
  for (const party of [owner, researcher]) await party.loadFile(new File(['x'], 'people.csv'));
  await vi.waitFor(() => expect(owner.getSnapshot().payloads[2]?.missing).toBe(0));
  await vi.waitFor(() => expect(owner.getSnapshot().groups[1]?.kind).toBe('ready'));
  for (const party of [owner, researcher]) party.goTo(3);
  void owner.createRoom();
  void researcher.openRoom('#/researcher?room=x');
  await vi.waitFor(() => expect(researcher.getSnapshot().negotiation?.agreement).toBeDefined());
  await vi.waitFor(() => expect(owner.getSnapshot().negotiation?.agreement).toBeDefined());
}

describe('two parties', () => {
  it('go from file to result, the researcher’s columns bound to the owner’s fields', async () => {
    const all = parties();
    await meet(all);
    expect(all.researcher.getSnapshot().fieldColumns).toEqual([0]);
    await vi.waitFor(() =>
      expect(all.researcher.getSnapshot().matchProblems).toMatchObject([{ message: 'Checked surname.' }]),
    );
    expect(all.owner.getSnapshot().negotiation?.list?.emptyShares).toEqual([0.25]);
    await all.owner.accept();
    await all.researcher.accept();
    await vi.waitFor(() => expect(all.researcher.getSnapshot().run.kind).toBe('result'));
    await vi.waitFor(() => expect(all.owner.getSnapshot().run.kind).toBe('outcome'));
    expect(all.bound.researcher.at(-1)).toEqual([{ name: 'surname', type: 'name', column: 0 }]);
    expect(all.run.rowsWithKey).toBe(117);
    expect(all.owner.getSnapshot().step).toBe(4);
    all.owner.back();
    expect(all.owner.getSnapshot().step).toBe(4);
  });

  it('take cleaning steps, count anew what depended on the values, and undo one by leaving it out', async () => {
    const { owner } = parties();
    await owner.loadFile(new File(['x'], 'people.csv'));
    await vi.waitFor(() => expect(owner.getSnapshot().groups[1]?.kind).toBe('ready'));
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
    await vi.waitFor(() => expect(owner.getSnapshot().groups[1]?.kind).toBe('ready'));
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
    await vi.waitFor(() => expect(all.researcher.getSnapshot().run).toMatchObject({ choosing: { threshold: 0 } }));
    all.researcher.askForTable(7);
    await vi.waitFor(() => expect(all.researcher.getSnapshot().run.kind).toBe('result'));
    expect(all.researcher.getSnapshot().run).toMatchObject({ result: { scores: { threshold: 7 } } });
  });

  it('show nothing of an earlier run in the next one', async () => {
    const all = parties();
    await meet(all);
    await all.owner.accept();
    await all.researcher.accept();
    await vi.waitFor(() => expect(all.researcher.getSnapshot().run.kind).toBe('result'));

    all.startAgain();
    all.run.researcherBegins = new Promise(() => {});
    await meet(all);
    await all.owner.accept();
    await all.researcher.accept();
    await vi.waitFor(() => expect(all.researcher.getSnapshot().run.kind).toBe('running'));
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(all.researcher.getSnapshot().run).toMatchObject({ stages: { linkage: { done: 0 }, table: { done: 0 } } });
  });

  it('write a run into the owner’s ledger before it starts, and refuse the next one beyond its limit on both sides', async () => {
    const all = parties();
    await all.owner.loadFile(new File(['x'], 'people.csv'));
    await all.owner.setLimit({ runs: 1, days: 30 });
    await meet(all);
    await all.owner.accept();
    await all.researcher.accept();
    await vi.waitFor(() => expect(all.owner.getSnapshot().run.kind).toBe('outcome'));
    expect(all.run.ledgerAtStart).toMatchObject({ standing: { counted: 1, runs: [{ ending: undefined }] } });
    expect(all.owner.getSnapshot().ledger).toMatchObject({ standing: { runs: [{ ending: 'finished' }] } });
    expect(all.researcher.getSnapshot().ledger).toBeUndefined();

    const again = parties(all.ledger);
    await meet(again);
    await again.researcher.accept();
    await again.owner.accept();
    await vi.waitFor(() => expect(again.researcher.getSnapshot().run.kind).toBe('ended'));
    expect(again.owner.getSnapshot().run).toMatchObject({
      ending: { title: 'Your limit for this file is reached', message: expect.stringContaining('1 run in 30 days') },
    });
    expect(again.researcher.getSnapshot().run).toMatchObject({
      ending: { title: 'The data owner’s limit is reached' },
    });
  });

  it('prepare the owner’s keys before anybody has come, and use them again in the next room', async () => {
    const { owner, bound } = parties();
    await owner.loadFile(new File(['x'], 'people.csv'));
    owner.goTo(3);
    void owner.createRoom();
    await vi.waitFor(() => expect(owner.getSnapshot().keysPrepared).toEqual({ done: 8, bands: 8 }));
    const boundBefore = bound.owner.length;
    owner.startAgain();
    void owner.createRoom();
    await vi.waitFor(() => expect(owner.getSnapshot().room).toBeDefined());
    expect(bound.owner).toHaveLength(boundBefore);
    expect(owner.getSnapshot().keysPrepared).toEqual({ done: 8, bands: 8 });
  });

  it('take an acceptance back by going back, and propose anew what was changed', async () => {
    const { owner, researcher } = parties();
    await meet({ owner, researcher });
    await owner.accept();
    await vi.waitFor(() => expect(researcher.getSnapshot().negotiation?.acceptedThere).toBe(true));
    owner.back();
    await vi.waitFor(() => expect(researcher.getSnapshot().negotiation?.acceptedThere).toBe(false));
    owner.setRules({ minimumGroupSize: 20 });
    owner.next();
    await vi.waitFor(() => expect(researcher.getSnapshot().negotiation?.terms?.minimumGroupSize).toBe(20));
  });

  it('tell both sides who declined, and can start again', async () => {
    const { owner, researcher } = parties();
    await meet({ owner, researcher });
    await researcher.decline();
    await vi.waitFor(() => expect(owner.getSnapshot().run.kind).toBe('ended'));
    expect(owner.getSnapshot().run).toMatchObject({ ending: { title: 'The researcher declined' } });
    expect(researcher.getSnapshot().run).toMatchObject({ ending: { title: 'You declined' } });
    owner.startAgain();
    expect(owner.getSnapshot()).toMatchObject({ step: 3, room: undefined, run: { kind: 'idle' } });
  });

  it('go on after a reload with what was kept, and leave nothing once there is a result', async () => {
    const all = parties();
    all.run.ownerEnds = new Promise(() => {});
    await meet(all);
    await all.owner.accept();
    await all.researcher.accept();
    await vi.waitFor(() => expect(all.run.owners).toBe(1));
    const before = all.owner.getSnapshot();
    expect(all.kept.discarded).toBe(false);

    all.run.ownerEnds = Promise.resolve();
    const reloaded = all.reloadOwner();
    await reloaded.arrive(undefined);
    await vi.waitFor(() => expect(reloaded.getSnapshot().run.kind).toBe('outcome'));
    const { step, uses, payloads, negotiation, run } = reloaded.getSnapshot();
    expect({ step, uses, payloads, negotiation }).toEqual({
      step: 4,
      uses: before.uses,
      payloads: before.payloads,
      negotiation: before.negotiation,
    });
    expect(run).toMatchObject({ outcome: { agreementHash: before.negotiation?.hash } });
    expect(all.bound.owner.at(-1)).toEqual([{ name: 'surname', type: 'name', column: 0 }]);
    expect(await all.kept.names()).toEqual(['page/party', 'page 1', 'page 2']);
    expect(all.kept.discarded).toBe(true);
  });

  it.each(['while the file is read again', 'on the way back into the room'])(
    'close the ledger’s entry of a run that is cancelled after a reload, %s',
    async (when) => {
      const all = parties();
      all.run.ownerEnds = new Promise(() => {});
      await meet(all);
      await all.owner.accept();
      await all.researcher.accept();
      await vi.waitFor(() => expect(all.run.owners).toBe(1));

      const reloaded = all.reloadOwner(new Promise(() => {}));
      const stop = reloaded.subscribe(() => {
        const { run, room } = reloaded.getSnapshot();
        if (run.kind !== 'running' || (room === undefined && when === 'on the way back into the room')) return;
        stop();
        void reloaded.cancel();
      });
      void reloaded.arrive(undefined);
      await vi.waitFor(() =>
        expect(reloaded.getSnapshot().ledger).toMatchObject({ standing: { runs: [{ ending: 'cancelled' }] } }),
      );
      expect(all.run.owners).toBe(1);
      expect(all.kept.discarded).toBe(true);
    },
  );

  it('advise the owner how many bands are enough, anew once their columns are others', async () => {
    const { owner } = parties();
    await owner.loadFile(new File(['x'], 'people.csv'));
    owner.goTo(2);
    await vi.waitFor(() => expect(owner.getSnapshot().bandAdvice).toMatchObject({ bands: 8 }));
    owner.setRules({ keys: 'p-sig' });
    expect(owner.getSnapshot().bandAdvice).toBeUndefined();
    await vi.waitFor(() => expect(owner.getSnapshot().bandAdvice).toBeDefined());
  });

  it('does not go past a step that lacks something', () => {
    const { owner } = parties();
    owner.next();
    expect(owner.getSnapshot()).toMatchObject({ step: 0, missing: [expect.stringContaining('Choose the CSV file')] });
  });
});

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
    await vi.waitFor(() => expect(next.owner.getSnapshot().step).toBe(3));
    expect(next.owner.getSnapshot()).toMatchObject({
      uses: ['name', 'group', 'average'],
      payloads: { 2: { minimum: 30, maximum: 150, decimals: 1, missing: 0 } },
      rules: { minimumGroupSize: 12, bandsByPage: false, bands: 40 },
      study: { title: 'Falls' },
    });
    expect(next.researcher.getSnapshot().step).toBe(3);
    void next.owner.createRoom();
    void next.researcher.openRoom('#/researcher?room=x');
    await vi.waitFor(() => expect(next.researcher.getSnapshot().negotiation?.terms?.study).toEqual({ title: 'Falls' }));
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
    await vi.waitFor(() => expect(all.owner.getSnapshot().payloads[2]?.missing).toBe(0));
    await vi.waitFor(() => expect(all.owner.getSnapshot().groups[1]?.kind).toBe('ready'));
    for (const party of [all.owner, all.researcher]) party.goTo(3);
    void all.owner.createRoom();
    void all.researcher.openRoom('#/researcher?room=x');
    for (const party of [all.owner, all.researcher]) {
      await vi.waitFor(() => expect(party.getSnapshot().negotiation?.problem).toContain('holds until 2020-01-01'));
      expect(party.getSnapshot().negotiation?.agreement).toBeUndefined();
    }
  });
});
