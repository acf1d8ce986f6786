import { afterEach, describe, expect, test } from 'vitest';
import type { Agreement } from '../agreement/agreement.ts';
import { countAgreements } from '../keys/agreement-count.ts';
import { memoryChannelPair } from '../net/memory-channel.ts';
import { chooseGeometry } from '../psi/geometry.ts';
import { madeUpKeys } from '../psi/test-keys.ts';
import { madeUpAgreement, madeUpRows, plaintextTable } from '../tally/test-tally.ts';
import type { TallyColumns } from '../workers/data-api.ts';
import { SealPool } from '../workers/seal-pool.ts';
import type { Channel, Message } from './channel.ts';
import { type OwnerInput, runOwner } from './owner.ts';
import { type ResearcherInput, runResearcher } from './researcher.ts';
import type { RunProgress } from './run.ts';

const pools: SealPool[] = [];
const newPool = (size = 1) => {
  const pool = new SealPool(size);
  pools.push(pool);
  return pool;
};
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

const LIST = 300;
const DATA = 800;

/** Two parties with made-up keys and rows; list record i is the person of data row i, for i < 200. */
function parties(bands: number, pools: [number, number] = [1, 1]) {
  const keys = madeUpKeys(
    bands,
    Array.from({ length: LIST }, (_, i) => (i < 200 ? i : 10_000 + i)),
    Array.from({ length: DATA }, (_, i) => i),
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
    geometry: chooseGeometry(LIST, 1000),
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
    pool: newPool(pools[0]),
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
    pool: newPool(pools[1]),
    onRelease: () => {},
    onProgress: () => {},
    signal: abort.owner.signal,
    version: 'test',
  };
  /** Rows that match in the clear: each person stands once on either side, so a pair is a match when two bands agree. */
  const ofBand = (sets: readonly Uint32Array[]) => (band: number) => sets[band] as Uint32Array;
  const pairs = countAgreements(ofBand(keys.list), ofBand(keys.data), bands);
  const matched = pairs.filter((pair) => pair.bands >= 2).map((pair) => pair.data);
  return { agreement, rows, researcher, owner, seen, abort, matched };
}

/** A channel that shows every outgoing message to `rewrite`, which may replace or drop it. */
function rewriting(channel: Channel, rewrite: (message: Message) => Message[]): Channel {
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

describe('a whole run over real workers', () => {
  test.each([
    [1, 1],
    [2, 3],
  ])('with %i and %i workers gives the plaintext table', async (researcherWorkers, ownerWorkers) => {
    const { agreement, rows, researcher, owner, seen, matched } = parties(6, [researcherWorkers, ownerWorkers]);
    const [result, outcome] = await Promise.all([runResearcher(researcher), runOwner(owner)]);
    expect(result.matches).toBe(matched.length);
    expect(result.rows).toEqual(plaintextTable(agreement, rows, matched));
    expect(outcome.agreementHash).toBe(result.agreementHash);
    expect(outcome.measures.linkage.bytesReceived).toBeGreaterThan(6 * 100_000);
    expect(seen.at(-1)).toEqual({ stage: 'table', done: 1, note: 'Finished' });
    const linkage = seen.filter((p) => p.stage === 'linkage').map((p) => p.done);
    expect(linkage).toEqual([...linkage].sort((x, y) => x - y));
  });
});

describe('what the researcher sends does not depend on what she decrypts', () => {
  /** Kind and sizes of every message of hers, in order, with an owner whose answers go through `rewrite`. */
  async function traffic(rewrite: (message: Message) => Message[]): Promise<string[]> {
    const { researcher, owner } = parties(4);
    const sent: string[] = [];
    const recorded = rewriting(researcher.channel, (message) => {
      sent.push(`${message.kind} ${message.blobs.map((blob) => blob.byteLength).join(' ')}`);
      return [message];
    });
    const lying = { ...owner, channel: rewriting(owner.channel, rewrite) };
    const [, outcome] = await Promise.allSettled([
      runResearcher({ ...researcher, channel: recorded }),
      runOwner(lying),
    ]);
    expect(outcome.status).toBe('fulfilled');
    return sent;
  }

  /** Nearly every string of bits is a ciphertext: its primes are the largest of their length. */
  const noise = (blob: Uint8Array) => {
    const bytes = new Uint8Array(blob.byteLength);
    for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    return bytes;
  };

  test('honest answers, noise, noise in one step only, and answers of another band give the same messages', async () => {
    const honest = await traffic((m) => [m]);
    expect(honest.map((line) => line.split(' ')[0])).toEqual([
      'linkage-keys',
      ...new Array(4).fill('band-query'),
      'tally-keys',
      'tally-bits',
      'tally-counts',
      'tally-inverses',
      'finished',
    ]);
    expect(await traffic((m) => [{ ...m, blobs: m.blobs.map(noise) }])).toEqual(honest);
    const noisyGate = (m: Message) => (m.kind === 'tally-gate' ? [{ ...m, blobs: m.blobs.map(noise) }] : [m]);
    expect(await traffic(noisyGate)).toEqual(honest);
    let first: readonly Uint8Array[] | undefined;
    const repeated = await traffic((m) => {
      if (m.kind !== 'band-answer') return [m];
      first ??= m.blobs;
      return [{ ...m, blobs: first }];
    });
    expect(repeated).toEqual(honest);
  }, 240_000);
});

describe('whatever goes wrong ends both sides with a reason, and releases nothing', () => {
  async function expectBothEnd(run: [Promise<unknown>, Promise<unknown>], reason: RegExp) {
    const [a, b] = await Promise.allSettled(run);
    expect([a.status, b.status]).toEqual(['rejected', 'rejected']);
    for (const side of [a, b]) expect(String((side as PromiseRejectedResult).reason)).toMatch(reason);
  }

  test.each<[string, (message: Message) => Message[], RegExp]>([
    [
      'a replayed message',
      (m) => (m.kind === 'band-query' ? [m, m] : [m]),
      /is number 1, but number 2 was due|where .* was due/,
    ],
    [
      'a message of another session',
      (m) => [{ ...m, body: { ...(m.body as object), session: 'ab'.repeat(32) } }],
      /another session/,
    ],
    [
      'an unknown message',
      (m) => (m.kind === 'band-query' ? [{ ...m, kind: 'gossip' }] : [m]),
      /"gossip" where band-query was due/,
    ],
    [
      'a message out of order',
      (m) => (m.kind === 'band-query' ? [{ ...m, kind: 'tally-bits' }] : [m]),
      /"tally-bits" where band-query/,
    ],
    ['a message left out', (m) => (m.kind === 'linkage-keys' ? [] : [m]), /"band-query" where linkage-keys was due/],
    ['a message without session', (m) => [{ ...m, body: {} }], /names no session/],
    [
      'unknown fields',
      (m) => (m.kind === 'band-query' ? [{ ...m, body: { ...(m.body as object), extra: 1 } }] : [m]),
      /malformed/,
    ],
    [
      'a band out of range',
      (m) => (m.kind === 'band-query' ? [{ ...m, body: { ...(m.body as object), band: 99 } }] : [m]),
      /malformed/,
    ],
    [
      'a ciphertext cut short',
      (m) => (m.kind === 'band-query' ? [{ ...m, blobs: m.blobs.map((b) => b.subarray(1)) }] : [m]),
      /other sizes/,
    ],
    [
      'a part too many',
      (m) => (m.kind === 'tally-bits' ? [{ ...m, blobs: [...m.blobs, ...m.blobs] }] : [m]),
      /other sizes/,
    ],
    [
      'coefficients out of range',
      (m) =>
        m.kind === 'band-query' ? [{ ...m, blobs: m.blobs.map((b) => new Uint8Array(b.length).fill(255)) }] : [m],
      /SEAL: .*data is invalid/,
    ],
    [
      'a band asked twice',
      (m) => (m.kind === 'band-query' ? [{ ...m, body: { ...(m.body as object), band: 0 } }] : [m]),
      /asked twice/,
    ],
  ])('from the researcher: %s', async (_name, rewrite, reason) => {
    const { researcher, owner } = parties(4);
    const lying = { ...researcher, channel: rewriting(researcher.channel, rewrite) };
    await expectBothEnd([runResearcher(lying), runOwner(owner)], reason);
  });

  test.each<[string, (message: Message) => Message[], RegExp]>([
    [
      'an answer to another band',
      (m) => (m.kind === 'band-answer' ? [{ ...m, body: { ...(m.body as object), band: 3 } }] : [m]),
      /not asked or is answered/,
    ],
    [
      'an answer cut short',
      (m) => (m.kind === 'band-answer' ? [{ ...m, blobs: m.blobs.slice(1) }] : [m]),
      /other sizes/,
    ],
    [
      'a sum answered twice',
      (m) => (m.kind === 'tally-sum' ? [{ ...m, body: { ...(m.body as object), answer: 0 } }] : [m]),
      /came twice/,
    ],
    [
      'sums that encrypt nothing of ours',
      (m) => (m.kind === 'tally-sum' ? [{ ...m, blobs: m.blobs.map((b) => new Uint8Array(b.length)) }] : [m]),
      /./,
    ],
  ])('from the owner: %s', async (_name, rewrite, reason) => {
    const { researcher, owner } = parties(4);
    const lying = { ...owner, channel: rewriting(owner.channel, rewrite) };
    const run: [Promise<unknown>, Promise<unknown>] = [runResearcher(researcher), runOwner(lying)];
    const [her] = await Promise.allSettled(run);
    expect(her.status).toBe('rejected');
    expect(String((her as PromiseRejectedResult).reason)).toMatch(reason);
  });

  test('cancelled by the researcher: the owner is told', async () => {
    const { researcher, owner, abort } = parties(6);
    const onProgress = (progress: RunProgress) => {
      if (progress.done > 0.3) abort.researcher.abort();
    };
    await expectBothEnd([runResearcher({ ...researcher, onProgress }), runOwner(owner)], /cancelled/);
  });

  test('workers stopped under way', async () => {
    const { researcher, owner } = parties(6);
    const onProgress = (progress: RunProgress) => {
      if (progress.done > 0.3) for (const pool of pools) pool.close();
    };
    await expectBothEnd([runResearcher({ ...researcher, onProgress }), runOwner(owner)], /workers were stopped/);
  });

  test('sides that agreed on different terms', async () => {
    const { researcher, owner, agreement } = parties(2);
    const other = { ...agreement, terms: { ...agreement.terms, minimumGroupSize: 3 } };
    await expectBothEnd([runResearcher(researcher), runOwner({ ...owner, agreement: other })], /another session/);
  });

  test('a geometry that the row counts do not imply', async () => {
    const { researcher, agreement } = parties(2);
    const other = { ...agreement, geometry: { ...agreement.geometry, segments: 1 } };
    await expect(runResearcher({ ...researcher, agreement: other })).rejects.toThrow('another geometry');
  });
});
