/** One side of a scripted run: a headless Chromium process of its own, driven by the accessible names that people use. */
import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import type { Measures } from '../agreement/result.ts';
import { chromiumArgs, ensureChromium } from '../machine/machine.ts';
import { cpuBetween, ProcessMeter, peakMemoryUntil } from './process-meter.ts';

/** A busy machine reads a million rows for minutes. */
const PATIENCE_MS = 15 * 60_000;

export interface PartyOptions {
  readonly name: 'researcher' | 'owner';
  readonly address: string;
}

/** One stage of one side. */
export interface StageFigures {
  readonly stage: string;
  readonly seconds: number;
  /** Processor time of the whole browser, seconds: on a busy machine steadier than time on the wall. */
  readonly cpuSeconds: number;
  /** Highest resident memory of the page's renderer process by the end of the stage, bytes; undefined where the system does not tell. */
  readonly peakMemoryBytes: number | undefined;
}

/** What the browser and the system tell about a page when a run is over. */
export interface PageMeasures {
  readonly peakMemoryBytes: number | undefined;
  /** Processor time of the whole browser since `startClock`, seconds. */
  readonly cpuSeconds: number;
  /** Longest task on the main thread since `startClock`, milliseconds. */
  readonly longestTaskMs: number;
  /** What was timed before the run, then the run's own stages. */
  readonly stages: readonly StageFigures[];
}

export class BrowserParty {
  private readonly timings: { stage: string; from: number; to: number }[] = [];
  private meter: ProcessMeter | undefined;
  private runStart = 0;

  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open({ name, address }: PartyOptions): Promise<BrowserParty> {
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
    const context = await browser.newContext({ acceptDownloads: true });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.addInitScript(watchLongTasks);
    await page.goto(address);
    const party = new BrowserParty(browser, context, page);
    party.meter = await ProcessMeter.start(() => party.processUse());
    return party;
  }

  /** Does the work as a stage of its own, to be told by `measures`. */
  async timed<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const from = this.now;
    const result = await work();
    this.timings.push({ stage, from, to: this.now });
    return result;
  }

  async chooseFile(path: string): Promise<void> {
    await this.timed('reading', async () => {
      await this.page.getByLabel('CSV file').setInputFiles(path);
      await this.page.getByLabel('Delimiter', { exact: true }).waitFor();
    });
    await this.next();
  }

  /** Opens a study and the file it is for; the page goes on to the Connect step by itself. */
  async takeUp(study: string, path: string): Promise<void> {
    await this.timed('reading', async () => {
      await this.page.getByLabel('Open study').setInputFiles(study);
      await this.page.getByLabel('CSV file').setInputFiles(path);
      await Promise.race([this.page.getByRole('heading', { name: 'Connect' }).waitFor(), this.failOnAlert()]);
    });
  }

  /** Sets every column's use, and waits until what follows from them has been checked; columns not named are ignored. */
  async setUses(columns: readonly string[], uses: ReadonlyMap<string, string>): Promise<void> {
    for (const column of columns) {
      await this.page
        .getByLabel(`Use of ${column}`, { exact: true })
        .selectOption({ label: uses.get(column) ?? 'Ignore' });
    }
    const checks = this.page.getByText(/^(Looking for problems|Counting labels)$/);
    await checks.first().waitFor({ state: 'hidden' });
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: 'Next', exact: true }).click();
  }

  async fill(label: string, value: string | number): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(String(value));
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Rejects with the text of the first alert on the page; never resolves. For racing against what should happen. */
  async failOnAlert(): Promise<never> {
    const alert = this.page.getByRole('alert').first();
    await alert.waitFor({ timeout: 0 });
    throw new Error(`the page says: ${await alert.textContent()}`);
  }

  /** Presses a download button and gives the file's text. */
  async download(name: string): Promise<string> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.press(name)]);
    return readFileSync(await file.path(), 'utf8');
  }

  /** The run starts here: counts processor time and long tasks from now on. */
  async startClock(): Promise<void> {
    await this.page.evaluate(() => {
      (globalThis as { longestTaskMs?: number }).longestTaskMs = 0;
    });
    this.runStart = this.now;
  }

  /** `run`: the seconds that the page itself measured for each stage of the run. */
  async measures(run: Measures): Promise<PageMeasures> {
    const longestTaskMs = await this.page.evaluate(() => (globalThis as { longestTaskMs?: number }).longestTaskMs ?? 0);
    const samples = (await this.meter?.stop()) ?? [];
    const linked = this.runStart + run.linkage.seconds;
    const timings = [
      ...this.timings,
      { stage: 'linkage', from: this.runStart, to: linked },
      { stage: 'table', from: linked, to: linked + run.table.seconds },
    ];
    return {
      longestTaskMs: Math.round(longestTaskMs),
      cpuSeconds: cpuBetween(samples, this.runStart, this.now),
      peakMemoryBytes: peakMemoryUntil(samples, this.now),
      stages: timings.map(({ stage, from, to }) => ({
        stage,
        seconds: to - from,
        cpuSeconds: cpuBetween(samples, from, to),
        peakMemoryBytes: peakMemoryUntil(samples, to),
      })),
    };
  }

  /** Seconds on the meter's clock. */
  private get now(): number {
    return this.meter?.elapsed ?? 0;
  }

  private async processUse() {
    const session = await this.browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return {
      cpuSeconds: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
      peakMemoryBytes: peakMemory(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)),
    };
  }

  async close(): Promise<void> {
    await this.meter?.stop();
    await this.context.close();
    await this.browser.close();
  }
}

function peakMemory(processes: readonly number[]): number | undefined {
  try {
    const peaks = processes
      .map((id) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1])
      .map((kilobytes) => Number(kilobytes) * 1024);
    return peaks.length > 0 ? Math.max(...peaks) : undefined;
  } catch {
    // Systems without /proc do not tell; the report then leaves the figure out.
    return undefined;
  }
}

/** Runs in the page, before its own scripts. */
function watchLongTasks(): void {
  const page = globalThis as { longestTaskMs?: number };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) page.longestTaskMs = Math.max(page.longestTaskMs ?? 0, entry.duration);
  }).observe({ type: 'longtask', buffered: true });
}
