import { afterEach, describe, expect, it } from 'vitest';
import type { ListInfo, Terms } from '../agreement/agreement.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { speak } from '../words/translate.ts';
import { composeAgreement, Negotiation } from './negotiation.ts';
import { ProposalLimit } from './proposal-limit.ts';
import { bandSalt, deriveSession, labelSalt } from './session.ts';

const { terms, list } = madeUpAgreement({ groups: [3], payloads: 1, dataRows: 500, minimum: 10 });
const agreed = composeAgreement(terms, list);
const otherTerms: Terms = { ...terms, minimumGroupSize: 5 };
const otherList: ListInfo = { ...list, listRows: 400 };

/** One honest page, and a channel on which a test says what the other page says. `limit`: of the room. */
function pageOf(role: 'researcher' | 'owner', limit?: ProposalLimit) {
  const [mine, theirs] = memoryChannelPair();
  const page = new Negotiation(role, mine, limit && { limit });
  const say = (kind: string, body: object) => theirs.send({ kind, body: body as never, blobs: [] });
  return { page, say };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** How the page ends at once, or that it goes on. */
const endOf = (page: Negotiation) =>
  Promise.race([page.settled.then(() => 'settled', String), settle().then(() => 'goes on')]);

/** An owner who has proposed terms and heard of a list. */
async function ownerWithList() {
  const { page, say } = pageOf('owner');
  await page.propose(terms);
  await say('list', { list });
  await settle();
  return { page, say, hash: page.state.hash as string };
}

afterEach(() => speak('en', {}));

describe('before a run', () => {
  it('nothing is accepted, on either side', () => {
    expect(pageOf('owner').page.state).toMatchObject({ acceptedHere: false, acceptedThere: false });
  });

  it('both accept the same document, and the run starts', async () => {
    const { page, say, hash } = await ownerWithList();
    await page.accept();
    await say('accept', { hash });
    await say('start', { hash });
    expect(await page.settled).toEqual(agreed);
  });

  it('what has taken the place of the agreement that was read is not accepted', async () => {
    const { page, hash } = await ownerWithList();
    await page.accept('0'.repeat(64));
    expect(page.state).toMatchObject({ hash, acceptedHere: false });
    await page.accept(hash);
    expect(page.state.acceptedHere).toBe(true);
  });

  it('an acceptance of what was changed meanwhile counts for nothing', async () => {
    const { page, say, hash } = await ownerWithList();
    await page.propose(otherTerms);
    await say('accept', { hash });
    await settle();
    expect(page.state).toMatchObject({ acceptedHere: false, acceptedThere: false });
  });

  it.each(['terms', 'list'] as const)('a change voids what was accepted (%s)', async (what) => {
    const { page, say, hash } = await ownerWithList();
    await page.accept();
    await say('list', { list });
    if (what === 'list') await say('list', { list: otherList });
    else await page.propose(otherTerms);
    await settle();
    expect(page.state.hash).not.toBe(hash);
    expect(page.state).toMatchObject({ acceptedHere: false, acceptedThere: false });
  });

  it.each([
    ['before anybody accepted', false, (hash: string) => hash],
    ['under another hash', true, () => 'ab'.repeat(32)],
  ] as const)('a start that was not agreed here is refused: %s', async (_when, accepted, hashOf) => {
    const { page, say, hash } = await ownerWithList();
    if (accepted) {
      await page.accept();
      await say('accept', { hash });
    }
    await say('start', { hash: hashOf(hash) });
    await expect(page.settled).rejects.toThrow('not agreed here');
  });

  it('a start is refused here while only the other side has accepted', async () => {
    const { page, say, hash } = await ownerWithList();
    await say('accept', { hash });
    await settle();
    expect(page.state).toMatchObject({ acceptedHere: false, acceptedThere: true });
    await say('start', { hash });
    expect(await endOf(page)).toContain('not agreed here');
  });

  it('terms that come after both have accepted are refused', async () => {
    const { page, say } = pageOf('researcher');
    await page.offerList(list);
    await say('terms', { terms });
    await settle();
    await page.accept();
    await say('accept', { hash: page.state.hash as string });
    await settle();
    await say('terms', { terms: otherTerms });
    await expect(page.settled).rejects.toThrow('after both had accepted');
    await expect(page.offerList(otherList)).rejects.toThrow('cannot change any more');
  });

  it('the owner’s own terms cannot change either once both have accepted', async () => {
    const { page, say, hash } = await ownerWithList();
    await page.accept();
    await say('accept', { hash });
    await settle();
    await expect(page.propose(otherTerms)).rejects.toThrow('cannot change any more');
    expect(page.state.hash).toBe(hash);
  });

  it.each([
    ['list', { list, more: 1 }],
    ['list', { list: { ...list, more: 1 } }],
    ['list', { list: { ...list, nonce: 'ab' } }],
    ['accept', { hash: 'ab'.repeat(32), more: 1 }],
    ['accept', { hash: 'anything' }],
    ['start', { hash: 'ab'.repeat(32), more: 1 }],
  ])('a message that says more, or other, than there is to say is refused: %s %j', async (kind, body) => {
    const { page, say } = await ownerWithList();
    await say(kind, body);
    expect(await endOf(page)).toContain(`"${kind}" is malformed`);
  });

  it.each([
    { terms, more: 1 },
    { terms: { ...terms, more: 1 } },
    { terms: { ...terms, nonce: 'ab' } },
    { terms: { ...terms, minimumGroupSize: 1 } },
    { terms: { ...terms, minimumGroupSize: 33 } },
    { terms: { ...terms, agreeingBands: 1 } },
    { terms: { ...terms, perturbation: { kind: 'noise', epsilonThousandths: 9 } } },
    { terms: { ...terms, perturbation: { kind: 'noise', epsilonThousandths: 20_001 } } },
  ])('terms that are none are refused (%#)', async (body) => {
    const { page, say } = pageOf('researcher');
    await say('terms', body);
    expect(await endOf(page)).toContain('"terms" is malformed');
  });

  it('tells the other page in English what was wrong, whatever this one speaks', async () => {
    speak('de', { 'must be at most {{limit}}': 'darf höchstens {{limit}} sein' });
    const { page, say } = pageOf('researcher');
    await say('terms', { terms: { ...terms, minimumGroupSize: 33 } });
    expect(await endOf(page)).toContain('must be at most 32');
  });

  it('a message with binary parts is refused', async () => {
    const [mine, theirs] = memoryChannelPair();
    const page = new Negotiation('owner', mine);
    await theirs.send({ kind: 'list', body: { list }, blobs: [new Uint8Array(1)] });
    expect(await endOf(page)).toContain('carries binary parts');
  });

  it.each([
    ['owner', 'terms', { terms }],
    ['researcher', 'list', { list }],
  ] as const)('the researcher’s page takes no list, and the owner’s no terms (%s)', async (role, kind, body) => {
    const { page, say } = pageOf(role);
    await say(kind, body);
    await expect(page.settled).rejects.toThrow(`sent "${kind}" before the run`);
  });
});

describe.each([
  ['lists', 'owner', 'list', { list }, 30, 'the researcher has offered a list 30 times in this room'],
  ['terms', 'researcher', 'terms', { terms }, 100, 'the data owner has proposed terms 100 times in this room'],
] as const)(
  'more %s than people need, each of which makes a page look at its file',
  (_what, role, kind, body, most, words) => {
    it(`end it after ${most}, and both sides read why`, async () => {
      const [mine, theirs] = memoryChannelPair();
      const page = new Negotiation(role, mine);
      const say = (what: string = kind) => theirs.send({ kind: what, body, blobs: [] });
      for (let i = 0; i < most; i++) await say();
      expect(await endOf(page)).toBe('goes on');
      await say();
      // Who takes one more ends at this.
      await say('nonsense').catch(() => {});
      await expect(page.settled).rejects.toThrow(`${words}, which takes no more before a run: make a new room`);
      await expect(theirs.receive()).rejects.toThrow(`The agreement failed: ${words}`);
    });

    it('are counted in a room, however often the other page is reloaded', async () => {
      const limit = new ProposalLimit();
      const before = pageOf(role, limit);
      for (let i = 0; i < most; i++) await before.say(kind, body);
      expect(await endOf(before.page)).toBe('goes on');
      const after = pageOf(role, limit);
      await after.say(kind, body);
      await after.say('nonsense', body).catch(() => {});
      await expect(after.page.settled).rejects.toThrow(words);
    });
  },
);

it('a geometry that the row counts do not imply is refused', () => {
  const wider = { ...agreed.geometry, segments: agreed.geometry.segments + 1 };
  expect(() => deriveSession({ ...agreed, geometry: wider })).toThrow('another geometry');
});

it('salts differ by session, band and attempt', () => {
  const other = deriveSession(composeAgreement(otherTerms, list));
  const salts = [
    bandSalt(deriveSession(agreed), 0, 0),
    bandSalt(deriveSession(agreed), 1, 0),
    bandSalt(deriveSession(agreed), 0, 1),
    bandSalt(other, 0, 0),
    labelSalt(deriveSession(agreed), 0),
    labelSalt(deriveSession(agreed), 1),
    labelSalt(other, 0),
  ].map((salt) => salt.join());
  expect(new Set(salts).size).toBe(7);
});

it('an agreement with which chance would match is refused', () => {
  const bands = Array.from({ length: 128 }, (_, pick) => ({ fields: [{ field: 0, picks: [pick] }] }));
  const at = (agreeingBands: number) => {
    const extreme = { ...terms, agreeingBands, dataRows: 4_000_000, keys: { ...terms.keys, bands } };
    return deriveSession(composeAgreement(extreme, { ...list, listRows: 5000 }));
  };
  expect(() => at(2)).toThrow(/more than one record in a thousand would seem to match by chance/);
  expect(at(3).agreement.geometry.segments).toBeGreaterThanOrEqual(40);
});

it('no acceptance counts after the last day of the study, on either side, though the agreement was made before', async () => {
  const clock = { now: new Date(2026, 2, 31, 12) };
  const [one, other] = memoryChannelPair();
  const owner = new Negotiation('owner', one, { now: () => clock.now });
  const researcher = new Negotiation('researcher', other, { now: () => clock.now });
  await owner.propose({ ...terms, study: { until: '2026-03-31' } });
  await researcher.offerList(list);
  await settle();
  expect(owner.state.hash).toBeDefined();
  expect(researcher.state.hash).toBe(owner.state.hash);
  await researcher.accept();
  clock.now = new Date(2026, 3, 1, 0);
  await owner.accept();
  const problem = 'The study holds until 2026-03-31, and that day is over.';
  expect(owner.state).toMatchObject({ acceptedHere: false, problem });
  await researcher.offerList(otherList);
  expect(researcher.state).toMatchObject({ acceptedHere: false, problem });
  expect(researcher.state.agreement).toBeUndefined();
});
