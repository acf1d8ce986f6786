import type { Page } from '@playwright/test';
import { violations } from './support/accessibility.ts';
import { expect, test } from './support/test.ts';

test('sample mode gives a table within 90 seconds and asks nobody else for anything; axe finds nothing on it', async ({
  page,
  watch,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page.getByRole('table', { name: 'Result' })).toBeVisible({ timeout: 90_000 });
  expect(watch.addresses.some((address) => address.startsWith('ws'))).toBe(true);
  expect(watch.foreign()).toEqual([]);
  expect(watch.complaints).toEqual([]);
  const table = page.getByRole('table', { name: 'Result' });
  await expect(table.getByText('fewer than 10').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Finished' })).toBeVisible();
  expect(await violations(page, 'sample')).toEqual([]);
  await expectTooltipInside(page);
});

/** A chart's tooltip that was shown keeps its place, unseen, when the window narrows; the page does not scroll sideways for that. */
async function expectTooltipInside(page: Page): Promise<void> {
  const chart = page.locator('figure svg').first();
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const share of [0.8, 0.83, 0.85]) await page.mouse.move(x + share * width, y + 0.4 * height);
  const tooltip = page.locator('.recharts-tooltip-wrapper').getByText('Mean of age');
  await expect(tooltip).toBeVisible();
  await page.mouse.move(x - 5, y);
  await expect(tooltip).toBeHidden();
  await page.setViewportSize({ width: 360, height: 900 });
  await expect.poll(async () => (await chart.boundingBox())?.width).toBeLessThan(360);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
}
