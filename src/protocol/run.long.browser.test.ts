import { describe, expect, it } from 'vitest';
import type { Channel, CloseReason, Message } from '../channel/channel.ts';
import { LINKAGE, TALLY } from '../seal/parameters.ts';
import { newPool, parties, partiesWith } from '../testing/lasting-pools.ts';
import { hiddenAlike, plaintextTable } from '../testing/made-up-tally.ts';
import { expectOneAnswerEach, playRun } from '../testing/reloading-run.ts';
import { rewriting } from '../testing/run-parties.ts';
import { runOwner } from './owner.ts';
import { runResearcher } from './researcher.ts';
import type { SealCalls, SealTasks } from './seal-port.ts';

describe('a whole run over real workers', () => {
  it.each([
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
  it('a person twice on the list counts once', async () => {
    const { agreement, rows, researcher, owner, matched } = parties(6, { personOf: (i) => i % 150 });
    const [result] = await Promise.all([runResearcher(researcher), runOwner(owner)]);
    expect(matched.length).toBeLessThanOrEqual(150);
    expect(result.matches).toBe(matched.length);
    expect(result.rows).toEqual(hiddenAlike(plaintextTable(agreement, rows, matched), result.rows));
  });

  it('a person twice in the data counts once', async () => {
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

it('a value that only looks like a label spoils nothing, and a label seen in two bands only is not lost', async () => {
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

it('pages that are reloaded on the way, each with new workers, give the plaintext table and no second answer', async () => {
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
      ({ degree, primeBits: [bits = 0], droppedBits }) => (degree * (2 * bits - droppedBits)) / 8 === blob.byteLength,
    );
    if (!answer) throw new Error(`no answer has ${blob.byteLength} bytes`);
    const [bits = 0] = answer.primeBits;
    for (let coefficient = 1, end = 0; coefficient <= 2 * answer.degree; coefficient++) {
      end += coefficient <= answer.degree ? bits - answer.droppedBits : bits;
      const byte = Math.floor((end - 1) / 8);
      bytes[byte] = (bytes[byte] as number) & ~(1 << ((end - 1) % 8));
    }
    return bytes;
  };

  const only = (kind: string, change: (blob: Uint8Array) => Uint8Array) => (m: Message) =>
    m.kind === kind ? [{ ...m, blobs: m.blobs.map(change) }] : [m];

  it('honest answers, noise, answers of another bundle, and answers that encrypt nothing give the same messages', async () => {
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
