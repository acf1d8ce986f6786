/** The app without a network, and a new build of it beside the one that is kept. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { digestOf, writeDigest } from '../src/machine/build-digest.ts';
import { isFirefox, openContext } from './support/browsers.ts';
import { DATA } from './support/files.ts';
import { startApp } from './support/servers.ts';
import { expect, test } from './support/test.ts';
import { Watch } from './support/watch.ts';

/** Longest that a busy machine takes to keep the whole app, or to prepare the sample. */
const WITHIN = { timeout: 120_000 };
test.setTimeout(600_000);

const buildOf = (page: Page) => page.locator('meta[name="blindjoin-build"]').getAttribute('content');

/** What became of the page's service worker. Never waits for one, so that one that cannot be installed is seen. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const { installing, waiting, active } = (await navigator.serviceWorker.getRegistration()) ?? {};
    return (active ?? waiting ?? installing)?.state;
  });

/** Addresses of all that is kept. */
const keptAddresses = (page: Page) =>
  page.evaluate(async () => {
    const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(opened.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => url);
  });

/** The page's headers hold: it is isolated, and may not ask `other`, an address of another origin. */
async function expectHeaders(page: Page, other: string): Promise<void> {
  await page.evaluate((address) => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      Object.assign(window, { violation: `${violatedDirective} ${blockedURI}` }),
    );
    void fetch(address).catch(() => {});
  }, other);
  const violation = () => page.evaluate(() => (window as { violation?: string }).violation);
  await expect.poll(violation).toMatch(/^connect-src http/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
}

/** Another build of the app in the folder: the same but for its icon. */
function buildAnew(folder: string): string {
  appendFileSync(join(folder, 'icon.svg'), '\n');
  const worker = join(folder, 'offline.worker.js');
  const revised = readFileSync(worker, 'utf8').replaceAll(
    /"revision":"[0-9a-f]+","url":"(icon\.svg|index\.html)"/g,
    `"revision":"${'0'.repeat(64)}","url":"$1"`,
  );
  writeFileSync(worker, revised);
  return writeDigest(folder);
}

/** Where a driven browser can be told that it has no network: Firefox cannot, and learns it from a server that is gone. */
const setOffline = async (page: Page, offline: boolean) => {
  if (!isFirefox(page)) await page.context().setOffline(offline);
};

test('what was opened once works without a network, and a new build waits for the person', {
  tag: '@firefox',
}, async ({ browser, address }) => {
  const dist = mkdtempSync(join(tmpdir(), 'blindjoin-dist-'));
  cpSync('dist', dist, { recursive: true });
  const digest = digestOf(dist);
  const server = await startApp(dist);
  const context = await openContext(browser, { baseURL: server.address, serviceWorkers: 'allow' });
  const page = await context.newPage();
  const watch = await Watch.on(page);
  await page.goto('/');
  await expect.poll(() => kept(page), WITHIN).toBe('activated');
  await page.reload();
  expect(watch.complaints).toEqual([]);

  await test.step('without a network', async () => {
    await server.stop();
    await setOffline(page, true);
    await page.reload();
    expect(await buildOf(page)).toBe(digest);
    const offline = page.getByRole('note').filter({ hasText: 'This computer is offline' });
    if (!isFirefox(page)) await expect(offline).toContainText('the sample');
    await expectHeaders(page, address);
    await page.getByRole('link', { name: 'I hold the data' }).click();
    await page.getByLabel('CSV file').setInputFiles({ name: 'd.csv', mimeType: 'text/csv', buffer: Buffer.from(DATA) });
    await expect(page.getByText(/: 300 rows, 12 columns$/)).toBeVisible();
    await page.goto('/#/workbench');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goto('/#/help?doc=security');
    await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();
  });

  const other = buildAnew(dist);
  expect(other).not.toBe(digest);
  await server.start();
  await setOffline(page, false);
  await page.goto('/');
  const news = page.getByRole('note').filter({ hasText: 'A new version of Blindjoin is ready' });
  await expect(news).toBeVisible(WITHIN);
  // Nothing is forced: a reload shows what is kept, with the digest of what runs.
  await page.reload();
  await expect(news).toBeVisible(WITHIN);
  expect(await buildOf(page)).toBe(digest);

  await test.step('while a run goes on, nothing is said of it, and nothing of the run is kept', async () => {
    await page.goto('/#/sample');
    await expect(page.getByRole('progressbar', { name: 'Linkage' }).first()).toBeAttached(WITHIN);
    await expect(news).toHaveCount(0);
    const addresses = (await keptAddresses(page)).map((each) => new URL(each));
    expect(addresses.length).toBeGreaterThan(50);
    expect(new Set(addresses.map(({ origin }) => origin))).toEqual(new Set([new URL(server.address).origin]));
    const outside = addresses.filter(
      ({ pathname }) => !/^\/(assets\/.*|index\.html|[\w-]+\.svg|manifest\.webmanifest)$/.test(pathname),
    );
    expect(outside).toEqual([]);
    await page.goto('/');
    await expect(news).toBeVisible(WITHIN);
  });

  await test.step('it is taken when no other page of the app is open', async () => {
    const take = page.getByRole('button', { name: 'Take the new version' });
    const second = await context.newPage();
    await second.goto('/');
    await expect(second.getByRole('link', { name: 'I hold the data' })).toBeVisible();
    await take.click();
    await expect(news).toContainText('First close the other tabs');
    expect(await buildOf(second)).toBe(digest);
    await second.close();
    // A browser may count a page a little while after it was closed.
    await expect(async () => {
      if ((await buildOf(page)) !== other) await take.click({ timeout: 2_000 });
      await expect.poll(() => buildOf(page).catch(() => ''), { timeout: 5_000 }).toBe(other);
    }).toPass(WITHIN);
    await expect(news).toHaveCount(0);
  });
  await context.close();
  await server.stop();
});
