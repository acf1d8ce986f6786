import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Channel, CloseReason, Message } from '../channel/channel.ts';
import { LINKAGE, TALLY } from '../seal/parameters.ts';
import { hiddenAlike, plaintextTable } from '../testing/made-up-tally.ts';
import { expectOneAnswerEach, playRun } from '../testing/reloading-run.ts';
import { madeUpParties, type PartyOptions, rewriting } from '../testing/run-parties.ts';
import { SealPool } from '../workers/seal-pool.ts';
import { runOwner } from './owner.ts';
import { runResearcher } from './researcher.ts';
import type { RunProgress } from './run.ts';
import type { SealCalls, SealTasks } from './seal-port.ts';

const pools: SealPool[] = [];
const newPool = (size = 1) => {
  const pool = new SealPool(false, size);
  pools.push(pool);
  return pool;
};
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

/** With workers of the test's own. */
const partiesWith = (bands: number, [researcher, owner]: [number, number] = [1, 1]) =>
  madeUpParties(bands, { researcher: newPool(researcher), owner: newPool(owner) });

/** Workers that serve one test after another: loading SEAL and making its tables takes longer than a short run. */
const lasting: { researcher?: SealPool; owner?: SealPool } = {};
afterAll(() => {
  lasting.researcher?.close();
  lasting.owner?.close();
});

const parties = (bands: number, options: PartyOptions = {}) => {
  lasting.researcher ??= new SealPool(true, 1);
  lasting.owner ??= new SealPool(false, 1);
  return madeUpParties(bands, { researcher: lasting.researcher, owner: lasting.owner }, options);
};

describe('a whole run over real workers', () => {
  test.each([
    [1, 1],
    [2, 3],
  ])('with %i and %i workers gives the plaintext table', async (researcherWorkers, ownerWorkers) => {
    const { agreement, rows, researcher, owner, seen, matched } = partiesWith(24, [researcherWorkers, ownerWorkers]);
    const [result, outcome] = await Promise.all([runResearcher(researcher), runOwner(owner)]);
    expect(result.matches).toBe(matched.length);
    expect(result.rows).toEqual(hiddenAlike(plaintextTable(agreement, rows, matched), result.rows));
    expect(outcome.agreementHash).toBe(result.agreementHash);
    expect(outcome.measures.linkage.bytesReceived).toBeGreaterThan(12 * 300_000);
    expect(seen.at(-1)).toEqual({ stage: 'table', done: 1, note: 'Finished' });
    const linkage = seen.filter((p) => p.stage === 'linkage').map((p) => p.done);
    expect(linkage).toEqual([...linkage].sort((x, y) => x - y));
  });
});

describe('who is taken for one person', () => {
  test('a person twice on the list counts once', async () => {
    const { agreement, rows, researcher, owner, matched } = parties(6, { personOf: (i) => i % 150 });
    const [result] = await Promise.all([runResearcher(researcher), runOwner(owner)]);
    expect(matched.length).toBeLessThanOrEqual(150);
    expect(result.matches).toBe(matched.length);
    expect(result.rows).toEqual(hiddenAlike(plaintextTable(agreement, rows, matched), result.rows));
  });

  test('a person twice in the data counts once', async () => {
    const { researcher, owner, matched } = parties(6, { rowOf: (i) => i % 400 });
    const [result] = await Promise.all([runResearcher(researcher), runOwner(owner)]);
    expect(matched.length).toBeLessThanOrEqual(200);
    expect(result.matches).toBe(matched.length);
    // Which of a person's two rows it is, is drawn by lot; their groups differ, so only the whole can be compared.
    const counts = result.rows.map(({ count }) => count ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(10);
    const complete = counts.reduce((sum, count) => sum + count, 0);
    // A fifth of the rows lack a value.
    expect(complete).toBeLessThan(matched.length);
    expect(complete).toBeGreaterThan(matched.length / 2);
  });
});

test('a value that only looks like a label spoils nothing, and a label seen in two bands only is not lost', async () => {
  const { agreement, rows, researcher, owner, matched } = partiesWith(6);
  const random = Float64Array.from(crypto.getRandomValues(new Uint32Array(20)));
  const doubting = (worker: SealCalls) =>
    new Proxy(worker, {
      get: (calls, name) =>
        name === 'matchedLabels'
          ? async (threshold: number) => {
              const { labels, records, doubtful } = await calls.matchedLabels(threshold);
              return {
                labels: Float64Array.of(...random, ...labels),
                records: Uint32Array.of(...random.keys(), ...records),
                doubtful: Uint8Array.of(...random.map(() => 1), ...doubtful.fill(1, 0, 50)),
              };
            }
          : Reflect.get(calls, name),
    });
  const pool: SealTasks = {
    size: researcher.pool.size,
    run: (task) => researcher.pool.run(task),
    all: (task) => researcher.pool.all(task),
    first: (task) => researcher.pool.first((worker) => task(doubting(worker))),
  };
  const [result] = await Promise.all([runResearcher({ ...researcher, pool }), runOwner(owner)]);
  expect(result.matches).toBe(matched.length);
  expect(result.rows).toEqual(hiddenAlike(plaintextTable(agreement, rows, matched), result.rows));
});

test('pages that are reloaded on the way, each with new workers, give the plaintext table and no second answer', async () => {
  const { agreement, rows, researcher, owner, matched } = partiesWith(6);
  const { ends, answers } = await playRun({
    researcher,
    owner,
    newPool: () => newPool(),
    reloads: [
      { who: 'researcher', at: 'owner sends bundle-answer', nth: 2 },
      { who: 'owner', at: 'researcher keeps seen', nth: 3 },
      { who: 'owner', at: 'owner sends tally-sum', nth: 2 },
      { who: 'owner', at: 'owner keeps tally-counts', nth: 1 },
      { who: 'researcher', at: 'owner sends tally-release', nth: 1 },
    ],
  });
  const [result, outcome] = ends;
  if (result.status === 'rejected') throw result.reason;
  expect(outcome.status).toBe('fulfilled');
  expect(result.value.matches).toBe(matched.length);
  expect(result.value.rows).toEqual(hiddenAlike(plaintextTable(agreement, rows, matched), result.value.rows));
  expectOneAnswerEach(answers);
});

describe('what the researcher sends does not depend on what they decrypt', () => {
  /** All the researcher does on the channel, in order: kind and sizes of messages, reasons of an end; and how it ended for them. */
  async function traffic(rewrite: (message: Message) => Message[]): Promise<{ sent: string[]; ended: string }> {
    const { researcher, owner } = parties(4);
    const sent: string[] = [];
    const rewritten = rewriting(researcher.channel, (message) => {
      sent.push(`${message.kind} ${message.blobs.map((blob) => blob.byteLength).join(' ')}`);
      return [message];
    });
    const recorded: Channel = Object.assign(rewritten, {
      close: (reason: CloseReason) => {
        sent.push(`end ${reason.code}`);
        return researcher.channel.close(reason);
      },
    });
    const lying = { ...owner, channel: rewriting(owner.channel, rewrite) };
    const [result, outcome] = await Promise.allSettled([
      runResearcher({ ...researcher, channel: recorded }),
      runOwner(lying),
    ]);
    if (outcome.status === 'rejected') throw outcome.reason;
    return { sent, ended: result.status === 'fulfilled' ? 'a table' : String(result.reason) };
  }

  /**
   * An answer of random coefficients, each below half of the answer's prime: one that is not below the prime is malformed,
   * which the researcher may tell, and among all strings of bits one answer in 4,000 has one.
   */
  const noise = (blob: Uint8Array) => {
    const bytes = new Uint8Array(blob.byteLength);
    for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    const answer = [LINKAGE, TALLY].find(
      ({ degree, primeBits: [bits = 0] }) => (2 * degree * bits) / 8 === blob.byteLength,
    );
    if (!answer) throw new Error(`no answer has ${blob.byteLength} bytes`);
    const [bits = 0] = answer.primeBits;
    for (let top = bits - 1; top < 8 * bytes.length; top += bits) {
      const byte = Math.floor(top / 8);
      bytes[byte] = (bytes[byte] as number) & ~(1 << (top % 8));
    }
    return bytes;
  };

  const only = (kind: string, change: (blob: Uint8Array) => Uint8Array) => (m: Message) =>
    m.kind === kind ? [{ ...m, blobs: m.blobs.map(change) }] : [m];

  test('honest answers, noise, answers of another bundle, and answers that encrypt nothing give the same messages', async () => {
    const { sent, ended } = await traffic((m) => [m]);
    expect(ended).toBe('a table');
    expect(sent.map((line) => line.split(' ')[0])).toEqual([
      'position',
      'linkage-keys',
      ...new Array(4).fill('bundle-query'),
      'tally-keys',
      'label-query',
      'tally-bits',
      'tally-counts',
      'tally-inverses',
      'finished',
    ]);
    let first: readonly Uint8Array[] | undefined;
    const lies: ((message: Message) => Message[])[] = [
      (m) => [{ ...m, blobs: m.blobs.map(noise) }],
      only('tally-gate', noise),
      (m) => {
        if (m.kind !== 'bundle-answer') return [m];
        first ??= m.blobs;
        return [{ ...m, blobs: first }];
      },
      only('tally-sum', (blob) => new Uint8Array(blob.length)),
    ];
    for (const lie of lies) expect((await traffic(lie)).sent).toEqual(sent);
    // What the researcher reads last is impossible, and only they are told.
    expect(await traffic(only('tally-release', noise))).toEqual({ sent, ended: expect.stringContaining('impossible') });
  }, 240_000);
});

const sequenceOf = ({ body }: Message) => (body as { sequence: number }).sequence;

describe('whatever goes wrong ends both sides with a reason, and releases nothing', () => {
  async function expectBothEnd(run: [Promise<unknown>, Promise<unknown>], reason: RegExp) {
    const [a, b] = await Promise.allSettled(run);
    expect([a.status, b.status]).toEqual(['rejected', 'rejected']);
    for (const side of [a, b]) expect(String((side as PromiseRejectedResult).reason)).toMatch(reason);
  }

  test.each<[string, (message: Message) => Message[], RegExp]>([
    [
      'a replayed message',
      (m) => (m.kind === 'bundle-query' ? [m, m] : [m]),
      /is number 2, but number 3 was due|where .* was due/,
    ],
    [
      'a message of another session',
      (m) => [{ ...m, body: { ...(m.body as object), session: 'ab'.repeat(32) } }],
      /another session/,
    ],
    [
      'an unknown message',
      (m) => (m.kind === 'bundle-query' ? [{ ...m, kind: 'gossip' }] : [m]),
      /"gossip" where bundle-query was due/,
    ],
    [
      'a message out of order',
      (m) => (m.kind === 'bundle-query' ? [{ ...m, kind: 'tally-bits' }] : [m]),
      /"tally-bits" where bundle-query/,
    ],
    ['a message left out', (m) => (m.kind === 'linkage-keys' ? [] : [m]), /"bundle-query" where linkage-keys was due/],
    ['a message without session', (m) => [{ ...m, body: {} }], /names no session/],
    [
      'unknown fields',
      (m) => (m.kind === 'bundle-query' ? [{ ...m, body: { ...(m.body as object), extra: 1 } }] : [m]),
      /malformed/,
    ],
    [
      'a bundle out of range',
      (m) => (m.kind === 'bundle-query' ? [{ ...m, body: { ...(m.body as object), bundle: 99 } }] : [m]),
      /malformed/,
    ],
    [
      'a ciphertext cut short',
      (m) => (m.kind === 'bundle-query' ? [{ ...m, blobs: m.blobs.map((b) => b.subarray(1)) }] : [m]),
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
        m.kind === 'bundle-query' ? [{ ...m, blobs: m.blobs.map((b) => new Uint8Array(b.length).fill(255)) }] : [m],
      /SEAL: .*data is invalid/,
    ],
    [
      'the tally before all bundles were asked',
      (m) => (m.kind === 'tally-keys' ? [m] : m.kind === 'bundle-query' && sequenceOf(m) > 2 ? [] : [m]),
      /"tally-keys" where bundle-query was due/,
    ],
    [
      'a step of the tally left out',
      (m) => (m.kind === 'tally-counts' ? [{ ...m, kind: 'tally-inverses', blobs: m.blobs.slice(1) }] : [m]),
      /"tally-inverses" where tally-counts was due/,
    ],
    [
      'a bundle asked twice',
      (m) => (m.kind === 'bundle-query' ? [{ ...m, body: { ...(m.body as object), bundle: 0 } }] : [m]),
      /asked twice/,
    ],
  ])('from the researcher: %s', async (_name, rewrite, reason) => {
    const { researcher, owner } = parties(4);
    const lying = { ...researcher, channel: rewriting(researcher.channel, rewrite) };
    await expectBothEnd([runResearcher(lying), runOwner(owner)], reason);
  });

  test.each<[string, (message: Message) => Message[], RegExp]>([
    ['a replayed answer', (m) => (m.kind === 'bundle-answer' ? [m, m] : [m]), /is number 1, but number 2 was due/],
    [
      'a message of another session',
      (m) => [{ ...m, body: { ...(m.body as object), session: 'ab'.repeat(32) } }],
      /another session/,
    ],
    [
      'an unknown message',
      (m) => (m.kind === 'bundle-answer' ? [{ ...m, kind: 'gossip' }] : [m]),
      /"gossip" where bundle-answer was due/,
    ],
    [
      'a step out of order',
      (m) => (m.kind === 'tally-sum' ? [{ ...m, kind: 'tally-gate' }] : [m]),
      /"tally-gate" where/,
    ],
    [
      'an answer to another bundle',
      (m) => (m.kind === 'bundle-answer' ? [{ ...m, body: { ...(m.body as object), bundle: 3 } }] : [m]),
      /not asked or is answered/,
    ],
    [
      'an answer cut short',
      (m) => (m.kind === 'bundle-answer' ? [{ ...m, blobs: m.blobs.slice(1) }] : [m]),
      /other sizes/,
    ],
    [
      'a sum answered twice',
      (m) => (m.kind === 'tally-sum' ? [{ ...m, body: { ...(m.body as object), answer: 0 } }] : [m]),
      /came twice/,
    ],
    ['an answer too many', (m) => (m.kind === 'tally-gate' ? [m, m] : [m]), /"tally-gate" where tally-release was due/],
    [
      'coefficients out of range',
      (m) => (m.kind === 'tally-sum' ? [{ ...m, blobs: m.blobs.map((b) => new Uint8Array(b.length).fill(255)) }] : [m]),
      /SEAL: .*data is invalid/,
    ],
  ])('from the owner: %s', async (_name, rewrite, reason) => {
    const { researcher, owner } = parties(4);
    const lying = { ...owner, channel: rewriting(owner.channel, rewrite) };
    await expectBothEnd([runResearcher(researcher), runOwner(lying)], reason);
  });

  test('cancelled by the researcher: the owner is told', async () => {
    const { researcher, owner, abort } = parties(6);
    const onProgress = (progress: RunProgress) => {
      if (progress.done > 0.3) abort.researcher.abort();
    };
    await expectBothEnd([runResearcher({ ...researcher, onProgress }), runOwner(owner)], /cancelled/);
  });

  test('workers stopped under way', async () => {
    const { researcher, owner } = partiesWith(6);
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
