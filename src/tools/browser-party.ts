/** One side of a scripted run: a headless Chromium process of its own, driven by the accessible names that people use. */
import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import type { Measures } from '../agreement/result.ts';
import { chromiumArgs, ensureChromium } from '../machine/machine.ts';
import type { ColumnSettings } from '../table/column-settings.ts';
import type { CsvOptions } from '../table/table.ts';
import { cpuBetween, ProcessMeter, peakMemoryUntil } from './process-meter.ts';

const STEPS = ['Data', 'Columns', 'Rules', 'Connect', 'Run and result'] as const;

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
  readonly #timings: { stage: string; from: number; to: number }[] = [];
  #meter: ProcessMeter | undefined;
  #runStart = 0;
  #cpuBefore = 0;
  #step = 0;

  readonly #browser: Browser;
  readonly #context: BrowserContext;

  private constructor(
    browser: Browser,
    context: BrowserContext,
    readonly page: Page,
  ) {
    this.#browser = browser;
    this.#context = context;
  }

  static async open({ name, address }: PartyOptions): Promise<BrowserParty> {
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
    const context = await browser.newContext({ acceptDownloads: true });
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

  async chooseFile(path: string, options: Partial<CsvOptions> = {}): Promise<void> {
    await this.timed('reading', () => this.readFile(path));
    const { encoding, delimiter, header, skip, sheet } = options;
    const select = async (label: string, value: string | undefined) => {
      if (value === undefined) return;
      await this.page.getByLabel(label, { exact: true }).selectOption(value);
      await this.#fileRead();
    };
    await select('Sheet', sheet);
    await select('Encoding', encoding);
    await select('Delimiter', delimiter);
    if (skip !== undefined) await this.fill('Lines above the table', skip);
    await this.#fileRead();
    if (header !== undefined) await this.#decideHeader(header);
    await this.next();
  }

  /** Chooses a file and waits until its rows are there. */
  async readFile(path: string): Promise<void> {
    await this.page.getByLabel('CSV file').setInputFiles(path);
    await this.#fileRead();
  }

  /** Opens a study and the file it is for; the page goes on to the Connect step by itself. */
  async takeUp(study: string, path: string): Promise<void> {
    await this.timed('reading', async () => {
      await this.page.getByLabel('Open study').setInputFiles(study);
      await this.page.getByLabel('CSV file').setInputFiles(path);
      await Promise.race([this.page.getByRole('heading', { name: 'Connect' }).waitFor(), this.failOnAlert()]);
    });
  }

  /** Rejects with what the page says where the file cannot be read. */
  async #fileRead(): Promise<void> {
    await this.page.getByRole('progressbar', { name: 'Reading the file' }).waitFor({ state: 'hidden' });
    const read = this.page.getByText(/: [\d,]+ rows, \d+ columns$/);
    const alert = this.page.getByRole('alert');
    await read.or(alert).first().waitFor();
    if ((await read.count()) === 0) throw new Error(`the page says: ${await alert.first().textContent()}`);
  }

  /** By the button of the doubt, where there is one: a switch that stands right cannot be switched. */
  async #decideHeader(header: boolean): Promise<void> {
    const answer = header ? 'It has the names of the columns' : 'It is the first person';
    const button = this.page.getByRole('button', { name: answer, exact: true });
    if ((await button.count()) > 0) await button.click();
    else await this.page.getByLabel('First row is a header', { exact: true }).setChecked(header);
    await this.#fileRead();
  }

  /** Sets how columns in use are read. */
  async decide(columns: ReadonlyMap<string, ColumnSettings>): Promise<void> {
    for (const [name, settings] of columns) {
      await this.page.getByText(`How ${name} is read`, { exact: true }).click();
      const control = (label: string) => this.page.getByLabel(`${label} of ${name}`, { exact: true });
      const write = async (label: string, value: string | number | undefined) => {
        if (value === undefined) return;
        await control(label).fill(String(value));
        await control(label).blur();
      };
      const { missing, decimalMark, dateOrder, lastYear, serialDates, codeLength, notNumbers } = settings;
      await write('Missing values', missing?.join(' | '));
      await write('Latest year', lastYear);
      await write('Digits', codeLength);
      if (decimalMark !== undefined) await this.#choose(name, 'Decimal mark', decimalMark);
      if (dateOrder !== undefined) await this.#choose(name, 'Order of dates', dateOrder);
      if (serialDates !== undefined) await this.#choose(name, 'Day numbers', serialDates);
      const notANumber = this.page.getByRole('button', { name: 'They count as missing', exact: true });
      if (notNumbers !== undefined && (await notANumber.count()) > 0) await notANumber.first().click();
    }
    await this.#checked();
  }

  /** Where the value stands already, choosing it says nothing to the page: the button of the doubt does. */
  async #choose(name: string, label: string, value: string): Promise<void> {
    const control = this.page.getByLabel(`${label} of ${name}`, { exact: true });
    // Drawn once its details are open.
    await control.waitFor();
    const others = await control
      .locator('option')
      .evaluateAll((all) => all.map((o) => (o as { value?: string }).value));
    const other = others.find((one) => one !== value);
    if ((await control.inputValue()) === value && other !== undefined) await control.selectOption(other);
    await control.selectOption(value);
  }

  async #checked(): Promise<void> {
    const checks = this.page.getByText(/^(Looking for problems|Counting labels)$/);
    await checks.first().waitFor({ state: 'hidden' });
  }

  /** Sets every column's use, and waits until what follows from them has been checked; columns not named are ignored. */
  async setUses(columns: readonly string[], uses: ReadonlyMap<string, string>): Promise<void> {
    for (const column of columns) {
      await this.page
        .getByLabel(`Use of ${column}`, { exact: true })
        .selectOption({ label: uses.get(column) ?? 'Ignore' });
    }
    await this.#checked();
  }

  /** Goes to the next step. Rejects with what is missing or undecided where the page stays. */
  async next(): Promise<void> {
    await this.page.getByRole('button', { name: 'Next', exact: true }).click();
    this.#step++;
    const heading = this.page.getByRole('heading', { name: STEPS[this.#step] ?? '', exact: true });
    const alert = this.page.getByRole('alert');
    await heading.or(alert).first().waitFor();
    if ((await heading.count()) === 0) throw new Error(`the page says: ${await alert.last().textContent()}`);
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
