/**
 * The researcher's side of a run, top to bottom as in docs/protocol.md. They hold the secret keys; every message of theirs is a
 * ciphertext or a fixed word, and none depends on what a ciphertext held until the run has ended. What they need after a
 * reload of their page is kept before the message that makes it needed is sent.
 */

import type { GroupColumn } from '../agreement/agreement.ts';
import type { ResearcherResult } from '../agreement/result.ts';
import type { Channel } from '../channel/channel.ts';
import { t } from '../words/translate.ts';
import { BundleComparison } from './bundle-comparison.ts';
import { Conversation, conduct, ProtocolError, type Side } from './conversation.ts';
import { MatchSettlement } from './match-settlement.ts';
import { checkPositions } from './positions.ts';
import { type ResearcherInput, ResearcherPage } from './researcher-page.ts';
import { RunMemory } from './run-memory.ts';
import { deriveSession, type Session } from './session.ts';
import { largestMessage } from './steps.ts';
import { TallyOpening } from './tally-opening.ts';

export async function runResearcher(input: ResearcherInput): Promise<ResearcherResult> {
  const readResult = await conduct(input.channel, input.signal, () => ResearcherRun.begin(input));
  // The conversation is over: whether the figures are possible depends on what the researcher decrypts, and the owner must not be told.
  return readResult();
}

/** @throws where the researcher's own groups are not those of the agreement */
function checkStrata({ strata, keys }: ResearcherInput, { agreement, layout }: Session): void {
  const sizes = (columns: readonly GroupColumn[]) => columns.map(({ labels }) => labels.length).join();
  const fits =
    sizes(strata?.columns ?? []) === sizes(agreement.list.strata ?? []) &&
    (strata === undefined || (strata.of.length === keys.rows && strata.of.every((stratum) => stratum < layout.strata)));
  if (!fits)
    throw new ProtocolError('the groups of the list are not those that the agreement names; choose them again');
}

/** Reads the result: for the researcher alone. */
type ReadResult = () => Promise<ResearcherResult>;

class ResearcherRun implements Side<ReadResult> {
  readonly #comparison: BundleComparison;
  readonly #opening: TallyOpening;

  readonly #page: ResearcherPage;

  private constructor(page: ResearcherPage) {
    this.#page = page;
    this.#comparison = new BundleComparison(page);
    this.#opening = new TallyOpening(page, new MatchSettlement(page));
  }

  static async begin(input: ResearcherInput): Promise<ResearcherRun> {
    const session = deriveSession(input.agreement);
    checkStrata(input, session);
    return new ResearcherRun(new ResearcherPage(input, session, await RunMemory.open(input.store)));
  }

  async proceed(channel: Channel): Promise<ReadResult> {
    const page = this.#page;
    const { session, memory, bundles } = page;
    channel.setReceiveLimit(largestMessage(session.agreement, session.layout));
    page.talk = new Conversation(channel, session.hash);
    memory.watch.follow(channel);
    const { researcherPosition } = memory;
    await page.talk.send('position', { ...researcherPosition });
    if (!memory.has('tally-release')) {
      const { body: theirs } = await page.talk.expect(page.steps.ownerPosition);
      checkPositions(researcherPosition, theirs, bundles);
      page.progress('linkage', researcherPosition.read.length / bundles, t('Making keys'));
      if (memory.has('matched')) await page.shareTallyKeys(theirs.reached);
      else await this.#comparison.compareBundles(theirs);
      memory.watch.enter('table');
      await this.#opening.proceed(theirs.reached);
    }
    await page.talk.send('finished', {});
    return () => this.#opening.readResult();
  }

  settle(): Promise<void> {
    return this.#comparison.settle();
  }
}
