/** The run of one party: what the protocol needs from the file, its progress, and how it ended. */
import type { Agreement, Terms } from '../../agreement/agreement.ts';
import type { BandKeySource, RunProgress } from '../../protocol/run.ts';
import type { TallyColumns } from '../../workers/data-api.ts';
import { bindingsOf, groupPlans, payloadPlans } from './bindings.ts';
import { describeEnding } from './endings.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import type { Settled } from './meeting.ts';
import type { DataHandle, PartyServices } from './services.ts';
import { type PartyState, RUN_STEP } from './state.ts';
import type { Store } from './store.ts';

const WAITING = { done: 0, note: '' };

export class RunDesk {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  readonly #services: PartyServices;
  readonly #ledger: LedgerDesk;
  #abort: AbortController | undefined;

  constructor(store: Store<PartyState>, data: DataHandle, services: PartyServices, ledger: LedgerDesk) {
    this.#store = store;
    this.#data = data;
    this.#services = services;
    this.#ledger = ledger;
  }

  async start({ services, channel, agreement, pool }: Settled): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#store.update({
      step: RUN_STEP,
      missing: [],
      run: { kind: 'running', stages: { linkage: WAITING, table: WAITING }, released: false },
    });
    try {
      const { role } = this.#store.getSnapshot();
      const common = {
        channel,
        agreement,
        keys: await this.#bandKeys(agreement.terms),
        pool,
        onProgress: (progress: RunProgress) => this.#report(progress),
        signal: abort.signal,
        version: this.#services.version,
      };
      if (role === 'researcher') {
        const result = await services.runResearcher(common);
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
    } catch (error) {
      this.fail(error);
      if (this.#store.getSnapshot().role === 'owner') await this.#ledger.end(agreement, error);
    } finally {
      pool.close();
    }
  }

  async #bandKeys({ keys }: Terms): Promise<BandKeySource> {
    const { rows, rowsWithoutKey } = await this.#data.api.bindFields(bindingsOf(this.#store.getSnapshot()));
    return {
      rows,
      rowsWithKey: rows - rowsWithoutKey,
      bandKeys: (index, salt) => {
        const band = keys.bands[index];
        if (band === undefined) throw new Error(`Band ${index} is not in the agreement.`);
        return this.#data.api.bandKeys(keys, band, index, salt);
      },
    };
  }

  #tallyColumns({ terms }: Agreement): Promise<TallyColumns> {
    const state = this.#store.getSnapshot();
    return this.#data.api.tallyColumns(groupPlans(state, terms.groups), payloadPlans(state, terms.payloads));
  }

  #report({ stage, done, note }: RunProgress): void {
    const { run } = this.#store.getSnapshot();
    if (run.kind !== 'running') return;
    const now = performance.now();
    const startedAt = run.stages[stage].startedAt ?? now;
    this.#update({ stages: { ...run.stages, [stage]: { done, note, startedAt, reportedAt: now } } });
  }

  #update(change: Partial<Extract<PartyState['run'], { kind: 'running' }>>): void {
    const { run } = this.#store.getSnapshot();
    if (run.kind === 'running') this.#store.update({ run: { ...run, ...change } });
  }

  #finish(abort: AbortController, run: PartyState['run']): void {
    if (!abort.signal.aborted) this.#store.update({ run });
  }

  /** The first ending counts; what follows from it is not worth a second message. */
  fail(error: unknown): void {
    const { run, role } = this.#store.getSnapshot();
    if (run.kind === 'idle' || run.kind === 'running') {
      const released = run.kind === 'running' && run.released;
      this.#store.update({ run: { kind: 'ended', ending: describeEnding(error, role, released) } });
    }
  }

  abort(): void {
    this.#abort?.abort();
  }
}
