/** What a run's workers need of its coordinator, in the queue. */
import type { Redis } from 'ioredis';
import { packManifest, type RunManifest } from './messages.ts';
import { KEPT_SECONDS, REFRESH_MS, type RunKeys } from './run-keys.ts';

/** The CLKs of a data set in slices, read anew each time. */
export type SliceSource = () => Iterable<Uint8Array>;

/** Commands that are sent before their answers are waited for. */
const AT_ONCE = 16;
const EXPIRIES_AT_ONCE = 1_000;

export const slicesOf = ({ rowsPerSlice }: RunManifest, rows: number): number => Math.ceil(rows / rowsPerSlice);

export class PublishedRun {
  readonly #redis: Redis;
  readonly #keys: RunKeys;
  readonly #manifest: RunManifest;
  readonly #sources: readonly SliceSource[];

  constructor(redis: Redis, keys: RunKeys, manifest: RunManifest, sources: readonly SliceSource[]) {
    this.#redis = redis;
    this.#keys = keys;
    this.#manifest = manifest;
    this.#sources = sources;
  }

  /** Hands the CLKs to the queue, then what tells workers that they are there. */
  async publish(signal: AbortSignal): Promise<void> {
    let sent: Promise<unknown>[] = [];
    let next = performance.now() + REFRESH_MS;
    for (const [dataset, source] of this.#sources.entries()) {
      let slice = 0;
      for (const bytes of source()) {
        signal.throwIfAborted();
        sent.push(this.#redis.set(this.#keys.slice(dataset, slice++), Buffer.from(bytes), 'EX', KEPT_SECONDS));
        if (sent.length < AT_ONCE) continue;
        await Promise.all(sent);
        sent = [];
        if (performance.now() < next) continue;
        await this.refresh();
        next = performance.now() + REFRESH_MS;
      }
    }
    await Promise.all(sent);
    await this.#redis.set(this.#keys.manifest, packManifest(this.#manifest), 'EX', KEPT_SECONDS);
  }

  /** Has the queue keep it all for longer. @returns whether all of it is still there */
  async refresh(): Promise<boolean> {
    let all = true;
    const names = this.#names();
    for (let at = 0; at < names.length; at += EXPIRIES_AT_ONCE) {
      const pipeline = this.#redis.pipeline();
      for (const name of names.slice(at, at + EXPIRIES_AT_ONCE)) pipeline.expire(name, KEPT_SECONDS);
      const answers = (await pipeline.exec()) ?? [];
      all &&= answers.every(([error, kept]) => error === null && kept === 1);
    }
    return all;
  }

  async isThere(): Promise<boolean> {
    return (await this.#redis.exists(this.#keys.manifest)) === 1;
  }

  /** Takes all of it out of the queue. */
  async withdraw(): Promise<void> {
    const names = [...this.#names(), this.#keys.endings];
    for (let at = 0; at < names.length; at += EXPIRIES_AT_ONCE) {
      await this.#redis.unlink(...names.slice(at, at + EXPIRIES_AT_ONCE));
    }
  }

  #names(): string[] {
    const slices = this.#manifest.sets.flatMap(({ rows }, dataset) =>
      Array.from({ length: slicesOf(this.#manifest, rows) }, (_, slice) => this.#keys.slice(dataset, slice)),
    );
    return [this.#keys.manifest, ...slices];
  }
}
