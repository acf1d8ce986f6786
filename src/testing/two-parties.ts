/** Two parties on one page over a channel in memory: their files are made up, and their runs end at once with an empty result. */
import type { Remote } from 'comlink';
import { expect } from 'vitest';
import { agreementHash } from '../agreement/agreement.ts';
import { Party } from '../app/party/party.ts';
import type { ConnectedServices, PartyServices } from '../app/party/services.ts';
import type { PartyState } from '../app/party/state.ts';
import type { Channel } from '../channel/channel.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import type { BoundField } from '../keys/bound-field.ts';
import { Ledger } from '../ledger/ledger.ts';
import { memoryStore } from '../ledger/stores.ts';
import type { Role, Room } from '../net/room-api.ts';
import type { DataWorkerApi } from '../protocol/data-port.ts';
import { Negotiation } from '../protocol/negotiation.ts';
import { MemoryRunStore } from '../protocol/run-store.ts';
import type { KeptRun } from '../storage/kept-run.ts';
import { t } from '../words/translate.ts';
import type { SealPool } from '../workers/seal-pool.ts';
import { distinctValues } from './distinct-values.ts';
import { eventually } from './eventually.ts';
import { plainColumn, plainTable } from './plain-table.ts';

/** As a data worker says it, in the language that is spoken then. */
export const CHECKED: string = 'Checked {{name}}.';

const measure = { seconds: 0, bytesSent: 0, bytesReceived: 0 };

/** A file with a name and, for the owner, a group and a number; remembers what it was bound to. */
function fakeData(role: Role, bound: BoundField[][], busy: () => Promise<void>): DataWorkerApi {
  const guesses = role === 'owner' ? (['name', 'group', 'average'] as const) : (['name'] as const);
  const names = role === 'owner' ? ['surname', 'ward', 'weight'] : ['last name'];
  const range = { minimum: 0, maximum: 100, decimals: 0 };
  const columns = guesses.map((guess, i) => plainColumn(names[i] ?? '', { guess, range, digits: 5, dateOrder: 'mdy' }));
  const summary = plainTable(columns, 120);
  return {
    load: async () => summary,
    decideColumn: async (column, settings) => ({ ...(columns[column] ?? plainColumn('')), settings }),
    clean: async (cleaning) => ({ summary: { ...summary }, effects: cleaning.map(() => ({ changed: 5 })) }),
    likelyMerges: async () => [],
    digest: async () => new Uint8Array([1, 2, 3]),
    checkMatchFields: async (fields) =>
      fields.map(({ name }) => ({ kind: 'duplicate-person', count: 1, rows: [7], message: t(CHECKED, { name }) })),
    checkPayload: async () => ({ problems: [], missing: 0 }),
    labels: async () => [{ label: 'North', rows: 120 }],
    equalParts: async () => [0, 50, 100],
    combinationCounts: async () => new Uint32Array(),
    bindFields: async (fields) => {
      bound.push([...fields]);
    },
    keyedRows: async () => ({ rows: 120, rowsWithKey: 117 }),
    designKeys: async (source, seed, bands) => ({
      source,
      seed,
      bands: Array.from({ length: bands }, () => ({ fields: [{ field: 0, picks: [1] }] })),
    }),
    suggestBands: async () => {
      await busy();
      return { bands: 8, agreeingBands: 2, recall: 0.99, hardRecall: 0.9, lookAlikes: 0, reason: 'goal' };
    },
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
  #file: File | undefined;
  begun = false;
  discarded = false;

  async putFile(file: File): Promise<void> {
    this.#file = file;
  }
  async getFile(): Promise<File> {
    if (!this.#file) throw new Error('no file');
    return this.#file;
  }
  async keepFor(): Promise<void> {}
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
    pass: {
      role,
      host: role === 'owner',
      secret: bytes,
      met: { binding: { peer: bytes, id: bytes, key: bytes }, code: [] },
    },
    close: () => void channel.close({ code: 'cancelled', message: 'The room was closed.' }),
  };
}

/** What a test looks at in the runs, and what it holds them up with. */
class FakeRuns {
  rowsWithKey = 0;
  ledgerAtStart: PartyState['ledger'];
  owners = 0;
  ownerEnds: Promise<void> = Promise.resolve();
  researcherBegins: Promise<void> = Promise.resolve();

  readonly #owner: () => Party;

  constructor(owner: () => Party) {
    this.#owner = owner;
  }

  readonly runResearcher: ConnectedServices['runResearcher'] = async (input) => {
    const { agreement, keys, version, chooseThreshold, onProgress } = input;
    await this.researcherBegins;
    onProgress({ stage: 'table', done: 1, note: 'Finished' });
    this.rowsWithKey = keys.rowsWithKey;
    const found = { steps: [], threshold: 0, records: 0 };
    return {
      agreement,
      agreementHash: agreementHash(agreement),
      rows: [],
      records: keys.rows,
      recordsWithKey: keys.rowsWithKey,
      matches: 0,
      scores: { ...found, threshold: (await chooseThreshold?.(found)) ?? found.threshold },
      measures: { linkage: measure, table: measure },
      finishedAt: '',
      version,
    };
  };

  readonly runOwner: ConnectedServices['runOwner'] = async ({ agreement, keys, version, store }) => {
    this.ledgerAtStart = this.#owner().getSnapshot().ledger;
    this.owners++;
    await store.put(`page ${this.owners}`, { body: {}, blobs: [] });
    await this.ownerEnds;
    return {
      agreement,
      agreementHash: agreementHash(agreement),
      records: keys.rows,
      leftOut: { capped: 0, overflowed: 0 },
      measures: { linkage: measure, table: measure },
      finishedAt: '',
      version,
    };
  };
}

/** What a page has once it is connected. `returned`: the channel of whoever comes back after a reload. */
function fakeConnection(role: Role, run: FakeRuns, channel: () => Channel, returned?: Promise<Channel>) {
  return async (): Promise<ConnectedServices> => ({
    createRoom: () => fakeRoom(role, channel()),
    openRoom: () => fakeRoom(role, channel()),
    returnToRoom: () => ({ ...fakeRoom(role, channel()), channel: returned ?? Promise.resolve(channel()) }),
    loadConfig: async () => ({
      signalling: { path: '/signal' },
      iceServers: [],
      reconnectSeconds: 60,
      maxMessageBytes: 1e6,
    }),
    negotiate: (asRole, over, limit) => new Negotiation(asRole, over, { limit }),
    openPool: () => ({ ready: Promise.resolve(), close: () => {} }) as SealPool,
    runResearcher: run.runResearcher,
    runOwner: run.runOwner,
  });
}

/** The two, what their files were bound to, and their runs. */
export function parties(ledger = new Ledger(memoryStore())) {
  let pair = memoryChannelPair();
  const bound: Record<Role, BoundField[][]> = { owner: [], researcher: [] };
  const run = new FakeRuns(() => owner);
  /** Until when the owner's data worker is at work on a suggestion of bands, and how many it was asked for. */
  const work = { suggesting: Promise.resolve(), suggestions: 0 };
  const busy = (role: Role) => async () => {
    if (role === 'researcher') return;
    work.suggestions++;
    await work.suggesting;
  };
  const kept = new FakeKept();
  const services = (role: Role, returned?: Promise<Channel>): PartyServices => ({
    base: 'https://example.org/',
    version: 'test',
    ledger,
    ...(role === 'owner' && {
      keep: {
        begin: async () => {
          kept.begun = true;
          return kept as unknown as KeptRun;
        },
        find: async () => (kept.discarded || !kept.begun ? undefined : (kept as unknown as KeptRun)),
      },
    }),
    openData: () => ({
      api: fakeData(role, bound[role], busy(role)) as unknown as Remote<DataWorkerApi>,
      close: () => {},
    }),
    connected: fakeConnection(role, run, () => pair[role === 'owner' ? 0 : 1], returned),
  });
  const owner = new Party('owner', services('owner'));
  const researcher = new Party('researcher', services('researcher'));
  /** `channel`: undefined gives the one from before. */
  const reloadOwner = (channel?: Promise<Channel>) => new Party('owner', services('owner', channel));
  /** The owner's page is told that the researcher's was reloaded. Gives what the new page speaks over. */
  const reloadResearcher = (): Channel => {
    const [owners, researchers] = memoryChannelPair();
    pair[0].supersede(owners);
    pair = [owners, researchers];
    return researchers;
  };
  /** Both go back to the beginning, and the room that they make next is another. */
  const startAgain = () => {
    for (const party of [owner, researcher]) party.startAgain();
    pair = memoryChannelPair();
  };
  return { owner, researcher, bound, run, work, ledger, kept, reloadOwner, reloadResearcher, startAgain };
}

/** Both load their files and meet in a room, up to the agreement that they may accept. */
export async function meet({ owner, researcher }: { owner: Party; researcher: Party }): Promise<void> {
  for (const party of [owner, researcher]) await party.loadFile(new File(['x'], 'people.csv'));
  await eventually(() => expect(owner.getSnapshot().payloads[2]?.missing).toBe(0));
  await eventually(() => expect(owner.getSnapshot().groups[1]?.kind).toBe('ready'));
  for (const party of [owner, researcher]) party.goTo(3);
  void owner.createRoom();
  void researcher.openRoom('#/researcher?room=x');
  await eventually(() => expect(researcher.getSnapshot().negotiation?.agreement).toBeDefined());
  await eventually(() => expect(owner.getSnapshot().negotiation?.agreement).toBeDefined());
}

/** Both meet and accept. */
export async function begin(all: { owner: Party; researcher: Party }): Promise<void> {
  await meet(all);
  await all.owner.accept();
  await all.researcher.accept();
}
