/** `npm run picture`: plays the sample of the built app and keeps its end as the README's picture, docs/result.png. */
import { resolve } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from '../machine/machine.ts';
import { startServer } from '../server/server.ts';

const SIZE = { width: 1400, height: 1000 };
const PLAYS_WITHIN_MS = 5 * 60_000;
/** Charts are drawn one frame after another. */
const DRAWN_WITHIN_MS = 2_000;

const server = await startServer({ port: 0, host: '127.0.0.1', dist: resolve('dist') });
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
try {
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
  await page.goto(`${server.url}#/sample`);
  await page.getByRole('table', { name: 'Result' }).waitFor({ timeout: PLAYS_WITHIN_MS });
  await page.waitForTimeout(DRAWN_WITHIN_MS);
  await page.screenshot({ path: 'docs/result.png' });
} finally {
  await browser.close();
  await server.close();
}
// The signalling server's timers keep the process alive.
process.exit(0);
