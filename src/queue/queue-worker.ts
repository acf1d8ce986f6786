/** A worker of a queue: takes parts of whatever runs there are, and compares them in its threads. */
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { dumpCandidates } from '../compare/serialisation.ts';
import { numberWords } from '../words/format.ts';
import { HeldClks } from './held-clks.ts';
import { packEnding, packResult, readJob, readPart } from './messages.ts';
import type { PartRequest, PartThread } from './part-comparer.ts';
import { QueueError } from './queue-error.ts';
import { KEPT_SECONDS, keysOf, PREFIX, QUEUE } from './run-keys.ts';

/** Parts that were taken back from dead workers so often are the coordinator's to hand out again. */
const MAX_STALLS = 3;
/** How often a worker looks whether the runs whose CLKs it holds are over. */
const LOOK_MS = 10_000;

/** Pairs in a result: a value in the queue has at most 512 MB. */
const MAX_PAIRS = 20_000_000;

export interface WorkerOptions {
  /** How results call it. */
  readonly name: string;
  readonly threads: readonly PartThread[];
  /** Seconds without a sign of life after which others count a worker as dead, and take its part. */
  readonly deadAfter: number;
  readonly signal: AbortSignal;
  /** After each part. */
  readonly onPart: (compared: WorkerTally) => void;
}

/** What a worker did. */
export interface WorkerTally {
  readonly parts: number;
  readonly pairs: number;
  /** Of its threads together. */
  readonly seconds: number;
  /** Bytes of CLKs fetched. */
  readonly fetched: number;
}

class PartWorker {
  readonly #held: HeldClks;
  readonly #free: PartThread[];
  #tally = { parts: 0, pairs: 0, seconds: 0 };

  readonly #redis: Redis;
  readonly #options: WorkerOptions;

  constructor(redis: Redis, options: WorkerOptions) {
    this.#redis = redis;
    this.#options = options;
    this.#held = new HeldClks(redis);
    this.#free = [...options.threads];
  }

  /** What was done so far. */
  done(): WorkerTally {
    return { ...this.#tally, fetched: this.#held.fetched };
  }

  forgetEnded(): Promise<void> {
    return this.#held.forgetEnded();
  }

  /** Does a job. A job of a run that is over is done with nothing. */
  async process(data: unknown): Promise<void> {
    const { run, part: number } = readJob(data);
    const keys = keysOf(run);
    try {
      const manifest = await this.#held.manifest(run);
      const packed = await this.#redis.getBuffer(keys.part(number));
      if (!manifest || !packed) return;
      const part = readPart(packed);
      const [first, second] = await Promise.all([
        this.#held.slicesFor(run, part, 'first'),
        this.#held.slicesFor(run, part, 'second'),
      ]);
      const result = await this.#compare({ run, manifest, part, first, second });
      await this.#redis
        .multi()
        .set(keys.result(number), packResult(result), 'EX', KEPT_SECONDS)
        .rpush(keys.endings, packEnding({ part: number }))
        .expire(keys.endings, KEPT_SECONDS)
        .exec();
      this.#options.onPart(this.done());
    } catch (error) {
      const failure = (error instanceof Error ? error.message : String(error)).slice(0, 2_000);
      await this.#redis.rpush(keys.endings, packEnding({ part: number, failure }));
      await this.#redis.expire(keys.endings, KEPT_SECONDS);
      throw error;
    }
  }

  async #compare(request: PartRequest) {
    // BullMQ gives a worker at most as many jobs at a time as it has threads.
    const thread = this.#free.pop();
    if (!thread) throw new RangeError('no thread is free');
    const start = performance.now();
    try {
      const pairs = await thread.comparePart(request);
      const seconds = (performance.now() - start) / 1000;
      this.#tally.parts++;
      this.#tally.pairs += pairs.similarities.length;
      this.#tally.seconds += seconds;
      if (pairs.similarities.length > MAX_PAIRS) {
        throw new QueueError(
          `More than ${numberWords(MAX_PAIRS)} pairs of one part have the threshold. Take a higher one.`,
        );
      }
      return { worker: this.#options.name, seconds, pairs: dumpCandidates(pairs) };
    } finally {
      this.#free.push(thread);
    }
  }
}

/**
 * Works until the signal says that it is enough; parts that are under way are done first.
 * @throws what ends it otherwise
 */
export async function workOnQueue(redis: Redis, options: WorkerOptions): Promise<WorkerTally> {
  const { name, threads, deadAfter, signal } = options;
  const parts = new PartWorker(redis, options);
  const worker = new Worker(QUEUE, ({ data }: { readonly data: unknown }) => parts.process(data), {
    connection: redis,
    prefix: PREFIX,
    name,
    concurrency: threads.length,
    lockDuration: 1_000 * deadAfter,
    stalledInterval: 1_000 * deadAfter,
    maxStalledCount: MAX_STALLS,
  });
  // Failures of parts are the coordinator's to tell, and a queue that is away comes back.
  worker.on('error', () => {});
  const look = setInterval(() => void parts.forgetEnded().catch(() => {}), LOOK_MS);
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    clearInterval(look);
    await worker.close();
  }
  return parts.done();
}
