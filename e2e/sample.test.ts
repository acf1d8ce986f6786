import type { Page } from '@playwright/test';
import { violations } from './support/accessibility.ts';
import { isFirefox, savedFile } from './support/browsers.ts';
import { expect, test } from './support/test.ts';

test('sample mode gives a table within 90 seconds and asks nobody else for anything; axe finds nothing on it', {
  tag: '@firefox',
}, async ({ page, watch }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page.getByRole('table', { name: 'Result' })).toBeVisible({ timeout: 90_000 });
  if (!isFirefox(page)) expect(watch.addresses.some((address) => address.startsWith('ws'))).toBe(true);
  expect(watch.foreign()).toEqual([]);
  expect(watch.complaints).toEqual([]);
  const table = page.getByRole('table', { name: 'Result' });
  await expect(table.getByText('fewer than 10').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Finished' })).toBeVisible();
  expect(await violations(page, 'sample')).toEqual([]);
  await expectAnalyses(page);
  expect(watch.complaints).toEqual([]);
  await expectChartInside(page);
  if (!isFirefox(page)) await expectPaper(page);
});

/** Every analysis that the sample's table allows shows figures; axe finds nothing on the first; charts can be saved. */
async function expectAnalyses(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Analyse the table' }).click();
  const choice = page.getByLabel('Analysis', { exact: true });
  await expect(choice).toBeVisible();
  const kinds = await choice
    .locator('option')
    .evaluateAll((options) => options.map((o) => o.getAttribute('value') ?? ''));
  expect(kinds).toContain('averages');
  // Each takes axe, which looks in Chromium, a while.
  for (const kind of isFirefox(page) ? ['averages'] : kinds) {
    await choice.selectOption(kind);
    await expect(page.getByRole('table', { name: /^Figures of the analysis/ }).first()).toBeVisible();
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await choice.selectOption('averages');
  expect(await violations(page, 'an analysis')).toEqual([]);
  expect(await saved(page, /^Download SVG: Forest plot of /)).toEqual([
    expect.stringMatching(/^blindjoin-forest-plot-[a-z0-9-]+\.svg$/),
    '<?xml version',
  ]);
  expect(await saved(page, /^Download SVG: Mean of /)).toEqual([
    'blindjoin-mean-days-in-hospital.svg',
    '<?xml version',
  ]);
  expect(await saved(page, /^Download PNG: Mean of /)).toEqual([
    'blindjoin-mean-days-in-hospital.png',
    '\x89PNG\r\n\x1a\n\0\0\0\rI',
  ]);
  await expect(page.getByLabel('Methods')).toHaveValue(/privacy-preserving record linkage/);
}

/** Name and first 13 bytes of the file that the first of these buttons saves. */
async function saved(page: Page, button: RegExp): Promise<[string, string]> {
  const { name, content } = await savedFile(page, () => page.getByRole('button', { name: button }).first().click());
  return [name, content.toString('latin1', 0, 13)];
}

/** A chart becomes as narrow as the window; the page does not scroll sideways for it. */
async function expectChartInside(page: Page): Promise<void> {
  const chart = page.locator('figure svg').first();
  await expect(chart.getByText('fewer than 10').first()).toBeAttached();
  await page.setViewportSize({ width: 360, height: 900 });
  await expect.poll(async () => (await chart.boundingBox())?.width).toBeLessThan(360);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}

/** Printed from a dark screen: light, with the agreement, without anything to press, and within an A4 page. */
async function expectPaper(page: Page): Promise<void> {
  const scheme = page.locator('html[data-mantine-color-scheme="light"]');
  const agreement = page.getByText(/^Records are compared by /).first();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(scheme).toHaveCount(0);
  await expect(agreement).toBeHidden();
  await page.setViewportSize({ width: 688, height: 1000 });
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await expect(scheme).toHaveCount(1);
  await expect(agreement).toBeVisible();
  for (const control of [page.getByRole('button'), page.getByRole('navigation')]) {
    await expect(control.filter({ visible: true })).toHaveCount(0);
  }
  await expect(page.getByRole('table', { name: 'Result' })).toBeVisible();
  await expect(page.locator('figure svg').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(688);
  expect(await page.evaluate(widestRight)).toBeLessThanOrEqual(688);
  expect(await page.evaluate(cutOff)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', media: 'screen' });
  await expect(scheme).toHaveCount(0);
  await expect(agreement).toBeHidden();
  // All that stands on paper is counted when the browser makes its pages, and as it was afterwards.
  const folded = page.locator('main details:not([open])');
  await expect(folded.locator('.recharts-surface').first(), 'a chart in a fold that nobody has opened').toBeAttached();
  const before = await folded.count();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(folded).toHaveCount(0);
  await expect(scheme).toHaveCount(1);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(folded).toHaveCount(before);
  await expect(scheme).toHaveCount(0);
}

/** Names of what scrolls on the screen and is lower than what it holds: on paper the rest would be cut off, or lie over what follows. */
function cutOff(): (string | null)[] {
  const regions = [...document.querySelectorAll('main section[aria-label]')];
  return regions
    .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
    .map((region) => region.getAttribute('aria-label'));
}

/** Where the table, picture or line of words that reaches farthest ends, in pixels from the left. */
function widestRight(): number {
  const parts = [...document.querySelectorAll('main table, main svg, main p, main li')];
  return Math.max(...parts.map((part) => part.getBoundingClientRect().right));
}

test('a part of the page that cannot be loaded any more is told, and the page can be loaded anew', async ({ page }) => {
  const parts = '**/assets/sample-page*.js';
  await page.route(parts, (route) => route.fulfill({ status: 404 }));
  await page.goto('/#/sample');
  await expect(page.getByRole('alert')).toContainText('This page could not be shown');
  await page.unroute(parts);
  await page.getByRole('button', { name: 'Load the page anew' }).click();
  await expect(page.getByRole('heading', { name: 'Try with sample data' })).toBeVisible();
});

test('without what only a secure connection has, the sample says so', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await page.goto('/#/sample');
  await expect(page.getByRole('alert').first()).toContainText('Open it by its https address');
});

test('without WebRTC a linking room says so before any link is handed out', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'RTCPeerConnection', { value: undefined }));
  await page.goto('/#/linking');
  await expect(page.getByRole('alert').first()).toContainText('WebRTC is missing');
});
