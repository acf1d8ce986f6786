/** The workers that pages open for one piece of work. The build finds a worker by `new Worker(new URL(…` alone, address and all. */
import type { Remote } from 'comlink';
import type { LinkingWorkerApi } from '../../linking/block-worker.ts';
import type { DataWorkerApi } from '../../protocol/data-port.ts';
import type { QualityWorkerApi } from '../../quality/quality-worker.ts';
import type { WorkbenchWorkerApi } from '../../quality/workbench-worker.ts';
import { withWorker } from '../../threads/with-worker.ts';

type Work<Api, T> = (worker: Remote<Api>) => Promise<T>;

/** Reads a table and looks at its columns. */
export function withDataWorker<T>(work: Work<DataWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const worker = new Worker(new URL('../../workers/data.worker.ts', import.meta.url), { type: 'module', name: 'data' });
  return withWorker(worker, work, signal);
}

/** Works on whole files of CLKs and blocks. */
export function withWorkbenchWorker<T>(work: Work<WorkbenchWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const worker = new Worker(new URL('../../quality/workbench.worker.ts', import.meta.url), {
    type: 'module',
    name: 'workbench',
  });
  return withWorker(worker, work, signal);
}

/** Compares and measures. */
export function withQualityWorker<T>(work: Work<QualityWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const worker = new Worker(new URL('../../quality/quality.worker.ts', import.meta.url), {
    type: 'module',
    name: 'quality',
  });
  return withWorker(worker, work, signal);
}

/** Makes the blocks of a linkage room. */
export function withLinkingWorker<T>(work: Work<LinkingWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const worker = new Worker(new URL('../../linking/block.worker.ts', import.meta.url), {
    type: 'module',
    name: 'linking',
  });
  return withWorker(worker, work, signal);
}
