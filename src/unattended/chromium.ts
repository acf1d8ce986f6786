/** The Chromium that shows the pages where no person does, driven by Playwright. Neither comes with the package. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BrowserContext, BrowserType } from 'playwright';
import { chromiumArgs, findChromium } from '../machine/machine.ts';

const NO_PLAYWRIGHT =
  'This command shows the pages in a browser without a window, by Playwright, which is not installed. Install it beside blindjoin: npm install playwright';
const NO_CHROMIUM =
  'No Chromium was found. Install one (Debian, Ubuntu: sudo apt-get install chromium; elsewhere: npx playwright install chromium), or name it with --browser.';

/** Where the command is installed, then where it is called. @throws Error that says what to install */
export function loadChromium(folder: string): BrowserType {
  for (const from of [import.meta.url, join(folder, 'package.json')]) {
    try {
      const { chromium }: typeof import('playwright') = createRequire(from)('playwright');
      return chromium;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error(NO_PLAYWRIGHT);
}

export interface ChromiumOptions {
  /** Where the command was called. */
  readonly folder: string;
  /** The browser's program, where it is not to be looked for. */
  readonly browser?: string | undefined;
  /** Where the browser keeps what it stores; where left out, nowhere. */
  readonly profile?: string | undefined;
  /** For containers that allow none. */
  readonly sandbox: boolean;
}

/** @throws Error that says what to do */
export async function openChromium({ folder, browser, profile, sandbox }: ChromiumOptions): Promise<BrowserContext> {
  const chromium = loadChromium(folder);
  const executablePath = browser ?? findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  if (!existsSync(executablePath)) throw new Error(`There is no browser at ${executablePath}.`);
  const launch = {
    executablePath,
    args: chromiumArgs.filter((argument) => argument !== '--no-sandbox'),
    // Chromium has none for root.
    chromiumSandbox: sandbox && process.getuid?.() !== 0,
    // The other side is told before the browser goes.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
  // The page of today, not one that is kept.
  const context = { acceptDownloads: true, locale: 'en-GB', serviceWorkers: 'block' as const };
  try {
    if (profile !== undefined) return await chromium.launchPersistentContext(profile, { ...launch, ...context });
    const started = await chromium.launch(launch);
    return await started.newContext(context);
  } catch (error) {
    throw new Error(`${executablePath} does not start: ${firstLines(error)}`);
  }
}

/** Playwright tells the whole of the browser's log. */
function firstLines(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/ProcessSingleton|SingletonLock|already in use/.test(message))
    return 'another one uses the same folder. End that one, or give another folder with --state.';
  const hint = /sandbox/i.test(message)
    ? ' Where no sandbox can be had, as in some containers, give --no-sandbox.'
    : '';
  return `${message.split('\n').slice(0, 3).join(' ')}${hint}`;
}
