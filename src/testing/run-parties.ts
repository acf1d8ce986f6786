/** Two parties of a whole run over a channel in memory, and channels that rewrite what passes, for tests. */
import type { Agreement } from '../agreement/agreement.ts';
import type { Channel, Message } from '../channel/channel.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { countAgreements } from '../keys/agreement-count.ts';
import type { TallyColumns } from '../protocol/data-port.ts';
import type { OwnerInput } from '../protocol/owner-page.ts';
import type { ResearcherInput } from '../protocol/researcher-page.ts';
import type { BandKeySource, RunProgress } from '../protocol/run.ts';
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
  const agreement = agreementOn(bands);
  const rows = madeUpRows(agreement, DATA);
  const [a, b] = memoryChannelPair();
  const seen: RunProgress[] = [];
  const abort = { researcher: new AbortController(), owner: new AbortController() };
  const researcher: ResearcherInput = {
    channel: a,
    agreement,
    keys: sourceOf(keys.list, LIST),
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
    keys: sourceOf(keys.data, DATA),
    columns: { groups: rows.groups, payloads: rows.payloads } as TallyColumns,
    pool: pools.owner,
    store: new MemoryRunStore(),
    onRelease: () => {},
    onProgress: () => {},
    signal: abort.owner.signal,
    version: 'test',
  };
  return { agreement, rows, researcher, owner, seen, abort, ...matchesInTheClear(agreement, keys) };
}

/** So many bands of one field. */
function agreementOn(bands: number): Agreement {
  const { terms, list } = madeUpAgreement({ groups: [4], payloads: 2, dataRows: 1000, minimum: 10 });
  const design = {
    ...terms.keys,
    bands: Array.from({ length: bands }, () => ({ fields: [{ field: 0, picks: [0] }] })),
  };
  return {
    terms: { ...terms, keys: design },
    list: { ...list, listRows: LIST },
    geometry: chooseGeometry(LIST, 1000, bands),
  };
}

/** A file of so many rows whose keys are given, band by band. */
export function sourceOf(keys: readonly Uint32Array<ArrayBuffer>[], rows: number): BandKeySource {
  return { rows, rowsWithKey: rows, bandKeys: async (band) => (keys[band] as Uint32Array<ArrayBuffer>).slice() };
}

/** Rows of the data that match, and what their scores are. */
function matchesInTheClear({ terms }: Agreement, keys: ReturnType<typeof madeUpKeys>) {
  const ofBand = (sets: readonly Uint32Array[]) => (band: number) => sets[band] as Uint32Array;
  const { agreeingBands, keys: design, dataRows } = terms;
  const pairs = countAgreements(ofBand(keys.list), ofBand(keys.data), design.bands.length);
  const candidates = pairs.filter((pair) => pair.bands >= agreeingBands);
  const rules = { design, values: distinctValues(LIST), dataRows };
  const { matches, scores } = matchCandidates(candidates, rules, randomBelow);
  return { matched: matches.map((pair) => pair.data), scores };
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
