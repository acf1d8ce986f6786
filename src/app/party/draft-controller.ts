/** Keeps the file and the choices before there is a run, over reloads of the page, as a run is kept from then on. */
import type { KeptRun } from '../../storage/kept-run.ts';
import type { Store } from '../ui/store.ts';
import { type Draft, draftOf, isSameDraft, type KeptRoom, putDraft } from './kept-draft.ts';
import type { PartyServices } from './services.ts';
import type { PartyState } from './state.ts';

/** A page that is reloaded is back by then; of one that was closed nothing is left to read, and it is deleted after that. */
const KEEP_SECONDS = 600;
/** Typing is kept at its pauses, milliseconds. */
const PAUSE_MS = 200;

export class DraftController {
  readonly #store: Store<PartyState>;
  readonly #services: PartyServices;
  readonly #room: () => KeptRoom | undefined;
  /** With the file on it; undefined where the browser cannot keep it. */
  #kept: Promise<KeptRun | undefined> | undefined;
  #file: File | undefined;
  /** What was kept last. */
  #draft: Draft | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** `room`: the way back into the one that the person is in. */
  constructor(store: Store<PartyState>, services: PartyServices, room: () => KeptRoom | undefined) {
    this.#store = store;
    this.#services = services;
    this.#room = room;
    store.subscribe(() => this.#notice());
  }

  /** Keeps this file from now on, and what is chosen for it; none where it could not be read. */
  keep(file: File | undefined): void {
    if (file !== undefined && file === this.#file) return;
    this.forget();
    this.#file = file;
    this.#notice();
  }

  /** Goes on with what was kept before a reload. */
  adopt(kept: KeptRun, file: File | undefined): void {
    this.#file = file;
    this.#kept = Promise.resolve(kept);
  }

  /** From now on it is the run's: its file is on it. Undefined where the browser could not keep it. */
  async handOver(): Promise<KeptRun | undefined> {
    const kept = this.#kept;
    this.#drop();
    await this.#writing;
    return kept;
  }

  forget(): void {
    const kept = this.#kept;
    this.#drop();
    void kept?.then((run) => run?.discard()).catch(() => {});
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#tell(false);
    this.#kept = undefined;
    this.#file = undefined;
    this.#draft = undefined;
  }

  async #begin({ begin }: NonNullable<PartyServices['keep']>, file: File | undefined): Promise<KeptRun | undefined> {
    let kept: KeptRun | undefined;
    try {
      kept = await begin(KEEP_SECONDS);
      if (file) await kept.putFile(file);
      return kept;
    } catch {
      // Without, a reload means choosing the file again.
      await kept?.discard().catch(() => {});
      return undefined;
    }
  }

  #notice(): void {
    const { keep } = this.#services;
    const { run, file } = this.#store.getSnapshot();
    if (keep === undefined || run.kind === 'running') return;
    if (run.kind !== 'idle') {
      if (this.#kept !== undefined) this.forget();
      return;
    }
    // A file that was just read is about to be handed to `keep`.
    if (file.kind === 'ready' && this.#file === undefined) return;
    if (draftOf(this.#store.getSnapshot(), this.#room()) === undefined) return;
    this.#kept ??= this.#begin(keep, this.#file);
    this.#writeSoon();
  }

  #writeSoon(): void {
    const draft = draftOf(this.#store.getSnapshot(), this.#room());
    if (draft === undefined || (this.#draft && isSameDraft(draft, this.#draft))) return;
    const met = draft.room?.pass.met !== undefined && this.#draft?.room?.pass.met === undefined;
    this.#tell(false);
    clearTimeout(this.#timer);
    // Without what ties it to the other page, a reloaded page would be a stranger there.
    if (met) this.#write();
    else this.#timer = setTimeout(() => this.#write(), PAUSE_MS);
  }

  #write(): void {
    const { role } = this.#store.getSnapshot();
    const draft = draftOf(this.#store.getSnapshot(), this.#room());
    const kept = this.#kept;
    if (draft === undefined || kept === undefined) return;
    this.#draft = draft;
    const write = async () => {
      const run = await kept;
      if (run === undefined || kept !== this.#kept) return;
      await putDraft(run, draft, role, this.#services.version);
      if (kept !== this.#kept) return;
      const now = draftOf(this.#store.getSnapshot(), this.#room());
      if (now && isSameDraft(now, draft)) this.#tell(true);
      // The room's part changes without the state saying so.
      else this.#writeSoon();
    };
    this.#writing = this.#writing.then(write).catch(() => {
      if (kept === this.#kept) this.forget();
    });
  }

  #tell(draftKept: boolean): void {
    if (this.#store.getSnapshot().draftKept !== draftKept) this.#store.update({ draftKept });
  }
}
