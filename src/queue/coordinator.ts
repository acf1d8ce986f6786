/** The coordinator's side of a run: it hands out CLKs and parts, and takes every part's result once. */
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { CandidatePairs } from '../compare/candidates.ts';
import { checkedResult } from './checked-result.ts';
import { jobOf, packPart, type RunManifest, readEnding } from './messages.ts';
import type { PlannedPart, RunPlan } from './plan.ts';
import { PublishedRun, type SliceSource } from './published-run.ts';
import { QueueError } from './queue-error.ts';
import { KEPT_SECONDS, keysOf, PREFIX, QUEUE, REFRESH_MS, type RunKeys } from './run-keys.ts';
import { type RunProgress, WorkerRates } from './worker-rates.ts';

/** Parts that are handed out and not back: enough for many workers, and few in memory. */
const HANDED_OUT = 128;
/** How long a silent queue is waited for before what is handed out is looked after. */
const SILENCE_SECONDS = 1;
/** Times that a part may fail, or get lost with its worker, before the run ends. */
const MAX_FAILURES = 3;
const MAX_LOSSES = 10;
/** How long the end of a run waits for a queue that is away. */
const WITHDRAW_MS = 5_000;

export interface CoordinatedRun {
  /** 32 hexadecimal digits, of this run alone. */
  readonly id: string;
  readonly manifest: RunManifest;
  /** The CLKs of each data set. */
  readonly sources: readonly SliceSource[];
  readonly plan: RunPlan;
}

export interface CoordinatorControl {
  readonly signal: AbortSignal;
  onProgress(progress: RunProgress): void;
  /** A sentence that somebody should know. */
  say(sentence: string): void;
}

interface HandedOut extends PlannedPart {
  attempt: number;
  failures: number;
  losses: number;
}

/** Two connections: one of them waits for workers. */
export interface CoordinatorConnections {
  readonly redis: Redis;
  readonly waiting: Redis;
}

export class Coordinator {
  readonly #keys: RunKeys;
  readonly #published: PublishedRun;
  readonly #queue: Queue;
  readonly #parts: Iterator<PlannedPart>;
  readonly #out = new Map<number, HandedOut>();
  readonly #rates: WorkerRates;
  #next = 0;
  #refreshAt = 0;

  readonly #run: CoordinatedRun;
  readonly #connections: CoordinatorConnections;
  readonly #take: (pairs: CandidatePairs) => void;
  readonly #control: CoordinatorControl;

  /** @param take gets the candidates of each part, in order within the part; a pair may come more than once */
  constructor(
    run: CoordinatedRun,
    connections: CoordinatorConnections,
    take: (pairs: CandidatePairs) => void,
    control: CoordinatorControl,
  ) {
    this.#run = run;
    this.#connections = connections;
    this.#take = take;
    this.#control = control;
    this.#keys = keysOf(run.id);
    this.#published = new PublishedRun(connections.redis, this.#keys, run.manifest, run.sources);
    this.#queue = new Queue(QUEUE, { connection: connections.redis, prefix: PREFIX });
    this.#queue.on('error', () => {});
    this.#parts = run.plan.parts()[Symbol.iterator]();
    this.#rates = new WorkerRates(run.plan.comparisons);
  }

  /**
   * Works until all parts are back. What the queue holds of the run is taken out of it, however it ends.
   * @throws QueueError, or the signal's reason
   */
  async compare(): Promise<WorkerRates> {
    const { signal } = this.#control;
    let stop = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
    });
    signal.addEventListener('abort', stop);
    try {
      await Promise.race([this.#work(), stopped]);
      return this.#rates;
    } finally {
      signal.removeEventListener('abort', stop);
      await this.#end();
    }
  }

  async #work(): Promise<void> {
    const { signal } = this.#control;
    signal.throwIfAborted();
    await this.#publish();
    await this.#handOut();
    while (this.#out.size > 0) {
      const ending = await this.#connections.waiting.blpopBuffer(this.#keys.endings, SILENCE_SECONDS);
      signal.throwIfAborted();
      if (ending) await this.#takeEnding(ending[1]);
      else await this.#lookAfter();
      if (performance.now() > this.#refreshAt) await this.#refresh();
      await this.#handOut();
      this.#control.onProgress(this.#rates.progress());
    }
  }

  async #publish(): Promise<void> {
    await this.#published.publish(this.#control.signal);
    this.#refreshAt = performance.now() + REFRESH_MS;
  }

  async #handOut(): Promise<void> {
    while (this.#out.size < HANDED_OUT) {
      const planned = this.#parts.next();
      if (planned.done) return;
      const number = this.#next++;
      const part = { ...planned.value, attempt: 0, failures: 0, losses: 0 };
      this.#out.set(number, part);
      await this.#send(number, part);
    }
  }

  async #send(number: number, { part, attempt }: HandedOut): Promise<void> {
    await this.#connections.redis.set(this.#keys.part(number), packPart(part), 'EX', KEPT_SECONDS);
    const options = { jobId: this.#keys.job(number, attempt), removeOnComplete: true, removeOnFail: true };
    await this.#queue.add('part', jobOf(this.#run.id, number), options);
  }

  #sendAgain(number: number, part: HandedOut): Promise<void> {
    part.attempt++;
    return this.#send(number, part);
  }

  async #takeEnding(bytes: Uint8Array): Promise<void> {
    const { part: number, failure } = readEnding(bytes);
    const part = this.#out.get(number);
    // Somebody did again what was back already.
    if (!part) return;
    if (failure === undefined) await this.#collect(number, part);
    else if (++part.failures < MAX_FAILURES) await this.#sendAgain(number, part);
    else throw new QueueError(`Workers failed ${MAX_FAILURES} times at a part of the run: ${failure}`);
  }

  /** @returns false where there is no result */
  async #collect(number: number, part: HandedOut): Promise<boolean> {
    const { redis } = this.#connections;
    const bytes = await redis.getBuffer(this.#keys.result(number));
    if (!bytes) return false;
    const { worker, seconds, pairs } = checkedResult(bytes, part.part, this.#run.manifest);
    this.#take(pairs);
    this.#out.delete(number);
    this.#rates.add(worker, part.comparisons, seconds);
    await redis.unlink(this.#keys.result(number), this.#keys.part(number));
    return true;
  }

  /** Looks whether anything got lost: with a worker, with a queue that forgets when it restarts, or as it grew too old. */
  async #lookAfter(): Promise<void> {
    const isThere = await this.#published.isThere();
    if (!isThere) {
      this.#control.say('The queue has lost the run. It gets all of it again.');
      await this.#publish();
    }
    for (const [number, part] of this.#out) {
      if (await this.#queue.getJob(this.#keys.job(number, part.attempt))) continue;
      // A worker writes the result before its job goes.
      if (await this.#collect(number, part)) continue;
      if (isThere && ++part.losses > MAX_LOSSES) {
        throw new QueueError(
          `A part of the run was lost ${MAX_LOSSES} times. Look at the workers: they may be short of memory.`,
        );
      }
      await this.#sendAgain(number, part);
    }
    this.#rates.workers = (await this.#queue.getWorkers()).length;
  }

  async #refresh(): Promise<void> {
    this.#refreshAt = performance.now() + REFRESH_MS;
    const all = await this.#published.refresh();
    const pipeline = this.#connections.redis.pipeline();
    for (const number of this.#out.keys()) {
      pipeline.expire(this.#keys.part(number), KEPT_SECONDS).expire(this.#keys.result(number), KEPT_SECONDS);
    }
    await pipeline.exec();
    if (!all) await this.#publish();
    this.#rates.workers = (await this.#queue.getWorkers()).length;
  }

  async #end(): Promise<void> {
    const { redis, waiting } = this.#connections;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), WITHDRAW_MS);
    });
    const ended = await Promise.race([this.#withdraw().catch(() => 'late' as const), late]);
    clearTimeout(timer);
    if (ended === 'late') {
      this.#control.say(
        `The queue is away, so the CLKs could not be taken out of it. It forgets them by itself within ${KEPT_SECONDS / 60} minutes.`,
      );
    }
    waiting.disconnect();
    redis.disconnect();
  }

  async #withdraw(): Promise<void> {
    const { redis } = this.#connections;
    await this.#published.withdraw();
    for (const [number, { attempt }] of this.#out) {
      await redis.unlink(this.#keys.part(number), this.#keys.result(number));
      // A job that is under way stays; its worker finds that the run is over.
      await this.#queue.remove(this.#keys.job(number, attempt)).catch(() => 0);
    }
  }
}
