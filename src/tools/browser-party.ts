/** One side of a scripted run: a headless Chromium process of its own, driven by the accessible names that people use. */
import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumArgs, ensureChromium } from './machine.ts';

export interface PartyOptions {
  readonly name: 'researcher' | 'owner';
  readonly address: string;
}

/** What the browser and the system tell about a page when a run is over. */
export interface PageMeasures {
  /** Highest resident memory of the page's renderer process, bytes; undefined where the system does not tell. */
  readonly peakMemoryBytes: number | undefined;
  /** Processor time of the whole browser since `startClock`, seconds: on a busy machine steadier than time on the wall. */
  readonly cpuSeconds: number;
  /** Longest task on the main thread since `startClock`, milliseconds. */
  readonly longestTaskMs: number;
}

export class BrowserParty {
  private cpuBefore = 0;

  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open({ name, address }: PartyOptions): Promise<BrowserParty> {
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
    const context = await browser.newContext({ acceptDownloads: true });
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.addInitScript(watchLongTasks);
    await page.goto(address);
    return new BrowserParty(browser, context, page);
  }

  async chooseFile(path: string): Promise<void> {
    await this.page.getByLabel('CSV file').setInputFiles(path);
    await this.page.getByLabel('Delimiter', { exact: true }).waitFor({ timeout: 120_000 });
    await this.next();
  }

  /** Sets every column's use; columns not named are ignored. */
  async setUses(columns: readonly string[], uses: ReadonlyMap<string, string>): Promise<void> {
    for (const column of columns) {
      await this.page
        .getByLabel(`Use of ${column}`, { exact: true })
        .selectOption({ label: uses.get(column) ?? 'Ignore' });
    }
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

  /** Counts processor time and long tasks from here. */
  async startClock(): Promise<void> {
    await this.page.evaluate(() => {
      (globalThis as { longestTaskMs?: number }).longestTaskMs = 0;
    });
    this.cpuBefore = await this.cpuSeconds();
  }

  async measures(): Promise<PageMeasures> {
    const longestTaskMs = await this.page.evaluate(() => (globalThis as { longestTaskMs?: number }).longestTaskMs ?? 0);
    return {
      longestTaskMs: Math.round(longestTaskMs),
      cpuSeconds: (await this.cpuSeconds()) - this.cpuBefore,
      peakMemoryBytes: await this.peakMemory(),
    };
  }

  private async processes() {
    const session = await this.browser.newBrowserCDPSession();
    return (await session.send('SystemInfo.getProcessInfo')).processInfo;
  }

  private async cpuSeconds(): Promise<number> {
    return (await this.processes()).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  private async peakMemory(): Promise<number | undefined> {
    try {
      const peaks = (await this.processes())
        .filter((process) => process.type === 'renderer')
        .map(({ id }) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1])
        .map((kilobytes) => Number(kilobytes) * 1024);
      return peaks.length > 0 ? Math.max(...peaks) : undefined;
    } catch {
      // Systems without /proc do not tell; the report then leaves the figure out.
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.browser.close();
  }
}

/** Runs in the page, before its own scripts. */
function watchLongTasks(): void {
  const page = globalThis as { longestTaskMs?: number };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) page.longestTaskMs = Math.max(page.longestTaskMs ?? 0, entry.duration);
  }).observe({ type: 'longtask', buffered: true });
}
