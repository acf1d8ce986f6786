/** From what both accept to the run: the owner's ledger is asked first, and told how it ended. */

import type { Agreement } from '../../agreement/agreement.ts';
import { ChannelClosed } from '../../channel/channel.ts';
import { t } from '../../words/translate.ts';
import type { Store } from '../ui/store.ts';
import { endingOfRun } from './endings.ts';
import type { LedgerController } from './ledger-controller.ts';
import type { Meeting, Settled } from './meeting.ts';
import { firstMissing } from './missing.ts';
import type { RunController } from './run-controller.ts';
import { CONNECT_STEP, type PartyState } from './state.ts';

export class AgreementController {
  readonly #store: Store<PartyState>;
  readonly #ledger: LedgerController;
  readonly #run: RunController;
  readonly #meeting: Meeting;
  /** The agreement of a run that a reload interrupted, until it goes on: the ledger has its entry already. */
  #resuming: Agreement | undefined;

  constructor(store: Store<PartyState>, ledger: LedgerController, run: RunController, meeting: Meeting) {
    this.#store = store;
    this.#ledger = ledger;
    this.#run = run;
    this.#meeting = meeting;
  }

  /** A run that was kept over a reload of this page is to go on. */
  resume(agreement: Agreement): void {
    this.#resuming = agreement;
  }

  /** @param read hash of the agreement that the person has read; of the one that there is, where it is left out */
  async accept(read?: string): Promise<void> {
    const stop = firstMissing(CONNECT_STEP, this.#store.getSnapshot());
    if (stop !== undefined) {
      this.#store.update({ missing: stop.missing });
      return;
    }
    const { agreement, hash } = this.#store.getSnapshot().negotiation ?? {};
    // The other side may have changed it since, and does so while the ledger is asked as well.
    if (agreement === undefined || hash === undefined) return;
    if (read !== undefined && read !== hash) {
      this.#store.update({ missing: [t('The agreement has just changed. Read it again before you agree.')] });
      return;
    }
    if (this.#isOwner) {
      try {
        await this.#ledger.check(agreement);
      } catch (error) {
        await this.#refuse(error);
        return;
      }
    }
    await this.#meeting.accept(hash);
  }

  /** Ended before the run went on: of one that had begun before a reload the owner's ledger is told here. */
  end(thrown: unknown): void {
    const agreement = this.#resuming;
    const error = agreement === undefined ? thrown : endingOfRun(thrown, this.#store.getSnapshot().role);
    this.#run.fail(error);
    this.#resuming = undefined;
    if (this.#isOwner && agreement !== undefined) void this.#ledger.end(agreement, error);
  }

  /** Both agreed. The owner's ledger says so before anything else happens. */
  async begin(settled: Settled, file: File | undefined): Promise<void> {
    try {
      if (this.#isOwner && this.#resuming === undefined) await this.#ledger.begin(settled.agreement);
      this.#resuming = undefined;
    } catch (error) {
      settled.pool.close();
      await this.#refuse(error);
      return;
    }
    await this.#run.start(settled, file);
  }

  async decline(reason = ''): Promise<void> {
    this.#run.fail(new ChannelClosed({ code: 'declined', message: reason }, false));
    await this.#meeting.decline(reason);
    this.#meeting.close();
  }

  /** The ledger does not allow it: says so here, and its kind to the other side. */
  async #refuse(error: unknown): Promise<void> {
    this.#run.fail(error);
    if (error instanceof ChannelClosed) await this.#meeting.refuse(error.reason);
    this.#meeting.close();
  }

  get #isOwner(): boolean {
    return this.#store.getSnapshot().role === 'owner';
  }
}
