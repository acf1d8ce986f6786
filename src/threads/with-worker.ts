import type { Remote } from 'comlink';
import { failingCalls, watchWorker } from './lifeline.ts';

/**
 * Gives work to a worker of its own, which ends with it or with the signal.
 * @throws the signal's reason, or an Error that says so when the worker dies
 */
export async function withWorker<Api, T>(
  worker: Worker,
  work: (calls: Remote<Api>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    signal?.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return await Promise.race([work(failingCalls(watchWorker<Api>(worker))), aborted]);
  } finally {
    worker.terminate();
  }
}
