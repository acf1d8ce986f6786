import type { Agreement } from '../../agreement/agreement.ts';
import type { SealCalls, SealTasks } from '../../protocol/seal-port.ts';
import { PlainWorker } from './plain-seal.ts';
import type { ComputerClock } from './virtual-clock.ts';

/** Plain workers whose tasks take virtual time. */
export class PlainPool implements SealTasks {
  readonly #idle: PlainWorker[];
  readonly #workers: readonly PlainWorker[];
  readonly #waiting: ((worker: PlainWorker) => void)[] = [];
  #fail: (error: Error) => void = () => {};
  readonly #failed: Promise<never>;

  readonly #clock: ComputerClock;
  readonly #random: () => number;

  /** `random`: 0 to 1. */
  constructor(
    readonly size: number,
    agreement: Agreement,
    clock: ComputerClock,
    random: () => number,
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#failed.catch(() => {});
    this.#workers = Array.from({ length: size }, () => new PlainWorker(agreement, () => random() < 0.03));
    this.#idle = [...this.#workers];
  }

  async run<T>(task: (worker: SealCalls) => Promise<T>): Promise<T> {
    const worker =
      this.#idle.pop() ?? (await this.#orFailure(new Promise<PlainWorker>((free) => this.#waiting.push(free))));
    try {
      return await this.#orFailure(this.#work(worker, task));
    } finally {
      const next = this.#waiting.shift();
      if (next) next(worker);
      else this.#idle.push(worker);
    }
  }

  all<T>(task: (worker: SealCalls, index: number) => Promise<T>): Promise<T[]> {
    const all = this.#workers.map((worker, index) => this.#work(worker, () => task(worker, index)));
    return this.#orFailure(Promise.all(all));
  }

  first<T>(task: (worker: SealCalls) => Promise<T>): Promise<T> {
    return this.#orFailure(this.#work(this.#workers[0] as PlainWorker, task));
  }

  /** A worker dies. */
  die(): void {
    this.#fail(new Error('a worker stopped'));
  }

  async #work<T>(worker: PlainWorker, task: (worker: SealCalls) => Promise<T>): Promise<T> {
    await this.#clock.sleep(1 + 800 * this.#random() ** 3);
    return task(worker);
  }

  #orFailure<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed]);
  }
}
