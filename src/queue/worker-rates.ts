/** How far a run is, and how fast its workers are. */

export interface RunProgress {
  /** Share done, 0 to 1. */
  readonly done: number;
  /** Workers that wait on the queue now. */
  readonly workers: number;
  /** Pairs of rows compared a second, by all of them. */
  readonly rate: number;
}

export interface WorkerRate {
  readonly worker: string;
  readonly parts: number;
  readonly comparisons: number;
  /** Of its threads, together. */
  readonly seconds: number;
}

export class WorkerRates {
  /** Workers that wait on the queue now. */
  workers = 0;
  readonly #byWorker = new Map<string, WorkerRate>();
  readonly #start = performance.now();
  #compared = 0;

  readonly #total: number;

  /** @param total pairs of rows that there are to compare */
  constructor(total: number) {
    this.#total = total;
  }

  add(worker: string, comparisons: number, seconds: number): void {
    const before = this.#byWorker.get(worker) ?? { worker, parts: 0, comparisons: 0, seconds: 0 };
    this.#byWorker.set(worker, {
      worker,
      parts: before.parts + 1,
      comparisons: before.comparisons + comparisons,
      seconds: before.seconds + seconds,
    });
    this.#compared += comparisons;
  }

  progress(): RunProgress {
    const seconds = (performance.now() - this.#start) / 1000;
    return {
      done: this.#total === 0 ? 1 : Math.min(1, this.#compared / this.#total),
      workers: Math.max(this.workers, this.#byWorker.size === 0 ? 0 : 1),
      rate: this.#compared / Math.max(seconds, 1e-3),
    };
  }

  /** By name. */
  all(): WorkerRate[] {
    return [...this.#byWorker.values()].sort((a, b) => (a.worker < b.worker ? -1 : 1));
  }
}
