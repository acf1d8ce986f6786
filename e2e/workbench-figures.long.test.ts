import { violations } from './support/accessibility.ts';
import { expect, test } from './support/test.ts';
import { download, generate, section, textFile } from './support/workbench.ts';

test('the quality of a linkage is measured, down to the fields of a pair', async ({ page, watch }) => {
  test.setTimeout(180_000);
  await page.goto('/#/workbench');
  await generate(page, 1000);
  const panel = await section(page, 'Quality');
  await expect(panel.getByLabel('Pattern of the person')).toHaveValue(String.raw`\d+`);
  await panel.getByLabel('Secret', { exact: true }).fill('between us');
  await panel.getByRole('button', { name: 'Measure quality' }).click();
  await expect(panel.getByRole('table', { name: 'Quality by threshold' })).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByText(/500 people are in both files/)).toContainText('F1 0.9');
  await expect(panel.getByRole('table', { name: 'Pairs by similarity' })).toBeVisible();
  await panel
    .getByRole('table', { name: 'False negatives' })
    .getByRole('button', { name: /Show the fields/ })
    .first()
    .click();
  await expect(panel.getByRole('table', { name: 'Fields of the pair' }).getByRole('row')).toHaveCount(9);
  expect(await violations(page, 'workbench')).toEqual([]);
  expect(await download(page, panel, 'Download results as CSV')).toMatch(
    /^threshold,found,correct,precision,recall,f1/,
  );
  const groups = await download(page, panel, 'Download groups');
  await panel.getByLabel('Result file').setInputFiles(textFile('groups.json', groups));
  await expect(panel.getByRole('table', { name: 'Quality of the result file' })).toBeVisible();
  expect(watch.complaints).toEqual([]);
});

test('the benchmark says what this computer can do, and can be cancelled', async ({ page }) => {
  await page.goto('/#/workbench');
  const panel = await section(page, 'Benchmark');
  await panel.getByRole('button', { name: 'Run benchmark' }).click();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByRole('status')).toHaveText('Cancelled.');
  await panel.getByRole('button', { name: 'Run benchmark' }).click();
  await expect(panel.getByRole('table', { name: 'Speed' })).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByText(/this computer encodes a file of 100,000 rows in/)).toBeVisible();
});
