/** What the first visit costs: bytes as they travel, and the time until the page answers. */
import { loadavg } from 'node:os';
import { type BrowserContext, chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from '../machine/machine.ts';

export interface LoadFigures {
  /** Of all answers to the page and its workers, compressed as the server sends them, with their headers. */
  readonly bytes: number;
  /** From the start of the navigation to the first paint with content. */
  readonly paintMs: number;
  /** To the end of the last task over 50 ms on the main thread, or to the paint. */
  readonly interactiveMs: number;
  /** The longest that the page did not answer. */
  readonly blockedMs: number;
  /** Processor time of all tasks of the main thread: other programs hardly change it. */
  readonly taskMs: number;
}

/** Pages and what stands on them when they are there. */
const PAGES = [
  { name: 'home', fragment: '', shows: 'Try with sample data' },
  { name: 'home, in German', fragment: '', shows: 'Mit Beispieldaten testen', locale: 'de-DE' },
  { name: 'researcher', fragment: '#/researcher', shows: 'Next' },
  { name: 'data owner', fragment: '#/owner', shows: 'Next' },
  { name: 'linking room', fragment: '#/linking', shows: undefined },
  { name: 'entity service', fragment: '#/service', shows: undefined },
  { name: 'workbench', fragment: '#/workbench', shows: undefined },
  { name: 'help', fragment: '#/help', shows: undefined },
  { name: 'a document of the help', fragment: '#/help?doc=security', shows: undefined },
] as const;
/** Without any task so long, the page is quiet. */
const QUIET_MS = 2_000;

/** One page in a browser that has never seen the app. */
async function visit(address: string, { fragment, shows, ...of }: (typeof PAGES)[number]): Promise<LoadFigures> {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
  try {
    // What is kept for use without a network comes after the page, and is no part of it.
    const context = await browser.newContext({ serviceWorkers: 'block', locale: 'locale' in of ? of.locale : 'en-GB' });
    const bytes = bytesOf(context);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.addInitScript(watchTasks);
    await page.goto(`${address}${fragment}`);
    if (shows !== undefined) await page.getByRole('button', { name: shows, exact: true }).waitFor();
    else await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(
      (quiet) => performance.now() - ((globalThis as Watched).lastTaskEnd ?? 0) > quiet,
      QUIET_MS,
    );
    const { paintMs, lastTaskEnd, blockedMs } = await page.evaluate(() => ({
      paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      lastTaskEnd: (globalThis as Watched).lastTaskEnd ?? 0,
      blockedMs: (globalThis as Watched).longestTask ?? 0,
    }));
    const { metrics } = await session.send('Performance.getMetrics');
    const taskMs = 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    return { bytes: await bytes(), paintMs, interactiveMs: Math.max(paintMs, lastTaskEnd), blockedMs, taskMs };
  } finally {
    await browser.close();
  }
}

/** Adds up what comes in from now on. */
function bytesOf(context: BrowserContext): () => Promise<number> {
  const answers: Promise<number>[] = [];
  context.on('requestfinished', (request) => {
    answers.push(request.sizes().then((sizes) => sizes.responseHeadersSize + sizes.responseBodySize));
  });
  return async () => (await Promise.all(answers)).reduce((sum, bytes) => sum + bytes, 0);
}

interface Watched {
  lastTaskEnd?: number;
  longestTask?: number;
}

/** Runs in the page, before its own scripts. */
function watchTasks(): void {
  const page = globalThis as Watched;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      page.lastTaskEnd = Math.max(page.lastTaskEnd ?? 0, startTime + duration);
      page.longestTask = Math.max(page.longestTask ?? 0, duration);
    }
  }).observe({ type: 'longtask', buffered: true });
}

/** Visits the pages in turn, as often as told, and prints the medians. */
export async function benchLoad(address: string, runs: number): Promise<void> {
  const all = new Map(PAGES.map((page) => [page, [] as LoadFigures[]]));
  const load = () => loadavg()[0]?.toFixed(1);
  const before = load();
  for (let run = 0; run < runs; run++) for (const [page, figures] of all) figures.push(await visit(address, page));
  console.log(`Load of the machine: ${before} before, ${load()} after ${runs} visits each.\n`);
  console.log(
    '| first visit | MB, compressed | first paint, ms | interactive, ms | longest without an answer, ms | main thread, processor ms |\n|---|---|---|---|---|---|',
  );
  for (const [{ name }, figures] of all) {
    const of = (figure: keyof LoadFigures) => {
      const sorted = figures.map((one) => one[figure]).sort((a, b) => a - b);
      return sorted[sorted.length >> 1] ?? Number.NaN;
    };
    const times = (['paintMs', 'interactiveMs', 'blockedMs', 'taskMs'] as const).map((time) => Math.round(of(time)));
    const cells = [name, (of('bytes') / 1e6).toFixed(2), ...times];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
