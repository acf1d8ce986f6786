import { describe, expect, it } from 'vitest';
import type { Message } from '../channel/channel.ts';
import { parties, partiesWith, pools } from '../testing/lasting-pools.ts';
import { rewriting } from '../testing/run-parties.ts';
import { runOwner } from './owner.ts';
import { runResearcher } from './researcher.ts';
import type { RunProgress } from './run.ts';

const sequenceOf = ({ body }: Message) => (body as { sequence: number }).sequence;

describe('whatever goes wrong ends both sides with a reason, and releases nothing', () => {
  async function expectBothEnd(run: [Promise<unknown>, Promise<unknown>], reason: RegExp) {
    const [a, b] = await Promise.allSettled(run);
    expect([a.status, b.status]).toEqual(['rejected', 'rejected']);
    for (const side of [a, b]) expect(String((side as PromiseRejectedResult).reason)).toMatch(reason);
  }

  it.each<[string, (message: Message) => Message[], RegExp]>([
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

  it.each<[string, (message: Message) => Message[], RegExp]>([
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

  it('cancelled by the researcher: the owner is told', async () => {
    const { researcher, owner, abort } = parties(6);
    const onProgress = (progress: RunProgress) => {
      if (progress.done > 0.3) abort.researcher.abort();
    };
    await expectBothEnd([runResearcher({ ...researcher, onProgress }), runOwner(owner)], /cancelled/);
  });

  it('workers stopped under way', async () => {
    const { researcher, owner } = partiesWith(6);
    const onProgress = (progress: RunProgress) => {
      if (progress.done > 0.3) for (const pool of pools) pool.close();
    };
    await expectBothEnd(
      [runResearcher({ ...researcher, onProgress }), runOwner(owner)],
      /workers were stopped|a worker stopped there/,
    );
  });

  it('sides that agreed on different terms', async () => {
    const { researcher, owner, agreement } = parties(2);
    const other = { ...agreement, terms: { ...agreement.terms, minimumGroupSize: 3 } };
    await expectBothEnd([runResearcher(researcher), runOwner({ ...owner, agreement: other })], /another session/);
  });

  it('a geometry that the row counts do not imply', async () => {
    const { researcher, agreement } = parties(2);
    const other = { ...agreement, geometry: { ...agreement.geometry, segments: 1 } };
    await expect(runResearcher({ ...researcher, agreement: other })).rejects.toThrow('another geometry');
  });
});
