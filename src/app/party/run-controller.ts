/** The run of one party: what the protocol needs from the file, its progress, and how it ended. */
import type { Agreement, Terms } from '../../agreement/agreement.ts';
import type { MatchScores } from '../../agreement/result.ts';
import type { TallyColumns } from '../../protocol/data-port.ts';
import type { BandKeySource, ListStrata, RunProgress } from '../../protocol/run.ts';
import { MemoryRunStore, type RunStore } from '../../protocol/run-store.ts';
import { FallbackStore } from '../../storage/fallback-store.ts';
import type { KeptRun } from '../../storage/kept-run.ts';
import { t } from '../../words/translate.ts';
import type { Store } from '../ui/store.ts';
import { bindingsOf, payloadPlans } from './bindings.ts';
import type { DraftController } from './draft-controller.ts';
import { describeEnding, endingOfRun } from './endings.ts';
import { groupPlans } from './group-ranges.ts';
import { isKeptParty, type KeptParty, keepParty, keptParty } from './kept-party.ts';
import type { LedgerController } from './ledger-controller.ts';
import type { Settled } from './meeting.ts';
import type { DataHandle, PartyServices } from './services.ts';
import { type PartyState, RUN_STEP } from './state.ts';
import { agreedStrata } from './strata.ts';

const WAITING = { done: 0, note: '' };

/** Progress is shown so often at most, milliseconds: what draws the page takes time from the run. */
const SHOW_EVERY_MS = 1000;

export class RunController {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  readonly #services: PartyServices;
  readonly #ledger: LedgerController;
  readonly #draft: DraftController;
  #abort: AbortController | undefined;
  #kept: KeptRun | undefined;
  /** What was kept, while it is read after a reload. */
  #reading: Promise<KeptParty | undefined> | undefined;
  #goOn: ((threshold: number) => void) | undefined;
  /** The newest progress of each stage that is not shown yet. */
  readonly #unshown = new Map<RunProgress['stage'], RunProgress>();
  #showing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    store: Store<PartyState>,
    data: DataHandle,
    services: PartyServices,
    ledger: LedgerController,
    draft: DraftController,
  ) {
    this.#store = store;
    this.#data = data;
    this.#services = services;
    this.#ledger = ledger;
    this.#draft = draft;
  }

  /** Whether what a reload of the page left is a run. */
  isKept(kept: KeptRun): Promise<boolean> {
    return isKeptParty(kept);
  }

  /** Opens the run that was kept over a reload of this page; undefined where it cannot go on, which is shown. */
  async openKept(kept: KeptRun): Promise<KeptParty | undefined> {
    this.#kept = kept;
    const { role } = this.#store.getSnapshot();
    this.#reading = keptParty(kept, role, this.#services.version);
    this.#show(t('Going on with what was kept before the page was reloaded'));
    try {
      const party = await this.#reading;
      if (party !== undefined) {
        this.#update({ released: party.released });
        return party;
      }
      throw new Error(t('The page has been updated meanwhile'));
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  #show(note: string): void {
    // What a run before this one had left to show is none of this one's.
    this.#dropProgress();
    const { agreementSent } = this.#store.getSnapshot();
    const linkage = { ...WAITING, note };
    this.#store.update({
      step: RUN_STEP,
      missing: [],
      agreementSent: agreementSent || this.#kept !== undefined,
      run: { kind: 'running', stages: { linkage, table: WAITING }, released: false },
    });
  }

  /** Keeps what a reload needs before the run begins; where the browser cannot, the run goes on without. */
  async #keep({ pass, keepSeconds, agreement }: Settled, file: File | undefined): Promise<RunStore> {
    const state = this.#store.getSnapshot();
    const { keep, version } = this.#services;
    if (this.#kept !== undefined) return this.#lasting(this.#kept);
    if (keep === undefined || pass === undefined || file === undefined || state.file.kind !== 'ready') {
      return new MemoryRunStore();
    }
    try {
      const begun = await this.#draft.handOver();
      this.#kept = begun ?? (await keep.begin(keepSeconds));
      if (begun) await begun.keepFor(keepSeconds);
      else await this.#kept.putFile(file);
      const { options, columns } = state.file.summary;
      const settings = columns.map((column) => column.settings);
      await keepParty(this.#kept, state, { pass, agreement, options, settings }, version);
      return this.#lasting(this.#kept);
    } catch {
      await this.#forget();
      this.#update({ reloadEnds: true });
      return new MemoryRunStore();
    }
  }

  /** Where the disk takes no more, the run goes on all the same. */
  #lasting(kept: KeptRun): RunStore {
    return new FallbackStore(kept, () => this.#update({ reloadEnds: true }));
  }

  async #forget(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    // Who cancels meanwhile needs the agreement still, for the ledger.
    await this.#reading?.catch(() => {});
    await kept?.discard();
  }

  /** `file`: the party's own. */
  async start(settled: Settled, file: File | undefined): Promise<void> {
    const { services, channel, agreement, pool } = settled;
    const abort = new AbortController();
    this.#abort = abort;
    if (this.#kept === undefined) this.#show('');
    try {
      const { role, showMatchesFirst } = this.#store.getSnapshot();
      const common = {
        store: await this.#keep(settled, file),
        channel,
        agreement,
        keys: await this.#bandKeys(agreement.terms),
        pool,
        onProgress: (progress: RunProgress) => this.#report(progress),
        signal: abort.signal,
        version: this.#services.version,
      };
      if (role === 'researcher') {
        const result = await services.runResearcher({
          ...common,
          ...(await this.#listStrata(agreement)),
          listValues: () => this.#data.api.listValues(agreement.terms.keys),
          ...(showMatchesFirst && { chooseThreshold: (scores: MatchScores) => this.#chooseThreshold(scores) }),
        });
        this.#finish(abort, { kind: 'result', result });
      } else {
        const outcome = await services.runOwner({
          ...common,
          columns: await this.#tallyColumns(agreement),
          onRelease: () => this.#update({ released: true }),
        });
        await this.#ledger.end(agreement);
        this.#finish(abort, { kind: 'outcome', outcome });
      }
    } catch (thrown) {
      const { role } = this.#store.getSnapshot();
      const error = endingOfRun(thrown, role);
      this.fail(error);
      if (role === 'owner') await this.#ledger.end(agreement, error);
    } finally {
      pool.close();
    }
  }

  async #bandKeys({ keys }: Terms): Promise<BandKeySource> {
    const { api } = this.#data;
    await api.bindFields(bindingsOf(this.#store.getSnapshot()));
    return {
      ...(await api.keyedRows(keys)),
      bandKeys: async (index, salt) => {
        const band = keys.bands[index];
        if (band === undefined) throw new Error(`Band ${index} is not in the agreement.`);
        return api.bandKeys(keys, band, index, salt);
      },
    };
  }

  async #listStrata(agreement: Agreement): Promise<{ strata?: ListStrata }> {
    const plans = agreedStrata(this.#store.getSnapshot(), agreement);
    if (plans.length === 0) return {};
    return { strata: { columns: plans.map(({ group }) => group), of: await this.#data.api.listStrata(plans) } };
  }

  #tallyColumns({ terms }: Agreement): Promise<TallyColumns> {
    const state = this.#store.getSnapshot();
    return this.#data.api.tallyColumns(groupPlans(state, terms.groups), payloadPlans(state, terms.payloads));
  }

  #chooseThreshold(choosing: MatchScores): Promise<number> {
    return new Promise((resolve) => {
      this.#goOn = resolve;
      this.#update({ choosing });
    });
  }

  /** Ends the waiting of a run that lets the researcher choose. */
  askForTable(threshold: number): void {
    const { run } = this.#store.getSnapshot();
    if (run.kind !== 'running') return;
    const { done, note } = run.stages.table;
    this.#update({ choosing: undefined, stages: { ...run.stages, table: { done, note } } });
    this.#goOn?.(threshold);
  }

  #report(progress: RunProgress): void {
    this.#unshown.set(progress.stage, progress);
    this.#showing ??= setTimeout(() => this.#showProgress(), SHOW_EVERY_MS);
  }

  #showProgress(): void {
    const unshown = [...this.#unshown.values()];
    this.#dropProgress();
    const { run } = this.#store.getSnapshot();
    if (run.kind !== 'running') return;
    const reportedAt = performance.now();
    const stages = { ...run.stages };
    for (const { stage, done, note, waiting = false } of unshown) {
      // The time that people take says nothing of the time left.
      const before = stages[stage].waiting ? undefined : stages[stage].startedAt;
      stages[stage] = { done, note, startedAt: before ?? reportedAt, reportedAt, waiting };
    }
    this.#update({ stages });
  }

  #dropProgress(): void {
    clearTimeout(this.#showing);
    this.#showing = undefined;
    this.#unshown.clear();
  }

  #update(change: Partial<Extract<PartyState['run'], { kind: 'running' }>>): void {
    const { run } = this.#store.getSnapshot();
    if (run.kind === 'running') this.#store.update({ run: { ...run, ...change } });
  }

  #finish(abort: AbortController, run: PartyState['run']): void {
    void this.#forget();
    if (!abort.signal.aborted) this.#store.update({ run });
  }

  /** The first ending counts; what follows from it is not worth a second message. */
  fail(error: unknown): void {
    void this.#forget();
    const { run, role } = this.#store.getSnapshot();
    if (run.kind === 'idle' || run.kind === 'running') {
      const released = run.kind === 'running' && run.released;
      this.#store.update({ run: { kind: 'ended', ending: describeEnding(error, role, released) } });
    }
  }

  abort(): void {
    void this.#forget();
    this.#abort?.abort();
  }
}
