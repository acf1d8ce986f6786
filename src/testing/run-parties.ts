/** Two parties of a whole run over a channel in memory, and channels that rewrite what passes, for tests. */
import type { Agreement } from '../agreement/agreement.ts';
import type { Channel, Message } from '../channel/channel.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { countAgreements } from '../keys/agreement-count.ts';
import type { TallyColumns } from '../protocol/data-port.ts';
import type { OwnerInput } from '../protocol/owner-page.ts';
import type { ResearcherInput } from '../protocol/researcher-page.ts';
import type { RunProgress } from '../protocol/run.ts';
import { MemoryRunStore } from '../protocol/run-store.ts';
import type { SealTasks } from '../protocol/seal-port.ts';
import { chooseGeometry } from '../psi/geometry.ts';
import { matchCandidates } from '../scores/match-scores.ts';
import { randomBelow } from '../seal/random.ts';
import { distinctValues } from './distinct-values.ts';
import { madeUpKeys } from './made-up-keys.ts';
import { madeUpAgreement, madeUpRows } from './made-up-tally.ts';

const LIST = 300;
const DATA = 800;

export interface PartyOptions {
  /** The person of a record of the list. */
  readonly personOf?: (record: number) => number;
  /** The person of a row of the data. */
  readonly rowOf?: (row: number) => number;
}

/** Two parties with made-up keys and rows; if nothing else is said, list record i is the person of data row i, for i < 200. */
export function madeUpParties(
  bands: number,
  pools: { researcher: SealTasks; owner: SealTasks },
  { personOf = (record) => (record < 200 ? record : 10_000 + record), rowOf = (row) => row }: PartyOptions = {},
) {
  const keys = madeUpKeys(
    bands,
    Array.from({ length: LIST }, (_, i) => personOf(i)),
    Array.from({ length: DATA }, (_, i) => rowOf(i)),
    { missing: 0.02, differing: 0.1 },
  );
  const base = madeUpAgreement({ groups: [4], payloads: 2, dataRows: 1000, minimum: 10 });
  const agreement: Agreement = {
    terms: {
      ...base.terms,
      keys: {
        ...base.terms.keys,
        bands: Array.from({ length: bands }, () => ({ fields: [{ field: 0, picks: [0] }] })),
      },
    },
    list: { ...base.list, listRows: LIST },
    geometry: chooseGeometry(LIST, 1000, bands),
  };
  const rows = madeUpRows(agreement, DATA);
  const [a, b] = memoryChannelPair();
  const seen: RunProgress[] = [];
  const abort = { researcher: new AbortController(), owner: new AbortController() };
  const researcher: ResearcherInput = {
    channel: a,
    agreement,
    keys: {
      rows: LIST,
      rowsWithKey: LIST,
      bandKeys: async (band) => (keys.list[band] as Uint32Array<ArrayBuffer>).slice(),
    },
    listValues: async () => distinctValues(LIST),
    clock: { now: () => 0, sleep: async () => {} },
    pool: pools.researcher,
    store: new MemoryRunStore(),
    onProgress: (progress) => seen.push(progress),
    signal: abort.researcher.signal,
    version: 'test',
  };
  const owner: OwnerInput = {
    channel: b,
    agreement,
    keys: {
      rows: DATA,
      rowsWithKey: DATA,
      bandKeys: async (band) => (keys.data[band] as Uint32Array<ArrayBuffer>).slice(),
    },
    columns: { groups: rows.groups, payloads: rows.payloads } as TallyColumns,
    pool: pools.owner,
    store: new MemoryRunStore(),
    onRelease: () => {},
    onProgress: () => {},
    signal: abort.owner.signal,
    version: 'test',
  };
  /** Rows that match in the clear. */
  const ofBand = (sets: readonly Uint32Array[]) => (band: number) => sets[band] as Uint32Array;
  const pairs = countAgreements(ofBand(keys.list), ofBand(keys.data), bands);
  const { agreeingBands, keys: design, dataRows } = agreement.terms;
  const candidates = pairs.filter((pair) => pair.bands >= agreeingBands);
  const { matches, scores } = matchCandidates(
    candidates,
    { design, values: distinctValues(LIST), dataRows },
    randomBelow,
  );
  const matched = matches.map((pair) => pair.data);
  return { agreement, rows, researcher, owner, seen, abort, matched, scores };
}

/** A channel that shows every outgoing message to `rewrite`, which may replace or drop it. */
export function rewriting(channel: Channel, rewrite: (message: Message) => Message[]): Channel {
  return {
    send: async (message) => {
      for (const changed of rewrite(message)) await channel.send(changed);
    },
    receive: () => channel.receive(),
    close: (reason) => channel.close(reason),
    setReceiveLimit: (bytes) => channel.setReceiveLimit(bytes),
    get bytesSent() {
      return channel.bytesSent;
    },
    get bytesReceived() {
      return channel.bytesReceived;
    },
  };
}
