/**
 * Messages between a linkage unit's page and the server that has a queue, over one connection for each run.
 *
 *     server -> page   ready         workers that wait on the queue now
 *     page -> server   run           threshold, providers, bytes of a CLK, whether there are blocks; then for each provider
 *                      upload, clks, blocks   as a provider sends them to the linkage unit
 *     server -> page   progress      share compared, workers, comparisons a second
 *                      said          a sentence that the person should know
 *                      result, result-part    similarity scores, as a linkage unit sends them to a provider
 *
 * A run that fails, on either side, closes the channel with the reason. A page that only wants to know whether there is a queue
 * closes it after `ready`.
 */
import { z } from 'zod';
import { fromProvider, fromUnit } from './messages.ts';
import { MAX_PROVIDERS, MIN_PROVIDERS } from './project.ts';

/** Where the server listens, from the address of the page. */
export const QUEUE_PATH = 'unit-queue';

const workers = z.int().min(0).max(1_000_000);

export const fromPage = {
  run: z.strictObject({
    threshold: z.number().gt(0).max(1),
    providers: z.int().min(MIN_PROVIDERS).max(MAX_PROVIDERS),
    bytesPerClk: fromProvider.upload.shape.bytesPerClk,
    blocks: z.boolean(),
  }),
  upload: fromProvider.upload,
  clks: fromProvider.clks,
  blocks: fromProvider.blocks,
} as const;

export const fromQueueServer = {
  ready: z.strictObject({ workers }),
  progress: z.strictObject({
    done: z.number().min(0).max(1),
    workers,
    /** Comparisons a second. */
    rate: z.number().min(0),
  }),
  said: z.strictObject({ sentence: z.string().max(1_000) }),
  result: fromUnit.result,
  'result-part': fromUnit['result-part'],
} as const;
