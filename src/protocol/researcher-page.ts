/** What one page of the researcher holds of a run: what was agreed and kept, its workers' keys, and the conversation under way. */
import type { Agreement } from '../agreement/agreement.ts';
import type { MatchScores } from '../agreement/result.ts';
import type { Channel } from '../channel/channel.ts';
import type { TableShape } from '../psi/geometry.ts';
import type { BundleQuery } from '../psi/receiver.ts';
import type { ListValues } from '../scores/list-values.ts';
import { bundlesOf } from './bundles.ts';
import { type Conversation, ProtocolError } from './conversation.ts';
import type { BandKeys } from './data-port.ts';
import { type OwnerStep, ownerHas } from './positions.ts';
import { type BandKeySource, type ListStrata, pageClock, type RunClock, type RunProgress } from './run.ts';
import type { RunMemory } from './run-memory.ts';
import type { RunStore } from './run-store.ts';
import { handOver, type SealTasks, type SetName } from './seal-port.ts';
import type { Session } from './session.ts';
import { MAX_ATTEMPTS, runSteps } from './steps.ts';

export interface ResearcherInput {
  readonly channel: Channel;
  readonly agreement: Agreement;
  readonly keys: BandKeySource;
  /** How common the values of the list are, to weigh matches by. */
  listValues(): Promise<ListValues>;
  readonly pool: SealTasks;
  /** What is kept there goes on where it stood before a reload of this page. */
  readonly store: RunStore;
  onProgress(progress: RunProgress): void;
  /** The researcher's own groups, where the agreement has some. */
  readonly strata?: ListStrata | undefined;
  /** The page's own where left out. */
  readonly clock?: RunClock;
  /** Lets the researcher choose the weight from which candidates are matches; left out, the run takes what is best by its estimates. */
  chooseThreshold?(scores: MatchScores): Promise<number>;
  readonly signal: AbortSignal;
  readonly version: string;
}

export class ResearcherPage {
  readonly steps: ReturnType<typeof runSteps>;
  /** How many bundles there are. */
  readonly bundles: number;
  readonly clock: RunClock;
  talk!: Conversation;
  /** What this page's workers were given or have made; once a page. */
  readonly #loaded = new Map<string, Promise<void>>();

  constructor(
    readonly input: ResearcherInput,
    readonly session: Session,
    readonly memory: RunMemory,
  ) {
    this.steps = runSteps(session.agreement, session.layout);
    this.bundles = bundlesOf(session.agreement);
    this.clock = input.clock ?? pageClock;
  }

  /** Does something once a page. */
  once(what: string, load: () => Promise<void>): Promise<void> {
    const loading = this.#loaded.get(what) ?? load();
    this.#loaded.set(what, loading);
    return loading;
  }

  /** Secret keys in the workers: made and kept, or as they were kept. */
  secretKey(set: SetName): Promise<void> {
    const { pool } = this.input;
    return this.once(`${set}-secret`, async () => {
      const had = this.memory.has(`${set}-secret`);
      const { blobs } = await this.memory.once(`${set}-secret`, async () => ({
        body: {},
        blobs: [await pool.first((worker) => worker.createSecretKey(set))],
      }));
      const [secretKey] = blobs as [Uint8Array];
      if (had) await pool.first((worker) => worker.takeSecretKey(set, secretKey));
      // Only bundles are worked on by all; the tally is the first worker's.
      if (set !== 'linkage') return;
      await pool.all((worker, index) => (index === 0 ? Promise.resolve() : worker.takeSecretKey(set, secretKey)));
    });
  }

  /** Sends the tally's keys, unless the owner has them. */
  async shareTallyKeys(reached: OwnerStep): Promise<void> {
    await this.secretKey('tally');
    if (ownerHas(reached, 'tally-keys')) return;
    const { publicKey, relinKeys } = await this.input.pool.first((worker) => worker.createPublicKeys('tally'));
    await this.talk.send('tally-keys', {}, [publicKey, relinKeys]);
  }

  /** Asks for keys, with other salts where they find no place. `of`: whose keys, for people. */
  async queryTable(
    of: string,
    table: TableShape,
    keysOf: (attempt: number) => Promise<readonly BandKeys[]>,
  ): Promise<{ query: BundleQuery; attempt: number }> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const bands = await keysOf(attempt);
      const query = await this.input.pool.run((worker) => worker.queryBundle(table, handOver(bands)));
      if (query) return { query, attempt };
    }
    throw new ProtocolError(`the keys of ${of} found no place in the table; start again`);
  }

  progress(stage: RunProgress['stage'], done: number, note: string): void {
    this.input.onProgress({ stage, done, note });
  }
}
