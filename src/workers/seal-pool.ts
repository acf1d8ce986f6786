/**
 * The page's SEAL workers. Tasks wait for a free worker; closing the pool, or the death of a worker, rejects what is under way
 * (Comlink alone would leave such calls pending for ever).
 */
import type { Remote } from 'comlink';
import type { SealCalls, SealTasks } from '../protocol/seal-port.ts';
import { WorkerStopped, watchWorker } from '../threads/lifeline.ts';
import type { SealWorker } from './seal-worker.ts';

type RemoteSeal = Remote<SealWorker>;

interface Member {
  readonly worker: Worker;
  readonly remote: RemoteSeal;
}

export class SealPool implements SealTasks {
  readonly #members: Member[];
  readonly #idle: Member[];
  readonly #waiting: ((member: Member) => void)[] = [];
  #fail!: (error: Error) => void;
  readonly #failed: Promise<never>;
  /** Resolves when all is made that can be made ahead of a run. A run need not wait for it. */
  readonly ready: Promise<void>;

  readonly #makesKeys: boolean;

  /**
   * @param makesKeys whether keys are made ahead too: the researcher's page
   * @param size workers; by default every core but one
   */
  constructor(
    makesKeys: boolean,
    readonly size = Math.max(1, navigator.hardwareConcurrency - 1),
  ) {
    this.#makesKeys = makesKeys;
    this.#failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#failed.catch(() => {});
    this.#members = Array.from({ length: size }, () => this.#start());
    this.#idle = [...this.#members];
    this.ready = this.#prepare();
    this.ready.catch((error: unknown) => this.#fail(error instanceof Error ? error : new Error(String(error))));
  }

  async run<T>(task: (worker: SealCalls) => Promise<T>): Promise<T> {
    const member =
      this.#idle.pop() ?? (await this.#orFailure(new Promise<Member>((resolve) => this.#waiting.push(resolve))));
    try {
      return await this.#orFailure(task(member.remote));
    } finally {
      const next = this.#waiting.shift();
      if (next) next(member);
      else this.#idle.push(member);
    }
  }

  async all<T>(task: (worker: SealCalls, index: number) => Promise<T>): Promise<T[]> {
    return this.#orFailure(Promise.all(this.#members.map(({ remote }, index) => task(remote, index))));
  }

  async first<T>(task: (worker: SealCalls) => Promise<T>): Promise<T> {
    return this.#orFailure(task((this.#members[0] as Member).remote));
  }

  close(): void {
    this.#fail(new WorkerStopped('the workers were stopped'));
    for (const { worker } of this.#members) worker.terminate();
  }

  /** One set after the other, so that a run that starts meanwhile gets its turn in between. The first worker makes keys. */
  async #prepare(): Promise<void> {
    await Promise.all(
      this.#members.map(async ({ remote }, index) => {
        for (const set of ['linkage', 'tally'] as const) {
          await remote.prepare(set);
          if (this.#makesKeys && index === 0) await remote.makeKeysAhead(set);
        }
      }),
    );
  }

  #orFailure<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed]);
  }

  #start(): Member {
    const worker = new Worker(new URL('./seal.worker.ts', import.meta.url), { type: 'module', name: 'seal' });
    const { remote, died } = watchWorker<SealWorker>(worker);
    died.catch((error: Error) => this.#fail(error));
    return { worker, remote };
  }
}
