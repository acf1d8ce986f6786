import { proxy } from 'comlink';
import { afterEach, expect, it, vi } from 'vitest';
import type { DataWorkerApi } from '../protocol/data-port.ts';
import { eventually } from '../testing/eventually.ts';
import { SealPool } from '../workers/seal-pool.ts';
import { failingCalls, watchWorker } from './lifeline.ts';
import { withWorker } from './with-worker.ts';

/** Every worker started since the last test, to end them from outside. */
const workers: Worker[] = [];
const Original = globalThis.Worker;
globalThis.Worker = class extends Original {
  constructor(address: string | URL, options?: WorkerOptions) {
    super(address, options);
    workers.push(this);
  }
};

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

it('fails all that is under way in a pool when one worker is ended without a word', async () => {
  const pool = new SealPool(true, 2);
  await pool.all((worker) => worker.prepare('linkage'));
  const endless = pool.run(() => new Promise<never>(() => {}));
  workers[1]?.terminate();
  await expect(endless).rejects.toThrow('a worker stopped: the browser ended it');
  await expect(pool.first((worker) => worker.prepare('linkage'))).rejects.toThrow('a worker stopped');
  pool.close();
});

/** When the worker holds its lock: nobody notices one that dies before. Its first message may be another. */
const holding = (worker: Worker) =>
  new Promise<void>((resolve) => {
    worker.addEventListener('message', ({ data }) => data === 'lifeline held' && resolve());
  });

const KINDS: Readonly<Record<string, () => Worker>> = {
  data: () => new Worker(new URL('../workers/data.worker.ts', import.meta.url), { type: 'module' }),
  seal: () => new Worker(new URL('../workers/seal.worker.ts', import.meta.url), { type: 'module' }),
  clk: () => new Worker(new URL('../clk/clk.worker.ts', import.meta.url), { type: 'module' }),
  'run of a linkage': () => new Worker(new URL('../linking/run.worker.ts', import.meta.url), { type: 'module' }),
  'blocks of a linkage': () => new Worker(new URL('../linking/block.worker.ts', import.meta.url), { type: 'module' }),
  quality: () => new Worker(new URL('../quality/quality.worker.ts', import.meta.url), { type: 'module' }),
  workbench: () => new Worker(new URL('../quality/workbench.worker.ts', import.meta.url), { type: 'module' }),
};

it.each(Object.keys(KINDS))('notices the death of a worker of this kind: %s', async (kind) => {
  const worker = (KINDS[kind] as () => Worker)();
  const held = holding(worker);
  const { died } = watchWorker(worker);
  // One that cannot be started says why.
  await Promise.race([held, died]);
  worker.terminate();
  await expect(died).rejects.toThrow('a worker stopped: the browser ended it');
});

it('ends a worker and its work when the signal says so', async () => {
  const endless = new Promise<never>(() => {});
  const stop = new AbortController();
  const stopped = withWorker(KINDS.workbench?.() as Worker, () => endless, stop.signal);
  stop.abort(new Error('enough'));
  await expect(stopped).rejects.toThrow('enough');
});

it('lets a living worker work on, and fails the calls of one that died', async () => {
  const worker = new Worker(new URL('../workers/data.worker.ts', import.meta.url), { type: 'module' });
  const calls = failingCalls(watchWorker<DataWorkerApi>(worker));
  const file = new File(['name,age\nAda,36\n'], 'people.csv');
  expect(
    (
      await calls.load(
        file,
        {},
        proxy(() => {}),
      )
    ).rows,
  ).toBe(1);
  worker.terminate();
  await expect(calls.labels(0)).rejects.toThrow('a worker stopped');
});

it('works on where the browser refuses locks to the worker, and says that deaths are not noticed', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const uncaught = vi.fn();
  addEventListener('unhandledrejection', uncaught);
  const worker = new Worker(new URL('../testing/lockless.worker.ts', import.meta.url), { type: 'module' });
  const failed = vi.fn();
  worker.addEventListener('error', failed);
  const { remote } = watchWorker<{ answer(): number }>(worker);
  await eventually(() => expect(warn).toHaveBeenCalledWith(expect.stringContaining('locks are refused')));
  expect(await remote.answer()).toBe(42);
  expect(failed).not.toHaveBeenCalled();
  expect(uncaught).not.toHaveBeenCalled();
  removeEventListener('unhandledrejection', uncaught);
  warn.mockRestore();
});
