import { describe, expect, it } from 'vitest';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { Negotiation } from './negotiation.ts';

const { terms, list } = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 1000, minimum: 10 });
const [ONE, OTHER] = ['1'.repeat(64), '2'.repeat(64)];

/** Both have proposed; each side's negotiation. */
async function proposed(ownersBuild: string | undefined, researchersBuild: string | undefined) {
  const [left, right] = memoryChannelPair();
  const owner = new Negotiation('owner', left, { build: ownersBuild });
  const researcher = new Negotiation('researcher', right, { build: researchersBuild });
  await owner.propose(terms);
  await researcher.offerList(list);
  await expect.poll(() => [owner, researcher].every(({ state }) => state.agreement !== undefined)).toBe(true);
  return { owner, researcher };
}

describe('the builds of two pages', () => {
  it.each([
    ['the same', ONE, ONE],
    ['different ones', ONE, OTHER],
    ['one in development', ONE, undefined],
  ])('are known to both sides, and nobody is refused: %s', async (_name, ownersBuild, researchersBuild) => {
    const { owner, researcher } = await proposed(ownersBuild, researchersBuild);
    expect(owner.state.builds).toEqual({ here: ownersBuild, there: { digest: researchersBuild } });
    expect(researcher.state.builds).toEqual({ here: researchersBuild, there: { digest: ownersBuild } });
    expect(owner.state.hash).toBe(researcher.state.hash);
    await Promise.all([owner.accept(), researcher.accept()]);
    expect(await owner.settled).toEqual(await researcher.settled);
  });

  it('are digests: anything else is no proposal', async () => {
    const [left, right] = memoryChannelPair();
    const researcher = new Negotiation('researcher', right, { build: ONE });
    await left.send({ kind: 'terms', body: { terms, build: 'the newest' }, blobs: [] });
    await expect(researcher.settled).rejects.toThrow(/message "terms" is malformed/);
  });
});
