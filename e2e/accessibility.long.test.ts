import type { FileChooser, Page } from '@playwright/test';
import { violations } from './support/accessibility.ts';
import { DATA, LIST, LONGER_RULES, RULES, USES } from './support/files.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

test('axe finds nothing on the pages outside of the wizard', async ({ page }) => {
  const found: string[] = [];
  for (const path of ['/', '/#/linking', '/#/service', '/#/workbench']) {
    await page.goto(path);
    found.push(...(await violations(page, path)));
  }
  expect(found).toEqual([]);
});

test('axe finds nothing on any step of the wizard, on either side', async ({ owner, researcher }) => {
  test.setTimeout(360_000);
  const found: string[] = [];
  const look = async (side: Side, where: string) => {
    found.push(...(await violations(side.page, `${side.role}, ${where}`)));
    await side.page.setViewportSize({ width: 1280, height: 900 });
  };
  await owner.enter();
  await look(owner, 'empty Data');
  await owner.button('Next').click();
  await expect(owner.page.getByLabel('CSV file')).toHaveAccessibleDescription(
    /Choose the CSV file with your rows first/,
  );
  await look(owner, 'Data with an alert');
  await owner.loadFile(DATA);
  await owner.checked();
  await look(owner, 'Data');
  await owner.next('Columns');
  await owner.setUses(USES);
  await look(owner, 'Columns');
  await owner.next('Rules');
  await owner.setRules(RULES);
  await look(owner, 'Rules');
  await owner.next('Connect');
  await look(owner, 'Connect without a room');
  await owner.createRoom();
  await look(owner, 'Connect with a link');
  const link = await owner.page.getByRole('textbox', { name: 'Room link' }).inputValue();
  await researcher.page.goto(link);
  await researcher.loadFile(LIST);
  await researcher.checked();
  await look(researcher, 'Data');
  await researcher.next('Columns');
  await researcher.setUses({ person_id: 'Ignore' });
  await look(researcher, 'Columns');
  await researcher.next('Rules');
  await look(researcher, 'Rules');
  await researcher.next('Connect');
  await expect(researcher.button('Agree and start')).toBeVisible();
  await expect(owner.button('Agree and start')).toBeVisible();
  await look(researcher, 'the agreement');
  await look(owner, 'the agreement');
  await agreeBoth(owner, researcher);
  await look(researcher, 'the run');
  await researcher.result();
  await owner.finished();
  await look(researcher, 'the result');
  await look(owner, 'Finished');
  expect(found).toEqual([]);
});

test('axe finds nothing on a run that was cancelled', async ({ owner, researcher }) => {
  await meet(owner, researcher, { data: DATA, list: LIST, uses: USES, rules: LONGER_RULES });
  await agreeBoth(owner, researcher);
  await owner.button('Cancel').click();
  await expect(researcher.alert).toBeVisible();
  expect(await violations(researcher.page, 'cancelled')).toEqual([]);
});

/** Presses Tab until the element with the focus has this accessible name; fails after a whole round. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const snapshot = (await focused.count()) === 0 ? '' : await focused.ariaSnapshot();
    if (snapshot.includes(`"${name}"`)) return;
    seen.push(snapshot);
  }
  throw new Error(`Tab never came to “${name}”, only to:\n${seen.join('\n')}`);
}

test('the keyboard alone leads from the home page into the wizard', async ({ page }) => {
  // Listening from the start: interception of choosers is switched on with the first listener, which takes a moment.
  const choosers: FileChooser[] = [];
  page.on('filechooser', (chooser) => choosers.push(chooser));
  await page.goto('/');
  await tabTo(page, 'I hold the data');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Data', exact: true })).toBeVisible();
  await tabTo(page, 'CSV file');
  await expect(page.getByLabel('CSV file')).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(() => choosers.length).toBe(1);
  await choosers[0]?.setFiles({ name: 'data.csv', mimeType: 'text/csv', buffer: Buffer.from(DATA) });
  await expect(page.getByText('data.csv: 300 rows')).toBeVisible();
  await tabTo(page, 'Next');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Columns', exact: true })).toBeFocused();
  await tabTo(page, 'Use of region');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('combobox', { name: 'Use of region' })).not.toHaveValue('ignore');
  await tabTo(page, 'Back');
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name: 'Data', exact: true })).toBeVisible();
});
