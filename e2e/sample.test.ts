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
});
