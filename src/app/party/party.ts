/**
 * One party: the researcher or the data owner, from file to result. A page shows one, the sample mode two side by side.
 * React watches it through `subscribe` and `getSnapshot`; every method is something the person does.
 */

import type { Limit } from '../../ledger/entry.ts';
import type { Role } from '../../net/room-api.ts';
import type { Cleaning } from '../../table/cleaning.ts';
import type { SettingsChange } from '../../table/column-settings.ts';
import type { LabelCount } from '../../table/group-labels.ts';
import type { LabelMerge } from '../../table/label-merges.ts';
import type { ColumnUse, CsvOptions } from '../../table/table.ts';
import { Store } from '../ui/store.ts';
import { AgreementController } from './agreement-controller.ts';
import { DesignPreview } from './design-preview.ts';
import { DraftController } from './draft-controller.ts';
import { FileController } from './file-controller.ts';
import { type JointGroups, smallJointGroups } from './joint-groups.ts';
import { LanguageController } from './language-controller.ts';
import { LedgerController } from './ledger-controller.ts';
import { Meeting } from './meeting.ts';
import { OpeningController } from './opening-controller.ts';
import { CANCELLED_HERE, ReloadController } from './reload-controller.ts';
import { RunController } from './run-controller.ts';
import type { DataHandle, PartyServices } from './services.ts';
import {
  CONNECT_STEP,
  type FieldColumn,
  initialState,
  isRunning,
  isRunOpen,
  type PartyState,
  type PayloadState,
  type RuleState,
  type StepIndex,
  type StudyTexts,
  type TableChoice,
} from './state.ts';
import { StepController } from './step-controller.ts';
import { StudyController } from './study-controller.ts';

export class Party {
  readonly role: Role;
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  readonly #files: FileController;
  readonly #design: DesignPreview;
  readonly #meeting: Meeting;
  readonly #run: RunController;
  readonly #ledger: LedgerController;
  readonly #study: StudyController;
  readonly #steps: StepController;
  readonly #agreement: AgreementController;
  readonly #draft: DraftController;
  readonly #opening: OpeningController;
  readonly #language: LanguageController;
  readonly #reload: ReloadController;

  constructor(role: Role, services: PartyServices) {
    this.role = role;
    this.#store = new Store(initialState(role));
    this.#data = services.openData();
    this.#files = new FileController(this.#store, this.#data);
    this.#study = new StudyController(this.#store, this.#files);
    this.#design = new DesignPreview(this.#store, this.#data);
    this.#ledger = new LedgerController(this.#store, this.#data, services.ledger);
    this.#draft = new DraftController(this.#store, services, () => this.#meeting.wayBack);
    this.#run = new RunController(this.#store, this.#data, services, this.#ledger, this.#draft);
    this.#meeting = new Meeting(this.#store, this.#data, services, {
      onFieldsPlaced: () => void this.#files.checkMatchFields(),
      onSettled: (settled) => void this.#agreement.begin(settled, this.#opening.file),
      onEnded: (error) => this.#agreement.end(error),
    });
    this.#steps = new StepController(this.#store, this.#design, this.#meeting);
    const told = { files: this.#files, study: this.#study, ledger: this.#ledger, meeting: this.#meeting };
    this.#opening = new OpeningController(this.#store, { ...told, steps: this.#steps, draft: this.#draft });
    this.#agreement = new AgreementController(this.#store, this.#ledger, this.#run, this.#meeting);
    const parts = { ...told, run: this.#run, agreement: this.#agreement, draft: this.#draft, opening: this.#opening };
    this.#reload = new ReloadController({ store: this.#store, services, ...parts });
    this.#language = new LanguageController({ store: this.#store, openData: () => services.openData(), ...parts });
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);
  readonly getSnapshot = (): PartyState => this.#store.getSnapshot();

  /** Goes to a step, or to the first one on the way that lacks something, and shows what. No way back from a run. */
  goTo(target: StepIndex): void {
    this.#steps.goTo(target);
  }

  next(): void {
    this.#steps.next();
  }

  back(): void {
    this.#steps.back();
  }

  async loadFile(file: File): Promise<void> {
    await this.#reload.returned();
    await this.#opening.loadFile(file);
  }

  /** Reads the same file again with another option; what was decided before holds. */
  async setCsvOptions(change: Partial<CsvOptions>): Promise<void> {
    await this.#opening.setCsvOptions(change);
  }

  /** Opens what was saved with `studyJson`, and applies it to the file, if there is one. */
  async openStudy(file: Blob): Promise<void> {
    await this.#reload.returned();
    await this.#opening.openStudy(file);
  }

  /** What this side says of the study. */
  setStudy(change: Partial<StudyTexts>): void {
    this.#store.update({ study: { ...this.getSnapshot().study, ...change }, missing: [] });
  }

  /** Changes what is done to the file's values and rows before they are used: these steps, and no others. */
  async setCleaning(steps: Cleaning): Promise<void> {
    await this.#files.setCleaning(steps);
  }

  /** Labels of a column that are likely to mean the same; none where there are too many to compare. */
  async likelyMerges(column: number): Promise<LabelMerge[]> {
    return this.#data.api.likelyMerges(column).catch(() => []);
  }

  /** The labels of a column, most rows first; undefined where there are too many to list. */
  async labels(column: number): Promise<LabelCount[] | undefined> {
    return this.#data.api.labels(column).catch(() => undefined);
  }

  setUse(column: number, use: ColumnUse): void {
    this.#files.setUses([column], use);
  }

  /** The same use for several columns. */
  setUses(columns: readonly number[], use: ColumnUse): void {
    this.#files.setUses(columns, use);
  }

  /** Changes what is decided about how a column's values are read. */
  async decideColumn(column: number, change: SettingsChange): Promise<void> {
    await this.#files.decideColumn(column, change);
    void this.#meeting.speak();
  }

  setPayload(column: number, change: Partial<Pick<PayloadState, 'minimum' | 'maximum' | 'decimals'>>): void {
    this.#files.setPayload(column, change);
  }

  /** Owner: pairs of columns of different tables whose combinations are those of few rows. */
  smallJointGroups(): Promise<JointGroups[]> {
    return smallJointGroups(this.getSnapshot(), this.#data.api);
  }

  /** Owner: the tables over one linkage; none: one table of all columns. */
  setTables(tables: readonly TableChoice[]): void {
    this.#store.update({ tables, missing: [] });
    void this.#meeting.speak();
  }

  /** Edges of the ranges that a column is grouped by, as typed. */
  setRanges(column: number, text: string): void {
    this.#files.setRanges(column, text);
  }

  /** Ranges of about as many rows each; resolves with why there are none. */
  proposeRanges(column: number): Promise<string | undefined> {
    return this.#files.proposeRanges(column);
  }

  setRules(change: Partial<RuleState>): void {
    this.#store.update({ rules: { ...this.getSnapshot().rules, ...change }, missing: [] });
    this.#steps.showDesign();
  }

  /** Researcher: whether the run waits after the linkage, to ask which matches count. */
  setShowMatchesFirst(showMatchesFirst: boolean): void {
    this.#store.update({ showMatchesFirst });
  }

  /** Researcher: whether the owner is not told the names of the strata. */
  setHideGroups(hideGroups: boolean): void {
    this.#store.update({ hideGroups });
    void this.#meeting.speak();
  }

  /** Researcher: goes on with the run that waits, with the matches of at least this weight. */
  askForTable(threshold: number): void {
    this.#run.askForTable(threshold);
  }

  /** Researcher: the column that holds the owner's field number `field`, or null for none. */
  setFieldColumn(field: number, column: FieldColumn): void {
    const fields = this.getSnapshot().negotiation?.terms?.fields ?? [];
    const { fieldColumns } = this.getSnapshot();
    this.#store.update({ fieldColumns: fields.map((_, i) => (i === field ? column : fieldColumns[i])), missing: [] });
    void this.#files.checkMatchFields();
    void this.#meeting.speak();
  }

  /** The page is there: goes on with what was kept over a reload, or into the room of an opened link. */
  async arrive(roomFragment: string | undefined): Promise<void> {
    if (await this.#reload.comeBack()) return;
    if (roomFragment !== undefined && !isRunOpen(this.getSnapshot())) await this.openRoom(roomFragment);
  }

  /** Goes on without what was kept over a reload, which takes long to come. */
  returnWithout(): void {
    this.#reload.giveUp();
  }

  async createRoom(): Promise<void> {
    await this.#meeting.createRoom();
  }

  async openRoom(fragment: string): Promise<void> {
    await this.#meeting.openRoom(fragment);
  }

  /** @param hash of the agreement that the person has read, so that no other is accepted */
  async accept(hash?: string): Promise<void> {
    await this.#agreement.accept(hash);
  }

  async setLimit(limit: Limit | undefined): Promise<void> {
    await this.#ledger.setLimit(limit);
  }

  /** The owner's whole ledger as JSON. */
  exportedLedger(): Promise<string> {
    return this.#ledger.exported();
  }

  /** The ledger could not be read or written: tries again. */
  async retryLedger(): Promise<void> {
    this.#store.update({ missing: [] });
    await this.#ledger.open();
  }

  async startNewLedger(): Promise<void> {
    await this.#ledger.startAnew();
  }

  /** @param reason for the other person to read */
  async decline(reason?: string): Promise<void> {
    await this.#agreement.decline(reason);
  }

  /** Stops the run at once and tells the other side. */
  async cancel(): Promise<void> {
    if (!isRunning(this.getSnapshot())) return;
    this.#agreement.end(CANCELLED_HERE);
    this.#run.abort();
    await this.#meeting.cancel();
    this.#meeting.close();
  }

  /** The connection has not come back: waits on. */
  keepTrying(): void {
    this.#meeting.keepTrying();
  }

  /** The connection has not come back: ends here, and tells the other side if it does come back soon. */
  giveUp(): void {
    this.#meeting.giveUp();
    this.#run.abort();
  }

  /** Keeps file and choices, forgets room, agreement and run. */
  startAgain(): void {
    this.#run.abort();
    this.#meeting.close();
    const fresh = initialState(this.role);
    const { file, step } = this.getSnapshot();
    this.#store.update({
      step: file.kind === 'ready' ? (Math.min(step, CONNECT_STEP) as StepIndex) : 0,
      missing: [],
      fieldColumns: [],
      room: undefined,
      negotiation: undefined,
      strataMinimum: undefined,
      proposal: fresh.proposal,
      run: fresh.run,
    });
    this.#opening.keepDraft();
  }

  dispose(): void {
    this.#language.stop();
    this.#design.stop();
    this.#run.abort();
    this.#meeting.close();
    this.#draft.forget();
    this.#data.close();
  }
}
