import { violations } from './support/accessibility.ts';
import { openContext } from './support/browsers.ts';
import { expect, test } from './support/test.ts';

test('axe finds nothing on any analysis of the sample, narrow and wide, dark and light', async ({ page }) => {
  test.setTimeout(900_000);
  await page.goto('/#/sample');
  await page.getByRole('button', { name: 'Analyse the table' }).click({ timeout: 90_000 });
  const choice = page.getByLabel('Analysis', { exact: true });
  const kinds = await choice
    .locator('option')
    .evaluateAll((options) => options.map((o) => o.getAttribute('value') ?? ''));
  for (const kind of kinds) {
    await choice.selectOption(kind);
    await expect(page.getByRole('table', { name: /^Figures of the analysis/ }).first()).toBeVisible();
    expect(await violations(page, `analysis ${kind}`)).toEqual([]);
  }
});

test('numbers are written as the browser’s language writes them', async ({ browser, address }) => {
  for (const [locale, rows] of [
    ['de-DE', '1.200 Zeilen'],
    ['da-DK', '1.200 rows'],
    ['en-IN', '1,200 rows'],
  ] as const) {
    const context = await openContext(browser, { baseURL: address, locale });
    const page = await context.newPage();
    await page.goto('/#/sample');
    await expect(page.getByText(rows).first()).toBeVisible();
    await context.close();
  }
});
