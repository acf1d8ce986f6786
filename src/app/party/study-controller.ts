/** Opens a study file: its rules and words at once, its columns as soon as a file is there. */
import type { CsvOptions } from '../../table/table.ts';
import { t } from '../../words/translate.ts';
import type { Store } from '../ui/store.ts';
import { columnsOf } from './bindings.ts';
import type { FileController } from './file-controller.ts';
import { edgesText, groupedColumns } from './group-ranges.ts';
import { quoted } from './plain-words.ts';
import type { GroupState, PartyState } from './state.ts';
import { MAX_STUDY_BYTES, readStudyFile, type StudyFile } from './study-file.ts';
import { textsOf } from './study-words.ts';

export class StudyController {
  readonly #store: Store<PartyState>;
  readonly #files: FileController;
  /** Opened, and to be applied to each file that is loaded from now on. */
  #study: StudyFile | undefined;

  constructor(store: Store<PartyState>, files: FileController) {
    this.#store = store;
    this.#files = files;
  }

  /** Returns whether the file was one of this side's. */
  async open(file: Blob): Promise<boolean> {
    const { role } = this.#store.getSnapshot();
    const large = file.size > MAX_STUDY_BYTES;
    const study = large ? t('This file is too large for a study file.') : readStudyFile(await file.text(), role);
    if (typeof study === 'string') {
      this.#store.update({ studyProblems: [study] });
      return false;
    }
    this.#study = study;
    const { rules, limits, places = {}, showMatchesFirst = false } = study;
    this.#store.update({
      study: textsOf(study.study),
      studyPlaces: places,
      studyLimits: limits,
      studyProblems: [],
      showMatchesFirst,
      ...(rules && { rules }),
    });
    return true;
  }

  /** How the study says that its file is to be read. */
  get csvOptions(): Partial<CsvOptions> {
    return this.#study?.options ?? {};
  }

  /** Whether the loaded file, or the one that could not be read, is to be read otherwise than it was. */
  readsAnew(): boolean {
    const { file } = this.#store.getSnapshot();
    if (file.kind !== 'ready' && file.kind !== 'failed') return false;
    const options: Partial<CsvOptions> = file.kind === 'ready' ? file.summary.options : file.options;
    return Object.entries(this.csvOptions).some(([name, value]) => options[name as keyof CsvOptions] !== value);
  }

  /** Sets the columns of the loaded file as the study has them. Returns whether there was a study to apply, and all of it fitted. */
  async apply(): Promise<boolean> {
    const study = this.#study;
    const columns = columnsOf(this.#store.getSnapshot());
    if (study === undefined || columns.length === 0) return false;
    const planned = columns.map(({ name }) => study.columns.find((column) => column.name === name));
    for (const [column, plan] of planned.entries()) {
      if (plan?.settings) await this.#files.decideColumn(column, plan.settings);
    }
    if (study.cleaning) await this.#files.setCleaning(study.cleaning);
    const cleaned = columnsOf(this.#store.getSnapshot());
    const plans = cleaned.map(({ name }) => study.columns.find((column) => column.name === name));
    // Columns that steps have added are decided about when they are there.
    for (let column = columns.length; column < cleaned.length; column++) {
      const { settings } = plans[column] ?? {};
      if (settings) await this.#files.decideColumn(column, settings);
    }
    for (const [column, { use = 'ignore', range, edges } = {}] of plans.entries()) {
      if (edges) this.#files.setRanges(column, edgesText(edges));
      this.#files.setUses([column], use);
      if (range && use === 'average') this.#files.setPayload(column, range);
    }
    const names = new Set(cleaned.map(({ name }) => name));
    const lost = study.columns
      .filter(({ name, use }) => use !== 'ignore' && !names.has(name))
      .map(({ name }) => quoted(name));
    const places = (wanted: readonly string[]) =>
      wanted.map((name) => columns.findIndex((column) => column.name === name));
    const tables = (study.tables ?? []).map(({ groups, payloads }) => ({
      groups: places(groups),
      payloads: places(payloads),
    }));
    this.#store.update({ tables });
    const { error } = this.#store.getSnapshot().cleaning;
    const studyProblems = [
      ...(lost.length > 0
        ? [
            t(
              'The study uses {{columns}}, which this file does not have. Choose columns for what they were used for, or another file.',
              { columns: lost.join(', ') },
            ),
          ]
        : []),
      ...(error === undefined ? [] : [t('The study’s cleaning steps could not be taken: {{error}}', { error })]),
    ];
    this.#store.update({ studyProblems });
    return studyProblems.length === 0;
  }

  /** Resolves when everything that follows from the columns has been looked at. */
  checked(): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (isChecking(this.#store.getSnapshot())) return;
        stop();
        resolve();
      };
      const stop = this.#store.subscribe(look);
      look();
    });
  }
}

const isCounting = (group: GroupState | undefined) => group === undefined || group.kind === 'counting';

function isChecking(state: PartyState): boolean {
  const { file, groups, payloads, matchProblems, cleaning } = state;
  if (file.kind === 'reading' || matchProblems === undefined || cleaning.busy) return true;
  if (groupedColumns(state).some(({ column }) => isCounting(groups[column]))) return true;
  // A column that could not be checked has no count of missing values, but a problem.
  return Object.values(payloads).some(({ missing, problems }) => missing === undefined && problems.length === 0);
}
