/** What a reload of the page left: a run that goes on, or file, choices and room before one. */
import { ChannelClosed } from '../../channel/channel.ts';
import type { KeptRun } from '../../storage/kept-run.ts';
import type { Store } from '../ui/store.ts';
import type { AgreementController } from './agreement-controller.ts';
import type { DraftController } from './draft-controller.ts';
import type { FileController } from './file-controller.ts';
import { type Draft, keptDraft } from './kept-draft.ts';
import type { LedgerController } from './ledger-controller.ts';
import type { Meeting } from './meeting.ts';
import type { OpeningController } from './opening-controller.ts';
import type { RunController } from './run-controller.ts';
import type { PartyServices } from './services.ts';
import { isRunning, type PartyState } from './state.ts';
import type { StudyController } from './study-controller.ts';

export const CANCELLED_HERE = new ChannelClosed({ code: 'cancelled', message: 'Cancelled here.' }, false);

export interface Reloadable {
  readonly store: Store<PartyState>;
  readonly services: PartyServices;
  readonly files: FileController;
  readonly study: StudyController;
  readonly ledger: LedgerController;
  readonly meeting: Meeting;
  readonly run: RunController;
  readonly agreement: AgreementController;
  readonly draft: DraftController;
  readonly opening: OpeningController;
}

export class ReloadController {
  readonly #of: Reloadable;
  /** The person goes on without what was kept. */
  #givenUp = false;
  #through: () => void = () => {};
  /** Resolves once nothing of what was kept can come over what a person does. */
  #returned: Promise<void> = Promise.resolve();

  constructor(of: Reloadable) {
    this.#of = of;
  }

  /** Goes on with what was kept on this page by this tab. Resolves to whether there was anything. */
  async comeBack(): Promise<boolean> {
    const { services, store } = this.#of;
    if (services.keep === undefined) return false;
    this.#returned = new Promise((resolve) => {
      this.#through = resolve;
    });
    store.update({ returning: true });
    try {
      return await this.#bringBack(services.keep);
    } finally {
      this.#letAct();
    }
  }

  /** Waits until the person may act, where the page does not keep them from it. */
  async returned(): Promise<void> {
    if (this.#of.store.getSnapshot().returning) await this.#returned;
  }

  /** The person waits no longer: what comes now is dropped. */
  giveUp(): void {
    this.#givenUp = true;
    this.#letAct();
  }

  #letAct(): void {
    if (this.#of.store.getSnapshot().returning) this.#of.store.update({ returning: false });
    this.#through();
  }

  async #bringBack(keep: NonNullable<PartyServices['keep']>): Promise<boolean> {
    const { services, run, store } = this.#of;
    // A browser that cannot keep anything has kept nothing.
    const kept = await keep.find().catch(() => undefined);
    if (kept === undefined) return false;
    if ((await run.isKept(kept)) && !this.#givenUp) {
      await this.#resume(kept);
      return true;
    }
    const draft = await keptDraft(kept, store.getSnapshot().role, services.version).catch(() => undefined);
    if (draft === undefined) {
      // Reloaded before the file was kept, or updated meanwhile.
      await kept.discard();
      return false;
    }
    if (this.#givenUp) return false;
    await this.#restore(kept, draft);
    return true;
  }

  async #resume(kept: KeptRun): Promise<void> {
    const { store, files, ledger, meeting, run, agreement } = this.#of;
    const party = await run.openKept(kept);
    if (party === undefined) return;
    this.#of.opening.adopt(party.file);
    store.update({ ...party.choices, csvOptions: party.options });
    this.#letAct();
    try {
      await files.reopen(party.file, party.options, party.settings);
      await ledger.open();
      agreement.resume(party.agreement);
      // Cancelled while the file was read again.
      if (!isRunning(store.getSnapshot())) agreement.end(CANCELLED_HERE);
      else await meeting.comeBack(party.pass, party.agreement, party.traffic);
    } catch (error) {
      run.fail(error);
    }
  }

  /** The room at once, since somebody may wait there; what is said there once the file has been read and looked through. */
  async #restore(kept: KeptRun, { choices, file: read, room }: Draft): Promise<void> {
    const { store, files, study, ledger, meeting, draft } = this.#of;
    const file = read && (await kept.getFile());
    if (this.#givenUp) return;
    draft.adopt(kept, file);
    const { step, ...others } = choices;
    store.update({ ...others, cleaning: { ...others.cleaning, busy: false } });
    if (room) void meeting.returnToNegotiate(room);
    if (read === undefined || file === undefined) return;
    this.#of.opening.adopt(file);
    if (!(await files.restore(file, read.options, read.settings))) return;
    if (!this.#givenUp) store.update({ step });
    this.#letAct();
    await ledger.open();
    await study.checked();
    await meeting.speak();
  }
}
