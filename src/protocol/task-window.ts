/** Runs tasks side by side, at most so many at once: enough to keep workers and line busy, few enough to bound memory. */
export class TaskWindow {
  readonly #running = new Set<Promise<void>>();
  #stopped = false;
  #fail!: (error: unknown) => void;
  /** Rejects with the first error of any task, while others may still wait for what now never comes. */
  readonly #failed = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#failed.catch(() => {});
  }

  /**
   * Waits for room, then starts the task.
   * @throws the first error of any task
   */
  async start(task: () => Promise<void>): Promise<void> {
    if (this.#stopped) return this.#failed;
    while (this.#running.size >= this.#limit) await this.orFailure(Promise.race(this.#running));
    const running = task()
      .catch(this.#fail)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /**
   * Waits for all tasks.
   * @throws the first error of any
   */
  async drain(): Promise<void> {
    await this.orFailure(Promise.all(this.#running));
  }

  /** Starts no more tasks and waits until none is under way, however each ends. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#fail(new Error('the tasks were stopped'));
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /**
   * Waits for something that the tasks bring about.
   * @throws the first error of any
   */
  orFailure<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#failed, work]);
  }
}
