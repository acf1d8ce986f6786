/** How Chromium and a Firefox as it is published are driven, and what tests do in either though only one of them tells of it. */
import { mkdirSync, readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type LaunchOptions,
  type Page,
} from '@playwright/test';
import { chromiumArgs, findChromium, firefoxOptions } from '../../src/machine/machine.ts';

export type Engine = 'chromium' | 'firefox';

/** Where a Firefox saves files. */
const DOWNLOADS = fileURLToPath(new URL('../../test-results/firefox-downloads', import.meta.url));

/** How Playwright starts the browser that this machine has. */
export function launchOptions(engine: Engine): LaunchOptions {
  if (engine === 'firefox') return { ...firefoxOptions(), downloadsPath: DOWNLOADS };
  const executablePath = findChromium();
  return { ...(executablePath ? { executablePath } : {}), args: chromiumArgs };
}

export const isFirefox = (page: Page): boolean => page.context().browser()?.browserType().name() === 'firefox';

/** In Firefox `fill` sets a value past React, which then does not know of it: has it type instead. Before a page is opened. */
export async function prepareContext(context: BrowserContext): Promise<void> {
  if (context.browser()?.browserType().name() !== 'firefox') return;
  await context.addInitScript(() =>
    Object.defineProperty(window, '__pw_bidiInsertText', {
      configurable: true,
      get: () => (text: string) => document.execCommand('insertText', false, text),
      set: () => undefined,
    }),
  );
}

/** A person's own browser window, without cookies or storage. */
export async function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    serviceWorkers: 'block',
    ...options,
  });
  await prepareContext(context);
  return context;
}

export interface SavedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** The file that the page saves when `press` is done. Firefox tells of no download: its folder is looked at. */
export async function savedFile(page: Page, press: () => Promise<void>): Promise<SavedFile> {
  if (!isFirefox(page)) {
    const [file] = await Promise.all([page.waitForEvent('download'), press()]);
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  }
  mkdirSync(DOWNLOADS, { recursive: true });
  await press();
  let name = '';
  // While a file is written, another of the same name with `.part` lies beside it.
  await expect(() => {
    const names = readdirSync(DOWNLOADS);
    expect(names).toHaveLength(1);
    name = names[0] ?? '';
    expect(name).not.toMatch(/\.part$/);
  }).toPass();
  const path = join(DOWNLOADS, name);
  const content = await readFile(path);
  await rm(path);
  return { name, content };
}

/** Does what asks the person something, and says yes. */
export async function sayingYes(page: Page, act: () => Promise<unknown>): Promise<void> {
  if (isFirefox(page)) {
    // As it is driven here, Firefox answers by itself: yes to leaving a page, no to everything else.
    await page.evaluate(() => {
      window.confirm = () => true;
    });
    await act();
    return;
  }
  const asked = page.waitForEvent('dialog').then((dialog) => dialog.accept());
  await act();
  await asked;
}
