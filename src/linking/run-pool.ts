/** Computes linkage runs in workers on all cores. */
import { type SearchOptions, searchTasks } from '../compare/candidate-search.ts';
import type { CandidatePairs } from '../compare/candidates.ts';
import type { ProbabilisticOptions } from '../compare/probabilistic-solver.ts';
import { watchWorker } from '../threads/lifeline.ts';
import { numberBlocks } from './block-ids.ts';
import type { ClkUpload } from './clk-upload.ts';
import { areBlocked, type EngineControl, type LinkageEngine, MAX_PAIRS, tooManyPairs } from './linkage-engine.ts';
import { LinkingError } from './linking-error.ts';
import type { Groups, Permutations, ScoredPairs } from './run-result.ts';
import type { LinkageWorkerApi, SentSet } from './run-worker.ts';
import { SAID } from './said.ts';

/** Pairs of rows in a task: so few that progress is seen and cores end together. */
const COMPARISONS_A_TASK = 1 << 23;

/** A thread with its worker. */
export interface LinkageThread {
  readonly worker: LinkageWorkerApi;
  /** Rejects when the thread dies. */
  readonly failed: Promise<never>;
  end(): void;
}

/** A browser worker. */
function openThread(): LinkageThread {
  const thread = new Worker(new URL('./run.worker.ts', import.meta.url), { type: 'module', name: 'linkage' });
  const { remote, died } = watchWorker<LinkageWorkerApi>(thread);
  const failed = died.catch((error: Error): never => {
    throw new LinkingError(error.message);
  });
  failed.catch(() => {});
  return { worker: remote, failed, end: () => thread.terminate() };
}

/** The bytes where all threads read them, if the page may share memory; otherwise each thread will get a copy. */
function shareable(bytes: Uint8Array): Uint8Array {
  if (globalThis.crossOriginIsolated === false) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function sentSets(uploads: readonly ClkUpload[]): SentSet[] {
  areBlocked(uploads);
  const numbered = numberBlocks(uploads.flatMap(({ blocks }) => (blocks ? [blocks] : [])));
  return uploads.map(({ clks }, i) => ({ clks, blocks: numbered[i] }));
}

/** Threads of their own for each step of a run: they end with it, also when it is aborted in the middle. */
export class LinkagePool implements LinkageEngine {
  readonly #closing = new AbortController();

  readonly #size: number;
  readonly #open: () => LinkageThread;

  /**
   * @param size threads that compare
   * @param open starts a thread
   */
  constructor(size = navigator.hardwareConcurrency, open: () => LinkageThread = openThread) {
    this.#size = size;
    this.#open = open;
  }

  async compare(uploads: readonly ClkUpload[], threshold: number, control: EngineControl): Promise<ScoredPairs> {
    return this.search(sentSets(uploads), { threshold }, control);
  }

  /**
   * Pairs of rows of different data sets in the order of anonlink.
   * @param mostPairs more are an error
   * @throws LinkingError when there are too many pairs
   */
  search(
    sets: readonly SentSet[],
    options: SearchOptions,
    { signal, onProgress }: EngineControl,
    mostPairs = MAX_PAIRS,
  ): Promise<ScoredPairs> {
    const tasks = searchTasks(
      sets.map(({ clks }) => clks.rows),
      COMPARISONS_A_TASK,
    );
    return this.#withThreads(Math.min(this.#size, tasks.length), signal, async (workers) => {
      const shared = sets.map(({ clks: { rows, bytesPerClk, bits }, blocks }) => ({
        clks: { rows, bytesPerClk, bits: workers.length > 1 ? shareable(bits) : bits },
        blocks,
      }));
      const parts: CandidatePairs[] = [];
      let next = 0;
      let done = 0;
      let found = 0;
      const serve = async (worker: LinkageWorkerApi) => {
        await worker.load(shared, options);
        for (let task = tasks[next++]; task; task = tasks[next++]) {
          const part = await worker.find(task);
          parts.push(part);
          found += part.similarities.length;
          if (found > mostPairs) {
            throw tooManyPairs(mostPairs, options.threshold);
          }
          onProgress(++done / tasks.length);
        }
      };
      await Promise.all(workers.map(serve));
      const [first] = workers;
      if (!first) throw new RangeError('a run needs a thread');
      return first.join(parts, options.top);
    });
  }

  solve(pairs: ScoredPairs, { signal }: EngineControl, probabilistic?: ProbabilisticOptions): Promise<Groups> {
    return this.#withThread(signal, (worker) => worker.solve(pairs, probabilistic));
  }

  permute(groups: Groups, sizes: readonly number[], { signal }: EngineControl): Promise<Permutations> {
    return this.#withThread(signal, (worker) => worker.permute(groups, sizes));
  }

  /** Ends what is under way: it rejects. */
  close(): void {
    this.#closing.abort(new LinkingError(SAID.unitClosed));
  }

  #withThread<T>(signal: AbortSignal, work: (worker: LinkageWorkerApi) => Promise<T>): Promise<T> {
    return this.#withThreads(1, signal, ([worker]) => {
      if (!worker) throw new RangeError('a run needs a thread');
      return work(worker);
    });
  }

  async #withThreads<T>(
    count: number,
    signal: AbortSignal,
    work: (workers: readonly LinkageWorkerApi[]) => Promise<T>,
  ): Promise<T> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    ending.throwIfAborted();
    const threads = Array.from({ length: Math.max(1, count) }, this.#open);
    let stop = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(ending.reason);
    });
    ending.addEventListener('abort', stop);
    try {
      return await Promise.race([
        work(threads.map(({ worker }) => worker)),
        stopped,
        ...threads.map(({ failed }) => failed),
      ]);
    } finally {
      ending.removeEventListener('abort', stop);
      for (const thread of threads) thread.end();
    }
  }
}
