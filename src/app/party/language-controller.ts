/** What was said of the file and of the step when they were looked at, said anew in the language that the person has chosen since. */
import { onLanguage } from '../../words/translate.ts';
import type { Store } from '../ui/store.ts';
import { keepNumberOfFile } from './band-choice.ts';
import { bindingsOf, NO_COLUMN } from './bindings.ts';
import type { FileController } from './file-controller.ts';
import { edgesOf } from './group-ranges.ts';
import { firstMissing } from './missing.ts';
import type { OpeningController } from './opening-controller.ts';
import { readAgain } from './read-again.ts';
import type { DataHandle } from './services.ts';
import { isRunOpen, type PartyState, RUN_STEP, type StepIndex } from './state.ts';

/** What is said again follows from these: where one of them changes meanwhile, it is looked at once more. */
const LOOKED_AT = [
  'file',
  'cleaning',
  'uses',
  'payloads',
  'groups',
  'ranges',
  'fieldColumns',
  'matchProblems',
] as const;

type Said = Pick<PartyState, 'file' | 'payloads' | 'groups' | 'matchProblems'>;

interface Told {
  readonly store: Store<PartyState>;
  readonly files: FileController;
  readonly opening: OpeningController;
  openData(): DataHandle;
}

export class LanguageController {
  readonly #told: Told;
  readonly #untold: () => void;
  /** Counts changes, so that what comes of an earlier one is dropped. */
  #changes = 0;

  constructor(told: Told) {
    this.#told = told;
    this.#untold = onLanguage(() => void this.#sayAnew());
  }

  stop(): void {
    this.#changes += 1;
    this.#untold();
  }

  async #sayAnew(): Promise<void> {
    this.#changes += 1;
    const change = this.#changes;
    const { store, files, opening } = this.#told;
    this.#sayWhatIsMissing();
    const { file: read } = opening;
    const state = store.getSnapshot();
    if (read === undefined || isRunOpen(state)) return;
    if (state.file.kind === 'failed') {
      await files.load(read, state.file.options);
      return;
    }
    // A file that cannot be read any more keeps what was said of it.
    const said = await this.#lookAgain(read, state).catch(() => undefined);
    if (said === undefined || change !== this.#changes) return;
    const now = store.getSnapshot();
    if (LOOKED_AT.some((name) => now[name] !== state[name])) {
      await this.#sayAnew();
      return;
    }
    store.update(said);
    this.#sayWhatIsMissing();
  }

  /** Beside the party's own worker, whose table and keys stay as they are. */
  async #lookAgain(read: File, state: PartyState): Promise<Said | undefined> {
    const { file, cleaning, matchProblems } = state;
    if (file.kind !== 'ready' || cleaning.busy || matchProblems === undefined) return undefined;
    const { options, columns } = file.summary;
    const data = this.#told.openData();
    try {
      const settings = columns.map((column) => column.settings);
      const summary = await readAgain(data.api, read, { options, settings, steps: cleaning.steps });
      keepNumberOfFile(file.summary, summary);
      return { file: { kind: 'ready', summary }, ...(await valuesAgain(data.api, state)) };
    } finally {
      data.close();
    }
  }

  #sayWhatIsMissing(): void {
    const { store } = this.#told;
    const state = store.getSnapshot();
    if (state.missing.length === 0 || state.step === RUN_STEP) return;
    const stop = firstMissing((state.step + 1) as StepIndex, state);
    store.update({ missing: stop?.step === state.step ? stop.missing : [] });
  }
}

/** Of the values: the problems of averages and matching columns, and why a column cannot be grouped by. */
async function valuesAgain(api: DataHandle['api'], state: PartyState): Promise<Omit<Said, 'file'>> {
  const payloads = { ...state.payloads };
  for (const [column, payload] of Object.entries(state.payloads)) {
    const { minimum, maximum, decimals } = payload;
    if (payload.problems.length === 0) continue;
    const { problems } = await api.checkPayload(Number(column), minimum, maximum, decimals);
    payloads[Number(column)] = { ...payload, problems };
  }
  const groups = { ...state.groups };
  for (const [column, group] of Object.entries(state.groups)) {
    if (group.kind !== 'failed') continue;
    const message = await api.labels(Number(column), edgesOf(state, Number(column))).then(
      () => group.message,
      (error: unknown) => (error instanceof Error ? error.message : group.message),
    );
    groups[Number(column)] = { kind: 'failed', message };
  }
  const fields = bindingsOf(state).filter(({ column }) => column !== NO_COLUMN);
  const matchProblems = fields.length === 0 ? [] : await api.checkMatchFields(fields);
  return { payloads, groups, matchProblems };
}
