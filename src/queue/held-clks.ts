/** The CLKs of runs that a worker works for: each slice is fetched once, and forgotten when its run is over. */
import type { Redis } from 'ioredis';
import { type QueuePart, type RunManifest, readManifest } from './messages.ts';
import type { SlicesOfSet } from './part-comparer.ts';
import { slicesOf } from './published-run.ts';
import { QueueError } from './queue-error.ts';
import { keysOf } from './run-keys.ts';

interface HeldRun {
  readonly manifest: RunManifest;
  /** By data set and number, as {@link HeldClks.slice} names them. */
  readonly slices: Map<string, Promise<Uint8Array>>;
}

export class HeldClks {
  readonly #runs = new Map<string, HeldRun>();
  /** Bytes of CLKs fetched so far. */
  fetched = 0;

  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** What a run is; undefined where it is over. */
  async manifest(run: string): Promise<RunManifest | undefined> {
    const bytes = await this.#redis.getBuffer(keysOf(run).manifest);
    if (!bytes) {
      this.#runs.delete(run);
      return undefined;
    }
    const held = this.#runs.get(run);
    if (held) return held.manifest;
    const manifest = readManifest(bytes);
    const again = this.#runs.get(run) ?? { manifest, slices: new Map() };
    this.#runs.set(run, again);
    return again.manifest;
  }

  /** The slices that a part reads of one of its data sets. */
  async slicesFor(run: string, part: QueuePart, side: 'first' | 'second'): Promise<SlicesOfSet> {
    const held = this.#runs.get(run);
    const dataset = side === 'first' ? part.firstDataset : part.secondDataset;
    const set = held?.manifest.sets[dataset];
    if (!held || !set) throw new QueueError(`A part of a run names party ${dataset}, which the run does not have.`);
    const { rowsPerSlice } = held.manifest;
    const count = slicesOf(held.manifest, set.rows);
    const [first, end] = part.kind === 'rows' ? part[side] : [0, set.rows];
    const slices: Promise<Uint8Array>[] = new Array(count);
    const last = Math.min(count, Math.ceil(end / rowsPerSlice));
    for (let number = Math.floor(first / rowsPerSlice); number < last; number++) {
      slices[number] = this.#slice(run, held, dataset, number);
    }
    return Promise.all(slices);
  }

  /** Forgets the CLKs of runs that are over. */
  async forgetEnded(): Promise<void> {
    for (const run of this.#runs.keys()) await this.manifest(run);
  }

  #slice(run: string, held: HeldRun, dataset: number, number: number): Promise<Uint8Array> {
    const name = `${dataset} ${number}`;
    const known = held.slices.get(name);
    if (known) return known;
    const fetched = this.#fetch(run, held.manifest, dataset, number);
    held.slices.set(name, fetched);
    fetched.catch(() => held.slices.delete(name));
    return fetched;
  }

  async #fetch(run: string, manifest: RunManifest, dataset: number, number: number): Promise<Uint8Array> {
    const bytes = await this.#redis.getBuffer(keysOf(run).slice(dataset, number));
    const { rows = 0, bytesPerClk = 0 } = manifest.sets[dataset] ?? {};
    const { rowsPerSlice } = manifest;
    const expected = bytesPerClk * Math.min(rowsPerSlice, rows - number * rowsPerSlice);
    if (bytes?.length !== expected) throw new QueueError('The queue holds other CLKs than its run has, or none.');
    this.fetched += bytes.length;
    // Memory that all threads read.
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return shared;
  }
}
