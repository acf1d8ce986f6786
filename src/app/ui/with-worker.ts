/** The workers that pages open for one piece of work. */
import type { Remote } from 'comlink';
import type { LinkingWorkerApi } from '../../linking/block-worker.ts';
import type { DataWorkerApi } from '../../protocol/data-port.ts';
import type { QualityWorkerApi } from '../../quality/quality-worker.ts';
import type { WorkbenchWorkerApi } from '../../quality/workbench-worker.ts';
import { withWorker } from '../../threads/with-worker.ts';

type Work<Api, T> = (worker: Remote<Api>) => Promise<T>;

/** Reads a table and looks at its columns. */
export function withDataWorker<T>(work: Work<DataWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const address = new URL('../../workers/data.worker.ts', import.meta.url);
  return withWorker(new Worker(address, { type: 'module', name: 'data' }), work, signal);
}

/** Works on whole files of CLKs and blocks. */
export function withWorkbenchWorker<T>(work: Work<WorkbenchWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const address = new URL('../../quality/workbench.worker.ts', import.meta.url);
  return withWorker(new Worker(address, { type: 'module', name: 'workbench' }), work, signal);
}

/** Compares and measures. */
export function withQualityWorker<T>(work: Work<QualityWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const address = new URL('../../quality/quality.worker.ts', import.meta.url);
  return withWorker(new Worker(address, { type: 'module', name: 'quality' }), work, signal);
}

/** Makes the blocks of a linkage room. */
export function withLinkingWorker<T>(work: Work<LinkingWorkerApi, T>, signal?: AbortSignal): Promise<T> {
  const address = new URL('../../linking/block.worker.ts', import.meta.url);
  return withWorker(new Worker(address, { type: 'module', name: 'linking' }), work, signal);
}
