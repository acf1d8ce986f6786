import { type Remote, wrap } from 'comlink';
import type { LinkingWorkerApi } from '../../linking/block-worker.ts';

/** Gives work to a worker of its own, which ends with it or with the signal. */
export async function withLinkingWorker<T>(
  work: (worker: Remote<LinkingWorkerApi>) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  const thread = new Worker(new URL('../../linking/block.worker.ts', import.meta.url), {
    type: 'module',
    name: 'linking',
  });
  try {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return await Promise.race([work(wrap<LinkingWorkerApi>(thread)), aborted]);
  } finally {
    thread.terminate();
  }
}
