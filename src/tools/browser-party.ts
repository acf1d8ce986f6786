/** One side of a scripted run: a headless Chromium process of its own, and what it costs. */
import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import type { Measures } from '../agreement/result.ts';
import { chromiumArgs, ensureChromium } from '../machine/machine.ts';
import { PartyPage } from '../unattended/party-page.ts';
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

export class BrowserParty extends PartyPage {
  readonly #timings: { stage: string; from: number; to: number }[] = [];
  #meter: ProcessMeter | undefined;
  #runStart = 0;
  #cpuBefore = 0;

  readonly #browser: Browser;
  readonly #context: BrowserContext;

  private constructor(browser: Browser, context: BrowserContext, page: Page) {
    super(page);
    this.#browser = browser;
    this.#context = context;
  }

  static async open({ name, address }: PartyOptions): Promise<BrowserParty> {
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
    const context = await browser.newContext({ acceptDownloads: true, serviceWorkers: 'block' });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.addInitScript(watchLongTasks);
    await page.goto(address);
    const party = new BrowserParty(browser, context, page);
    party.#meter = await ProcessMeter.start(() => party.#processUse());
    return party;
  }

  /** Does the work as a stage of its own, to be told by `measures`. */
  async timed<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const from = this.#now;
    const result = await work();
    this.#timings.push({ stage, from, to: this.#now });
    return result;
  }

  override async readFile(path: string): Promise<void> {
    await this.timed('reading', () => super.readFile(path));
  }

  override async takeUp(study: string, path: string): Promise<void> {
    await this.timed('reading', () => super.takeUp(study, path));
  }

  /** The run starts here: counts processor time and long tasks from now on. */
  async startClock(): Promise<void> {
    await this.page.evaluate(() => {
      (globalThis as { longestTaskMs?: number }).longestTaskMs = 0;
    });
    this.#cpuBefore = (await this.#processUse()).cpuSeconds;
    this.#runStart = this.#now;
  }

  /** Since `startClock`, and of all. */
  async soFar(): Promise<Omit<PageMeasures, 'stages'>> {
    const longestTaskMs = await this.page.evaluate(() => (globalThis as { longestTaskMs?: number }).longestTaskMs ?? 0);
    const { cpuSeconds, peakMemoryBytes } = await this.#processUse();
    return { longestTaskMs: Math.round(longestTaskMs), cpuSeconds: cpuSeconds - this.#cpuBefore, peakMemoryBytes };
  }

  /** `run`: the seconds that the page itself measured for each stage of the run. */
  async measures(run: Measures): Promise<PageMeasures> {
    const longestTaskMs = await this.page.evaluate(() => (globalThis as { longestTaskMs?: number }).longestTaskMs ?? 0);
    const samples = (await this.#meter?.stop()) ?? [];
    const linked = this.#runStart + run.linkage.seconds;
    const timings = [
      ...this.#timings,
      { stage: 'linkage', from: this.#runStart, to: linked },
      { stage: 'table', from: linked, to: linked + run.table.seconds },
    ];
    return {
      longestTaskMs: Math.round(longestTaskMs),
      cpuSeconds: cpuBetween(samples, this.#runStart, this.#now),
      peakMemoryBytes: peakMemoryUntil(samples, this.#now),
      stages: timings.map(({ stage, from, to }) => ({
        stage,
        seconds: to - from,
        cpuSeconds: cpuBetween(samples, from, to),
        peakMemoryBytes: peakMemoryUntil(samples, to),
      })),
    };
  }

  /** Seconds on the meter's clock. */
  get #now(): number {
    return this.#meter?.elapsed ?? 0;
  }

  async #processUse() {
    const session = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return {
      cpuSeconds: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
      peakMemoryBytes: peakMemory(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)),
    };
  }

  async close(): Promise<void> {
    await this.#meter?.stop();
    await this.#context.close();
    await this.#browser.close();
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
