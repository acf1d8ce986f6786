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
  const tally = createPopcountTally();
  const failures: Extract<EncodedPart, { ok: false }>[] = [];
  let count = 0;
  await shareOut(workers, rows, options, async (worker, part, first) => {
    const encoded = await worker.encode(part, first);
    if (!encoded.ok) {
      failures.push(encoded);
      return false;
    }
    count += encoded.table.rows;
    tally.add(encoded.table.popcounts);
    await take({ first, table: encoded.table });
    options.onProgress?.(count, tally.statistics());
    return true;
  });
  const [failure] = failures.sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  if (failure) throw new EncodingError(failure.message, failure.row, failure.column, failure.clkhash);
  return tally.statistics();
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
  const byColumn = new Map<string, number>();
  let problems: DataProblem[] = [];
  let total = 0;
  let count = 0;
  await shareOut(workers, rows, options, async (worker, part, first) => {
    const report = await worker.check(part, { limit, firstRow: first });
    for (const [column, found] of report.byColumn) byColumn.set(column, (byColumn.get(column) ?? 0) + found);
    problems = [...problems, ...report.problems].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)).slice(0, limit);
    total += report.total;
    count += report.rows;
    options.onProgress?.(count, total);
    return true;
  });
  return { problems, total, byColumn, rows: count };
}

/** Browser workers that hold a schema and a secret. Close it to end them. */
export class ClkPool {
  private constructor(
    private readonly threads: readonly Worker[],
    private readonly workers: readonly Remote<ClkWorkerApi>[],
  ) {}

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
    return encodeInWorkers(this.workers, rows, options);
  }

  check(rows: Iterable<readonly string[]>, options: PoolCheckOptions = {}): Promise<DataReport> {
    return checkInWorkers(this.workers, rows, options);
  }

  close(): void {
    for (const worker of this.workers) worker[releaseProxy]();
    for (const thread of this.threads) thread.terminate();
  }
}
