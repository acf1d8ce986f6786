/** Fuzzes what SEAL reads, in a headless Chromium: node-seal does not run in this Node. */
import { type Browser, chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { chromiumArgs, ensureChromium } from '../../machine/machine.ts';
import type { Report } from './fuzzer.ts';

type SealPage = typeof import('./seal-page.ts');

const PAGE = '/src/tools/fuzz/seal-page.ts';
/** Bytes in a batch, which bounds its time. */
const BATCH_BYTES = 16 * 1024 * 1024;
const BATCH_WITHIN_MS = 120_000;
/** No target may make SEAL's memory grow by more than this, bytes. */
const MAX_GROWTH = 64 * 1024 * 1024;
/** A key of full size takes half a second to read and compute with: one input in so many has it. */
export const FULL_SIZE_EVERY = 100;

export interface SealTarget {
  readonly name: string;
  /** Bytes of an input. */
  readonly bytes: number;
  /** As runs send it. The others are read by the same code and of a small parameter set. */
  readonly fullSize: boolean;
}

/** How many inputs a target reads where small ones read `inputs`. */
export function sealInputs({ fullSize }: SealTarget, inputs: number): number {
  return fullSize ? Math.ceil(inputs / FULL_SIZE_EVERY) : inputs;
}

export class SealFuzzer {
  readonly #server: ViteDevServer;
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(
    server: ViteDevServer,
    browser: Browser,
    page: Page,
    readonly targets: readonly SealTarget[],
  ) {
    this.#server = server;
    this.#browser = browser;
    this.#page = page;
  }

  static async open(): Promise<SealFuzzer> {
    // Without the app's own configuration: its signalling would keep this process.
    const server = await createServer({
      configFile: false,
      logLevel: 'error',
      server: { port: 0, hmr: false, watch: null },
      optimizeDeps: { exclude: ['node-seal'], include: ['fast-check'] },
    });
    await server.listen();
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
    try {
      const page = await browser.newPage();
      // A document of this origin without the app in it.
      await page.goto(new URL('/config.json', server.resolvedUrls?.local[0]).href);
      const targets = await page.evaluate(async (path) => ((await import(path)) as SealPage).targets, PAGE);
      return new SealFuzzer(server, browser, page, targets);
    } catch (error) {
      await browser.close();
      await server.close();
      throw error;
    }
  }

  /** Runs so many inputs; stops at the first finding: an error of another kind, a dead page, a hang, memory that grows. */
  async fuzz(target: SealTarget, inputs: number, seed: number): Promise<Report> {
    const start = performance.now();
    const batch = Math.max(1, Math.min(inputs, Math.floor(BATCH_BYTES / target.bytes)));
    let refused = 0;
    let early: number | undefined;
    let held = 0;
    const report = (done: number, message?: string): Report => ({
      target: target.name,
      inputs: done,
      refused,
      seconds: (performance.now() - start) / 1000,
      growth: held - (early ?? held),
      finding: message === undefined ? undefined : { message, hex: '', seed },
    });
    for (let done = 0; done < inputs; done += batch) {
      const count = Math.min(batch, inputs - done);
      try {
        const answer = await this.#read(target.name, count, seed + done);
        refused += answer.refused;
        held = answer.held;
      } catch (error) {
        return report(done + count, error instanceof Error ? error.message : String(error));
      }
      early ??= held;
    }
    const { growth } = report(inputs);
    return report(inputs, growth > MAX_GROWTH ? `memory grew by ${growth} bytes` : undefined);
  }

  async #read(name: string, inputs: number, seed: number): Promise<ReturnType<SealPage['readHostile']>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${name}: no end after ${BATCH_WITHIN_MS} ms`)), BATCH_WITHIN_MS);
    });
    return await Promise.race([this.#call(name, inputs, seed), late]).finally(() => clearTimeout(timer));
  }

  #call(name: string, inputs: number, seed: number): Promise<ReturnType<SealPage['readHostile']>> {
    return this.#page.evaluate(async ([path, ...args]) => ((await import(path)) as SealPage).readHostile(...args), [
      PAGE,
      name,
      inputs,
      seed,
    ] as const);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}
