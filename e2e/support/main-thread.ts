import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';

const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds that the thread computed. */
      tdur: z.number().optional(),
      args: z.object({ name: z.string().optional() }).loose().optional(),
    }),
  ),
});

/** Starts to record the tasks of a page's main thread. */
export function recordTasks(browser: Browser, page: Page): Promise<void> {
  return browser.startTracing(page, { categories: ['toplevel'] });
}

/**
 * Stops recording; resolves to the longest task of a page's main thread, in milliseconds of computing. Time that the thread
 * waited for a core is left out: it tells about the machine's other work, not about the page.
 */
export async function longestTask(browser: Browser): Promise<number> {
  const trace = await browser.stopTracing();
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString()));
  const place = ({ pid, tid }: { pid: number; tid: number }) => `${pid} ${tid}`;
  const mainThreads = new Set(
    traceEvents.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain').map(place),
  );
  const durations = traceEvents
    .filter((e) => e.tdur !== undefined && mainThreads.has(place(e)))
    .map((e) => e.tdur ?? 0);
  if (durations.length === 0) throw new Error('The trace has no task of a main thread.');
  return durations.reduce((longest, duration) => Math.max(longest, duration), 0) / 1000;
}
