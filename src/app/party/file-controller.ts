/** The party's own file: reading it, saying what columns are for, and the checks that follow from that. */
import { proxy } from 'comlink';
import type { Cleaning } from '../../table/cleaning.ts';
import { type ColumnSettings, changedSettings, type SettingsChange } from '../../table/column-settings.ts';
import type { ColumnUse, CsvOptions, Problem, TableSummary } from '../../table/table.ts';
import { t } from '../../words/translate.ts';
import type { Store } from '../ui/store.ts';
import { withProgress } from '../ui/with-progress.ts';
import { choicesAfter, isGiven } from './added-columns.ts';
import { bindingsOf, columnsOf, NO_COLUMN } from './bindings.ts';
import { EQUAL_PARTS, edgesOf, edgesText, isGrouped } from './group-ranges.ts';
import { readAgain } from './read-again.ts';
import type { DataHandle } from './services.ts';
import { type CleaningState, OF_NO_FILE, type PartyState, type PayloadState } from './state.ts';
import { initialUses } from './uses.ts';

/** Typing into a number field should not start a pass over a million rows with every digit. */
const TYPING_PAUSE_MS = 300;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export class FileController {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  /** Counts files and checks, so that an answer that comes too late is dropped. */
  #load = 0;
  #check = 0;
  #checking = false;
  /** Of the workbook that was read last. */
  #sheets: { readonly file: File; readonly names: readonly string[] } | undefined;
  readonly #payloadTimers = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #rangeTimers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(store: Store<PartyState>, data: DataHandle) {
    this.#store = store;
    this.#data = data;
  }

  /** Reads the file; a repeated call with other options reads it anew and guesses uses again. */
  async load(file: File, options: Partial<CsvOptions>): Promise<void> {
    this.#load += 1;
    this.#check += 1;
    const load = this.#load;
    const reading = (bytesRead: number) => {
      if (load !== this.#load) return;
      this.#store.update({ file: { kind: 'reading', name: file.name, bytes: file.size, bytesRead } });
    };
    this.#store.update({
      file: { kind: 'reading', name: file.name, bytes: file.size, bytesRead: 0 },
      ...OF_NO_FILE,
    });
    try {
      const summary = await withProgress(
        (report: (bytesRead: number) => void) => this.#data.api.load(file, options, proxy(report)),
        reading,
      );
      if (load !== this.#load) return;
      if (summary.sheets !== undefined) this.#sheets = { file, names: summary.sheets };
      const uses = initialUses(this.#store.getSnapshot().role, summary.columns);
      this.#store.update({ file: { kind: 'ready', summary }, uses });
      for (const [column, use] of uses.entries()) this.#prepare(column, use);
      await this.checkMatchFields();
    } catch (error) {
      if (load === this.#load) this.#fail(file, options, error);
    }
  }

  #fail(file: File, options: Partial<CsvOptions>, error: unknown): void {
    const sheets = file === this.#sheets?.file ? { sheets: this.#sheets.names } : {};
    this.#store.update({ file: { kind: 'failed', name: file.name, message: messageOf(error), options, ...sheets } });
  }

  /** Reads the file of a run that goes on; what its columns are for is known. Resolves to false where another was loaded meanwhile. */
  async reopen(file: File, options: CsvOptions, settings: readonly ColumnSettings[]): Promise<boolean> {
    this.#load += 1;
    const load = this.#load;
    const { steps } = this.#store.getSnapshot().cleaning;
    const summary = await readAgain(this.#data.api, file, { options, settings, steps });
    if (load !== this.#load) return false;
    if (summary.sheets) this.#sheets = { file, names: summary.sheets };
    this.#store.update({ file: { kind: 'ready', summary } });
    return true;
  }

  /** Reads the file that choices had been made about when the page was reloaded, and looks through it anew. */
  async restore(file: File, options: CsvOptions, settings: readonly ColumnSettings[]): Promise<boolean> {
    this.#store.update({ file: { kind: 'reading', name: file.name, bytes: file.size, bytesRead: 0 } });
    try {
      if (!(await this.reopen(file, options, settings))) return false;
    } catch (error) {
      this.#fail(file, options, error);
      return false;
    }
    const { file: read, cleaning } = this.#store.getSnapshot();
    if (read.kind === 'ready') this.#takeCleaned(read.summary, read.summary, cleaning);
    return true;
  }

  /** Takes these steps, and no others. Where one cannot be taken, those before stay in force, and why is said. */
  async setCleaning(steps: Cleaning): Promise<void> {
    const { file, cleaning } = this.#store.getSnapshot();
    if (file.kind !== 'ready' || cleaning.busy) return;
    const load = this.#load;
    const { steps: before, effects } = cleaning;
    this.#store.update({ cleaning: { steps: before, effects, busy: true }, missing: [] });
    try {
      const cleaned = await this.#data.api.clean(steps);
      if (load === this.#load) this.#takeCleaned(file.summary, cleaned.summary, { steps, ...cleaned });
    } catch (error) {
      if (load !== this.#load) return;
      this.#store.update({ cleaning: { steps: before, effects, busy: false, error: messageOf(error) } });
    }
  }

  /** Everything that was counted before is counted anew; ranges that nobody touched follow the values. */
  #takeCleaned(
    before: TableSummary,
    summary: TableSummary,
    { steps, effects }: Pick<CleaningState, 'steps' | 'effects'>,
  ): void {
    const state = this.#store.getSnapshot();
    const { payloads } = state;
    const choices = choicesAfter(state, before.columns, summary.columns, steps);
    const isSame = (column: number) => before.columns[column]?.name === summary.columns[column]?.name;
    const touched = Object.entries(payloads).filter(
      ([column, payload]) => isSame(Number(column)) && !isGiven(payload, before, Number(column)),
    );
    this.#store.update({
      file: { kind: 'ready', summary },
      ...choices,
      cleaning: { steps, effects, busy: false },
      groups: {},
      payloads: Object.fromEntries(
        touched.map(([column, payload]) => [column, { ...payload, problems: [], missing: undefined }]),
      ),
    });
    for (const [column] of touched) void this.#checkPayload(Number(column));
    for (const [column, use] of choices.uses.entries()) this.#prepare(column, use);
    void this.checkMatchFields();
  }

  setUses(columns: readonly number[], use: ColumnUse): void {
    const uses = [...this.#store.getSnapshot().uses];
    for (const column of columns) uses[column] = use;
    this.#store.update({ uses, missing: [] });
    for (const column of columns) this.#prepare(column, use);
    void this.checkMatchFields();
  }

  /** Changes what is decided about a column's values; its range, its labels and the checks follow. */
  async decideColumn(column: number, change: SettingsChange): Promise<void> {
    const load = this.#load;
    const before = columnsOf(this.#store.getSnapshot())[column];
    if (before === undefined) return;
    const summary = await this.#data.api.decideColumn(column, changedSettings(before.settings, change));
    const { file, uses, payloads, groups } = this.#store.getSnapshot();
    if (load !== this.#load || file.kind !== 'ready') return;
    const columns = file.summary.columns.with(column, summary);
    const { [column]: _payload, ...otherPayloads } = payloads;
    const { [column]: _group, ...otherGroups } = groups;
    this.#store.update({
      file: { kind: 'ready', summary: { ...file.summary, columns } },
      payloads: otherPayloads,
      groups: otherGroups,
      missing: [],
    });
    this.#prepare(column, uses[column] ?? 'ignore');
    await this.checkMatchFields();
  }

  setPayload(column: number, change: Partial<Pick<PayloadState, 'minimum' | 'maximum' | 'decimals'>>): void {
    const { payloads } = this.#store.getSnapshot();
    const before = payloads[column];
    if (before === undefined) return;
    const { minimum, maximum, decimals } = { ...before, ...change };
    this.#putPayload(column, { minimum, maximum, decimals, problems: [], missing: undefined });
    clearTimeout(this.#payloadTimers.get(column));
    this.#payloadTimers.set(
      column,
      setTimeout(() => void this.#checkPayload(column), TYPING_PAUSE_MS),
    );
  }

  /** Groups a column by ranges with these edges, as typed; by its values where nothing is written. Its labels are counted anew. */
  setRanges(column: number, text: string): void {
    const { ranges, groups } = this.#store.getSnapshot();
    const { [column]: _group, ...otherGroups } = groups;
    this.#store.update({ ranges: { ...ranges, [column]: text }, groups: otherGroups, missing: [] });
    clearTimeout(this.#rangeTimers.get(column));
    const count = () => this.#prepare(column, this.#store.getSnapshot().uses[column] ?? 'ignore');
    this.#rangeTimers.set(column, setTimeout(count, TYPING_PAUSE_MS));
  }

  /** Groups a column by ranges of about as many rows each. Resolves with why it has none. */
  async proposeRanges(column: number): Promise<string | undefined> {
    const load = this.#load;
    try {
      const edges = await this.#data.api.equalParts(column, EQUAL_PARTS);
      if (load === this.#load) this.setRanges(column, edgesText(edges));
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  /**
   * Looks for problems that depend on the matching fields: dates that are none, rows without a key, people who are in the file
   * more than once. One search at a time: of those asked for meanwhile, the last one follows.
   */
  async checkMatchFields(): Promise<void> {
    this.#check += 1;
    if (this.#checking) return;
    this.#checking = true;
    for (let check = 0; check !== this.#check; ) {
      check = this.#check;
      const matchProblems = await this.#findProblems();
      if (check === this.#check) this.#store.update({ matchProblems });
    }
    this.#checking = false;
  }

  async #findProblems(): Promise<Problem[]> {
    const fields = bindingsOf(this.#store.getSnapshot()).filter((b) => b.column !== NO_COLUMN);
    if (fields.length === 0) return [];
    this.#store.update({ matchProblems: undefined });
    return this.#data.api.checkMatchFields(fields).catch((error: unknown) => [
      {
        kind: 'no-key' as const,
        count: 0,
        rows: [],
        message: t('The matching columns could not be checked: {{message}}', { message: messageOf(error) }),
      },
    ]);
  }

  #prepare(column: number, use: ColumnUse): void {
    const state = this.#store.getSnapshot();
    if (use === 'average' && state.payloads[column] === undefined) this.#proposeRange(column);
    const known = state.groups[column]?.kind;
    if (isGrouped(state, column) && (known === undefined || known === 'failed')) void this.#countLabels(column);
  }

  /** The range is that of the column's own numbers; a column without any has none. */
  #proposeRange(column: number): void {
    const range = columnsOf(this.#store.getSnapshot())[column]?.range;
    const { minimum, maximum, decimals } = range ?? { minimum: Number.NaN, maximum: Number.NaN, decimals: 0 };
    this.#putPayload(column, { minimum, maximum, decimals, problems: [], missing: undefined });
    void this.#checkPayload(column);
  }

  #putPayload(column: number, payload: PayloadState): void {
    const { payloads } = this.#store.getSnapshot();
    this.#store.update({ payloads: { ...payloads, [column]: payload }, missing: [] });
  }

  async #checkPayload(column: number): Promise<void> {
    const load = this.#load;
    const asked = this.#store.getSnapshot().payloads[column];
    if (asked === undefined || !(asked.minimum < asked.maximum)) return;
    const { minimum, maximum, decimals } = asked;
    try {
      const { problems, missing } = await this.#data.api.checkPayload(column, minimum, maximum, decimals);
      if (load !== this.#load || this.#store.getSnapshot().payloads[column] !== asked) return;
      this.#putPayload(column, { ...asked, problems, missing });
    } catch (error) {
      if (load !== this.#load) return;
      const message = t('This column could not be checked: {{message}}', { message: messageOf(error) });
      this.#putPayload(column, { ...asked, problems: [{ kind: 'not-a-number', count: 0, rows: [], message }] });
    }
  }

  async #countLabels(column: number): Promise<void> {
    const load = this.#load;
    const asked = this.#store.getSnapshot().ranges[column];
    const put = (group: PartyState['groups'][number]) => {
      const { ranges } = this.#store.getSnapshot();
      if (load !== this.#load || ranges[column] !== asked) return;
      this.#store.update({ groups: { ...this.#store.getSnapshot().groups, [column]: group } });
    };
    put({ kind: 'counting' });
    try {
      const edges = edgesOf(this.#store.getSnapshot(), column);
      put({ kind: 'ready', labels: await this.#data.api.labels(column, edges) });
    } catch (error) {
      put({ kind: 'failed', message: messageOf(error) });
    }
  }
}
