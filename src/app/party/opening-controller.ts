/** Opening files: the party's own, and a study that says what is to be done with it. */
import type { CsvOptions } from '../../table/table.ts';
import type { Store } from '../ui/store.ts';
import { changedOptions } from './csv-options.ts';
import type { DraftController } from './draft-controller.ts';
import type { FileController } from './file-controller.ts';
import type { LedgerController } from './ledger-controller.ts';
import type { Meeting } from './meeting.ts';
import { CONNECT_STEP, isRunOpen, type PartyState } from './state.ts';
import type { StepController } from './step-controller.ts';
import type { StudyController } from './study-controller.ts';

interface Told {
  readonly files: FileController;
  readonly study: StudyController;
  readonly ledger: LedgerController;
  readonly meeting: Meeting;
  readonly steps: StepController;
  readonly draft: DraftController;
}

export class OpeningController {
  readonly #store: Store<PartyState>;
  readonly #told: Told;
  #file: File | undefined;

  constructor(store: Store<PartyState>, told: Told) {
    this.#store = store;
    this.#told = told;
  }

  get file(): File | undefined {
    return this.#file;
  }

  /** The file is this one again, after a reload of the page. */
  adopt(file: File): void {
    this.#file = file;
  }

  async loadFile(file: File): Promise<void> {
    this.#file = file;
    await this.#read(this.#told.study.csvOptions);
  }

  async setCsvOptions(change: Partial<CsvOptions>): Promise<void> {
    await this.#read(changedOptions(this.#store.getSnapshot().csvOptions, change));
  }

  async #read(options: Partial<CsvOptions>): Promise<void> {
    if (this.#file === undefined) return;
    const { files, study, ledger, meeting } = this.#told;
    this.#store.update({ csvOptions: options });
    await files.load(this.#file, options);
    this.keepDraft();
    const fits = await study.apply();
    meeting.placeFields();
    await ledger.open();
    if (fits) await this.#goOn();
  }

  /** From now on a reload keeps the file, if it could be read, and what is chosen. */
  keepDraft(): void {
    this.#told.draft.keep(this.#store.getSnapshot().file.kind === 'ready' ? this.#file : undefined);
  }

  async openStudy(file: Blob): Promise<void> {
    const { study, meeting } = this.#told;
    if (isRunOpen(this.#store.getSnapshot()) || !(await study.open(file))) return;
    if (study.readsAnew()) {
      await this.#read(study.csvOptions);
      return;
    }
    if (!(await study.apply())) return;
    meeting.placeFields();
    await this.#goOn();
  }

  /** A study has said everything: on to the Connect step, or to the first one that lacks something. */
  async #goOn(): Promise<void> {
    const from = this.#store.getSnapshot().step;
    await this.#told.study.checked();
    const { step } = this.#store.getSnapshot();
    if (step === from && step < CONNECT_STEP) this.#told.steps.goTo(CONNECT_STEP);
  }
}
