import { proxy, wrap } from 'comlink';
import type { DataWorkerApi } from '../../protocol/data-port.ts';
import type { SchemaColumn } from '../../sample/default-schema.ts';

/** What the columns of a CSV file are likely to be, by their headers and values. Throws with a message for people. */
export async function guessColumns(
  file: File,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<SchemaColumn[]> {
  const worker = new Worker(new URL('../../workers/data.worker.ts', import.meta.url), { type: 'module', name: 'data' });
  try {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const loaded = wrap<DataWorkerApi>(worker).load(
      file,
      {},
      proxy((bytes) => onProgress(Math.min(1, bytes / Math.max(1, file.size)))),
    );
    const { columns } = await Promise.race([loaded, aborted]);
    return columns.map(({ name, guess }) => ({ name, use: guess }));
  } finally {
    worker.terminate();
  }
}
