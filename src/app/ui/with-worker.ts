import { type Remote, wrap } from 'comlink';
import type { QualityWorkerApi } from '../../quality/quality-worker.ts';
import type { WorkbenchWorkerApi } from '../../quality/workbench-worker.ts';

async function withThread<Api, T>(
  thread: Worker,
  work: (worker: Remote<Api>) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    signal?.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return await Promise.race([work(wrap<Api>(thread)), aborted]);
  } finally {
    thread.terminate();
  }
}

/** Gives work on files to a worker of its own, which ends with it or with the signal. */
export function withWorkbenchWorker<T>(
  work: (worker: Remote<WorkbenchWorkerApi>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const thread = new Worker(new URL('../../quality/workbench.worker.ts', import.meta.url), {
    type: 'module',
    name: 'workbench',
  });
  return withThread(thread, work, signal);
}

/** The same for comparing and measuring. */
export function withQualityWorker<T>(
  work: (worker: Remote<QualityWorkerApi>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const thread = new Worker(new URL('../../quality/quality.worker.ts', import.meta.url), {
    type: 'module',
    name: 'quality',
  });
  return withThread(thread, work, signal);
}
