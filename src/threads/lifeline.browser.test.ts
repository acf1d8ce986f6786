import { proxy } from 'comlink';
import { afterEach, expect, it } from 'vitest';
import type { DataWorkerApi } from '../protocol/data-port.ts';
import { SealPool } from '../workers/seal-pool.ts';
import { failingCalls, watchWorker } from './lifeline.ts';

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
