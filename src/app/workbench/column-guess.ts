import { proxy } from 'comlink';
import type { SchemaColumn } from '../../sample/default-schema.ts';
import { withDataWorker } from '../ui/with-worker.ts';

/**
 * What the columns of a CSV file are likely to be, by their headers and values.
 * @throws with a message for people
 */
export function guessColumns(
  file: File,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<SchemaColumn[]> {
  return withDataWorker(async (worker) => {
    const report = proxy((bytes: number) => onProgress(Math.min(1, bytes / Math.max(1, file.size))));
    const { columns } = await worker.load(file, {}, report);
    return columns.map(({ name, guess }) => ({ name, use: guess }));
  }, signal);
}
