/** The owner's ledger at work: what it says of their file, and an entry before every run and after it. */
import type { Agreement } from '../../agreement/agreement.ts';
import { ChannelClosed } from '../../channel/channel.ts';
import type { Limit } from '../../ledger/entry.ts';
import { type Ledger, LedgerBroken, LimitReached, StudyOver } from '../../ledger/ledger.ts';
import { t } from '../../words/translate.ts';
import type { Store } from '../ui/store.ts';
import { refusalWords } from './ledger-words.ts';
import type { DataHandle } from './services.ts';
import type { LedgerState, PartyState } from './state.ts';
import { storageWords } from './storage-words.ts';

export class LedgerController {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  readonly #ledger: Ledger;
  /** The loaded file's fingerprint. */
  #file: Promise<string> | undefined;

  constructor(store: Store<PartyState>, data: DataHandle, ledger: Ledger) {
    this.#store = store;
    this.#data = data;
    this.#ledger = ledger;
  }

  /** Another file was loaded, or none, or it is tried again: looks up what the ledger says of it. A researcher has no ledger. */
  async open(): Promise<void> {
    const { role, file } = this.#store.getSnapshot();
    this.#file = undefined;
    if (role === 'researcher') return;
    this.#store.update({ ledger: undefined });
    if (file.kind !== 'ready') return;
    this.#file = this.#data.api.digest().then((digest) => this.#ledger.fingerprint(digest));
    this.#file.catch(() => {});
    await this.#refresh();
  }

  /** @throws `ChannelClosed`, with the reason in the owner's words, where the agreement may not run now */
  async check(agreement: Agreement): Promise<void> {
    await this.#orRefuse(async () => this.#ledger.check(await this.#fingerprint(), agreement));
  }

  /** Writes the entry of a run that is about to start; throws as `check` does, and then it must not start. */
  async begin(agreement: Agreement): Promise<void> {
    await this.#orRefuse(async () => this.#ledger.begin(await this.#fingerprint(), agreement));
    await this.#refresh();
  }

  /** Writes how a run ended: with a result, or with what was thrown. */
  async end(agreement: Agreement, error?: unknown): Promise<void> {
    const ending = error === undefined ? 'finished' : error instanceof ChannelClosed ? error.reason.code : 'error';
    try {
      await this.#ledger.end(await this.#fingerprint(), agreement, ending);
      await this.#refresh();
    } catch (failure) {
      this.#store.update({ ledger: stateAfter(failure) });
    }
  }

  async setLimit(limit: Limit | undefined): Promise<void> {
    try {
      await this.#ledger.setLimit(await this.#fingerprint(), limit);
      await this.#refresh();
    } catch (failure) {
      this.#store.update({ ledger: stateAfter(failure) });
    }
  }

  exported(): Promise<string> {
    return this.#ledger.exported();
  }

  async startAnew(): Promise<void> {
    await this.#ledger.startAnew();
    await this.#refresh();
  }

  #fingerprint(): Promise<string> {
    return this.#file ?? Promise.reject(new Error(t('No file is loaded, so it has no ledger.')));
  }

  async #refresh(): Promise<void> {
    const file = this.#file;
    let ledger: LedgerState;
    try {
      ledger = { kind: 'ready', standing: await this.#ledger.standing(await this.#fingerprint()) };
    } catch (failure) {
      ledger = stateAfter(failure);
    }
    if (file === this.#file) this.#store.update({ ledger });
  }

  async #orRefuse(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      if (failure instanceof LimitReached) {
        // Another tab can have taken what was left.
        await this.#refresh();
        throw new ChannelClosed({ code: 'limit-reached', message: refusalWords(failure.refusal) }, false);
      }
      if (failure instanceof StudyOver) {
        const message = t(
          'The study held until {{day}}, and that day is over: set another last day, or none, and agree anew.',
          { day: failure.day },
        );
        throw new ChannelClosed({ code: 'protocol-error', message }, false);
      }
      const state = stateAfter(failure);
      this.#store.update({ ledger: state });
      throw new ChannelClosed(
        {
          code: 'protocol-error',
          message: t('The ledger cannot be kept, so no run starts: {{message}}', { message: state.message }),
        },
        false,
      );
    }
  }
}

function stateAfter(failure: unknown): Extract<LedgerState, { kind: 'broken' | 'failed' }> {
  const message = storageWords(failure) ?? (failure instanceof Error ? failure.message : String(failure));
  return { kind: failure instanceof LedgerBroken ? 'broken' : 'failed', message };
}
