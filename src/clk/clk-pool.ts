import { type Remote, releaseProxy } from 'comlink';
import { failingCalls, watchWorker } from '../threads/lifeline.ts';
import type { ClkWorkerApi, EncodedPart, Rows } from './clk-worker.ts';
import type { DataProblem, DataReport } from './data-check.ts';
import { type EncodedTable, EncodingError } from './encoder.ts';
import type { LinkageSchema } from './linkage-schema.ts';
import { createPopcountTally, type PopcountStatistics } from './popcounts.ts';

export interface PoolOptions {
  /** Rows a worker takes at a time; 2000 unless given. */
  readonly rowsAtATime?: number;
  readonly signal?: AbortSignal;
}

export interface PoolEncodeOptions extends PoolOptions {
  /** Called after every part: rows done, and statistics of their popcounts. Parts need not come in order. */
  readonly onProgress?: (rows: number, popcounts: PopcountStatistics) => void;
}

export interface PoolCheckOptions extends PoolOptions {
  /** Called after every part: rows done, and problems found in them. */
  readonly onProgress?: (rows: number, problems: number) => void;
  /** Problems that are described; 1000 unless given. */
  readonly limit?: number;
}

export interface PoolCheckAndEncodeOptions extends PoolOptions {
  /** Called after every part: rows done, and statistics of their popcounts as long as nothing is found. */
  readonly onProgress?: (rows: number, popcounts: PopcountStatistics | undefined) => void;
  /** Problems that are described; 1000 unless given. */
  readonly limit?: number;
}

const ROWS_AT_A_TIME = 2000;
const DESCRIBED = 1000;

/** Cuts rows into parts, each taken only when a worker is free, so that a table may be read as it is encoded. */
function* parts(
  rows: Iterable<readonly string[]>,
  size: number,
): Generator<{ readonly rows: Rows; readonly first: number }> {
  let part: (readonly string[])[] = [];
  let first = 0;
  for (const row of rows) {
    part.push(row);
    if (part.length < size) continue;
    yield { rows: part, first };
    first += part.length;
    part = [];
  }
  if (part.length > 0) yield { rows: part, first };
}

/** Runs `work` on all parts, one at a time in each worker, until it returns false or the signal aborts. */
async function shareOut(
  workers: readonly ClkWorkerApi[],
  rows: Iterable<readonly string[]>,
  { rowsAtATime = ROWS_AT_A_TIME, signal }: PoolOptions,
  work: (worker: ClkWorkerApi, rows: Rows, first: number) => Promise<boolean>,
): Promise<void> {
  const waiting = parts(rows, rowsAtATime);
  let going = true;
  const serve = async (worker: ClkWorkerApi): Promise<void> => {
    while (going) {
      signal?.throwIfAborted();
      const next = waiting.next();
      if (next.done) return;
      if (!(await work(worker, next.value.rows, next.value.first))) going = false;
    }
  };
  const endings = await Promise.allSettled(workers.map(serve));
  const failed = endings.find((ending) => ending.status === 'rejected');
  if (failed) throw failed.reason;
}

/** CLKs of consecutive rows; `first` is the number of the first, from 0. */
export interface EncodedRows {
  readonly first: number;
  readonly table: EncodedTable;
}

/**
 * Encodes a table in several workers and gives its parts away as they come, which need not be in order.
 * @param workers prepared with the same schema and secret
 * @param take is waited for before its worker goes on
 * @throws EncodingError of the first row among those that failed
 */
export async function encodeParts(
  workers: readonly ClkWorkerApi[],
  rows: Iterable<readonly string[]>,
  take: (part: EncodedRows) => void | Promise<void>,
  options: PoolEncodeOptions = {},
): Promise<PopcountStatistics> {
  const encoded = new EncodedTally(take);
  await shareOut(workers, rows, options, async (worker, part, first) => {
    if (!(await encoded.add(await worker.encode(part, first), first))) return false;
    options.onProgress?.(encoded.count, encoded.statistics());
    return true;
  });
  encoded.throwFailure();
  return encoded.statistics();
}

/** What became of the parts of a table. */
class EncodedTally {
  readonly #popcounts = createPopcountTally();
  readonly #failures: Extract<EncodedPart, { ok: false }>[] = [];
  count = 0;

  readonly #take: (part: EncodedRows) => void | Promise<void>;

  constructor(take: (part: EncodedRows) => void | Promise<void>) {
    this.#take = take;
  }

  /** @returns false where the part failed */
  async add(encoded: EncodedPart, first: number): Promise<boolean> {
    if (!encoded.ok) {
      this.#failures.push(encoded);
      return false;
    }
    this.count += encoded.table.rows;
    this.#popcounts.add(encoded.table.popcounts);
    await this.#take({ first, table: encoded.table });
    return true;
  }

  get failed(): boolean {
    return this.#failures.length > 0;
  }

  statistics(): PopcountStatistics {
    return this.#popcounts.statistics();
  }

  /** @throws EncodingError of the first row among those that failed */
  throwFailure(): void {
    const [failure] = this.#failures.sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
    if (failure) throw new EncodingError(failure.message, failure.row, failure.column, failure.clkhash);
  }
}

/** A report that grows part by part, which need not come in order. */
class ReportTally {
  readonly #byColumn = new Map<string, number>();
  #problems: readonly DataProblem[] = [];
  total = 0;
  rows = 0;

  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(report: DataReport): void {
    this.rows += report.rows;
    if (report.total === 0) return;
    this.total += report.total;
    for (const [column, found] of report.byColumn) {
      this.#byColumn.set(column, (this.#byColumn.get(column) ?? 0) + found);
    }
    this.#problems = [...this.#problems, ...report.problems]
      .sort((a, b) => (a.row ?? 0) - (b.row ?? 0))
      .slice(0, this.#limit);
  }

  report(): DataReport {
    const { total, rows } = this;
    const problems = this.#problems;
    const byColumn = this.#byColumn;
    return { problems, total, byColumn, rows };
  }
}

/**
 * Checks and encodes a table in several workers, going through it once. Parts are given away as they come, until
 * something is found; then the rest is only checked, and nobody may use what was given away.
 * @param workers prepared with the same schema and secret
 * @param take is waited for before its worker goes on
 * @throws EncodingError of the first row among those that failed, where the check finds nothing
 */
export async function checkAndEncodeParts(
  workers: readonly ClkWorkerApi[],
  rows: Iterable<readonly string[]>,
  take: (part: EncodedRows) => void | Promise<void>,
  options: PoolCheckAndEncodeOptions = {},
): Promise<{ readonly report: DataReport; readonly popcounts: PopcountStatistics }> {
  const { limit = DESCRIBED } = options;
  const encoded = new EncodedTally(take);
  const checked = new ReportTally(limit);
  await shareOut(workers, rows, options, async (worker, part, first) => {
    if (checked.total > 0 || encoded.failed) checked.add(await worker.check(part, { limit, firstRow: first }));
    else {
      const found = await worker.checkAndEncode(part, { limit, firstRow: first });
      checked.add(found.report);
      if (found.encoded && checked.total === 0) await encoded.add(found.encoded, first);
    }
    options.onProgress?.(checked.rows, checked.total === 0 ? encoded.statistics() : undefined);
    return true;
  });
  if (checked.total === 0) encoded.throwFailure();
  return { report: checked.report(), popcounts: encoded.statistics() };
}

/**
 * Encodes a table in several workers; rows keep their order.
 * @param workers prepared with the same schema and secret
 * @throws EncodingError of the first row among those that failed
 */
export async function encodeInWorkers(
  workers: readonly ClkWorkerApi[],
  rows: Iterable<readonly string[]>,
  options: PoolEncodeOptions = {},
): Promise<EncodedTable> {
  const done: EncodedRows[] = [];
  const { count } = await encodeParts(workers, rows, (part) => void done.push(part), options);
  const bytesPerClk = done[0]?.table.bytesPerClk ?? 0;
  const bits = new Uint8Array(count * bytesPerClk);
  const popcounts = new Uint32Array(count);
  for (const { first, table } of done) {
    bits.set(table.bits, first * bytesPerClk);
    popcounts.set(table.popcounts, first);
  }
  return { rows: count, bits, bytesPerClk, popcounts };
}

/**
 * Checks a table in several workers.
 * @param workers prepared with the same schema
 */
export async function checkInWorkers(
  workers: readonly ClkWorkerApi[],
  rows: Iterable<readonly string[]>,
  options: PoolCheckOptions = {},
): Promise<DataReport> {
  const { limit = DESCRIBED } = options;
  const checked = new ReportTally(limit);
  await shareOut(workers, rows, options, async (worker, part, first) => {
    checked.add(await worker.check(part, { limit, firstRow: first }));
    options.onProgress?.(checked.rows, checked.total);
    return true;
  });
  return checked.report();
}

/** Browser workers that hold a schema and a secret. Close it to end them. */
export class ClkPool {
  readonly #threads: readonly Worker[];
  readonly #workers: readonly Remote<ClkWorkerApi>[];

  private constructor(threads: readonly Worker[], workers: readonly Remote<ClkWorkerApi>[]) {
    this.#threads = threads;
    this.#workers = workers;
  }

  /**
   * Starts the workers.
   * @param size how many; as many as the machine has cores unless given
   * @throws Error with a message for people when the schema cannot be used
   */
  static async open(
    schema: LinkageSchema,
    secret: string | Uint8Array,
    size = navigator.hardwareConcurrency,
  ): Promise<ClkPool> {
    const threads = Array.from(
      { length: Math.max(1, size) },
      () => new Worker(new URL('./clk.worker.ts', import.meta.url), { type: 'module' }),
    );
    const workers = threads.map((thread) => failingCalls(watchWorker<ClkWorkerApi>(thread)));
    const pool = new ClkPool(threads, workers);
    try {
      await Promise.all(workers.map((worker) => worker.prepare(schema, secret)));
    } catch (error) {
      pool.close();
      throw error;
    }
    return pool;
  }

  encode(rows: Iterable<readonly string[]>, options: PoolEncodeOptions = {}): Promise<EncodedTable> {
    return encodeInWorkers(this.#workers, rows, options);
  }

  check(rows: Iterable<readonly string[]>, options: PoolCheckOptions = {}): Promise<DataReport> {
    return checkInWorkers(this.#workers, rows, options);
  }

  close(): void {
    for (const worker of this.#workers) worker[releaseProxy]();
    for (const thread of this.#threads) thread.terminate();
  }
}
