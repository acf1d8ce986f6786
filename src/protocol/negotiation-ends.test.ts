import { describe, expect, it } from 'vitest';
import { ChannelRestarted, type Message } from '../channel/channel.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { composeAgreement, Negotiation } from './negotiation.ts';
import { deriveSession } from './session.ts';

const { terms, list } = madeUpAgreement({ groups: [3], payloads: 1, dataRows: 500, minimum: 10 });
const agreed = composeAgreement(terms, list);

/** An owner's page, and the other end of its channel. */
function owner() {
  const [mine, theirs] = memoryChannelPair();
  const page = new Negotiation('owner', mine);
  const say = (kind: string, body: object) => theirs.send({ kind, body: body as Message['body'], blobs: [] });
  const heard: string[] = [];
  const listening = (async () => {
    for (;;) heard.push((await theirs.receive()).kind);
  })();
  listening.catch(() => {});
  return { page, mine, theirs, say, heard, listening };
}

/** One that has proposed terms and heard of a list. */
async function withList() {
  const made = owner();
  await made.page.propose(terms);
  await made.say('list', { list });
  await expect.poll(() => made.page.state.hash).toBeDefined();
  return { ...made, hash: made.page.state.hash as string };
}

describe('an acceptance', () => {
  it('is of an agreement that there is', async () => {
    const { page } = owner();
    await expect(page.accept()).rejects.toThrow('there is no agreement to accept yet');
    await page.propose(terms);
    await expect(page.accept()).rejects.toThrow('there is no agreement to accept yet');
    expect(page.state.acceptedHere).toBe(false);
  });

  it('is said once, however often it is given', async () => {
    const { page, say, heard, hash } = await withList();
    await page.accept();
    await page.accept(hash);
    await page.accept();
    await say('accept', { hash });
    await expect.poll(() => heard).toContain('start');
    expect(heard).toEqual(['terms', 'accept', 'start']);
  });
});

describe('before a run', () => {
  it('who declines ends it, with their words, and no error is made of it', async () => {
    const { page, theirs } = await withList();
    await theirs.close({ code: 'declined', message: 'Not these columns.' });
    const reason = { code: 'declined', message: 'Not these columns.' };
    await expect(page.settled).rejects.toMatchObject({ name: 'ChannelClosed', reason, byPeer: true });
  });

  it('what both had accepted holds where the other page was reloaded as it began the run', async () => {
    const { page, mine, say, hash } = await withList();
    await page.accept();
    await say('accept', { hash });
    await expect.poll(() => page.state.acceptedThere).toBe(true);
    mine.supersede(memoryChannelPair()[0]);
    expect(await page.settled).toEqual(agreed);
  });

  it.each([
    ['nobody', false],
    ['the one page that stayed', true],
  ])('what %s had accepted is void where the other page was reloaded, and said anew', async (_who, accepted) => {
    const { page, mine } = await withList();
    if (accepted) await page.accept();
    const [next, theirs] = memoryChannelPair();
    mine.supersede(next);
    const error = await page.settled.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChannelRestarted);
    // The channel that the two go on over stays open.
    await theirs.send({ kind: 'list', body: { list }, blobs: [] });
    expect((await next.receive()).kind).toBe('list');
  });
});

it('an agreement that is none makes no session', () => {
  expect(() => deriveSession({ ...agreed, more: 1 } as never)).toThrow('the agreement is malformed');
  expect(() => deriveSession({ ...agreed, terms: { ...terms, minimumGroupSize: 1 } })).toThrow('must be at least 2');
});
