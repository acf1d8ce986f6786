/**
 * The data owner's side of a run, top to bottom as in docs/protocol.md. They compute on ciphertexts only, and every answer
 * leaves sealed; what they learn is that a query of the agreed kind ran. Every answer is computed once and kept before it is
 * sent: after a reload of either page the same bytes go again, and nothing is answered anew.
 */

import type { OwnerOutcome } from '../agreement/result.ts';
import type { Channel } from '../channel/channel.ts';
import { t } from '../words/translate.ts';
import { BundleAnswers } from './bundle-answers.ts';
import { Conversation, conduct, type Side } from './conversation.ts';
import { type OwnerInput, OwnerPage } from './owner-page.ts';
import { checkPositions, researcherHas } from './positions.ts';
import { largestMessage } from './steps.ts';
import { TallyAnswers } from './tally-answers.ts';

export function runOwner(input: OwnerInput): Promise<OwnerOutcome> {
  return conduct(input.channel, input.signal, async () => new OwnerRun(await OwnerPage.open(input)));
}

class OwnerRun implements Side<OwnerOutcome> {
  readonly #bundles: BundleAnswers;
  readonly #tally: TallyAnswers;

  readonly #page: OwnerPage;

  constructor(page: OwnerPage) {
    this.#page = page;
    this.#bundles = new BundleAnswers(page);
    this.#tally = new TallyAnswers(page);
  }

  async proceed(channel: Channel): Promise<OwnerOutcome> {
    const page = this.#page;
    const { input, session, memory } = page;
    channel.setReceiveLimit(largestMessage(session.agreement, session.layout));
    page.talk = new Conversation(channel, session.hash);
    memory.watch.follow(channel);
    const { ownerPosition } = memory;
    await page.talk.send('position', { ...ownerPosition });
    const { body: theirs } = await page.talk.expect(page.steps.researcherPosition);
    checkPositions(theirs, ownerPosition, page.bundles);
    if (researcherHas(theirs.reached, 'tally-release')) {
      input.onRelease();
    } else {
      page.progress('linkage', ownerPosition.answered.length / page.bundles, t('Waiting for the first encrypted keys'));
      await this.#bundles.answerBundles(new Set(theirs.read));
      memory.watch.enter('table');
      await this.#tally.proceed(theirs.reached);
    }
    await page.talk.expect(page.steps.finished);
    page.progress('table', 1, 'Finished');
    return {
      agreement: session.agreement,
      agreementHash: session.hash,
      records: input.keys.rows,
      leftOut: await this.#bundles.leftOut(),
      measures: memory.watch.total(),
      finishedAt: new Date().toISOString(),
      version: input.version,
    };
  }

  async settle(): Promise<void> {
    await Promise.all([this.#bundles.settle(), this.#tally.settle()]);
  }
}
