import type { Page } from '@playwright/test';
import { DATA, LIST, USES } from './support/files.ts';
import { german, leftEnglish } from './support/german.ts';
import { expect, test } from './support/test.ts';

const button = (page: Page, english: string) => page.getByRole('button', { name: german(english), exact: true });

/** Chooses the file, and goes on to the Columns step. */
async function chooseFile(page: Page, csv: string): Promise<void> {
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.getByLabel(german('CSV file')).setInputFiles(file);
  await expect(page.getByRole('table', { name: german('Preview') })).toBeVisible();
}

async function next(page: Page, heading: string): Promise<void> {
  await button(page, 'Next').press('Enter');
  await expect(page.getByRole('heading', { name: german(heading), exact: true })).toBeVisible();
}

async function setUses(page: Page, uses: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, use] of Object.entries(uses)) {
    await page
      .getByRole('combobox', { name: german('Use of {{name}}', { name }), exact: true })
      .selectOption(german(use));
  }
}

/** What the sample's two people wrote, and labels of its data. */
const OF_THE_SAMPLE = [
  'To see whether people who were trained fall less often than those with usual care.',
  'A register of accidents (made up)',
  '65 and over',
];

/** Longest that a busy machine takes for a run. */
const WITHIN = { timeout: 120_000 };
test.setTimeout(300_000);
test.use({ locale: 'de-DE' });

test('the pages are German, and so is the sample’s table, until English is chosen', async ({ page }) => {
  const left: string[] = [];
  for (const path of ['/', '/#/help', '/#/linking', '/#/service', '/#/workbench']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    left.push(...(await leftEnglish(page, path)));
  }
  await page.goto('/');
  await button(page, 'Try with sample data').click();
  await expect(page.getByRole('table', { name: german('Result') })).toBeVisible(WITHIN);
  await expect(page.getByRole('heading', { name: german('Finished') })).toBeVisible();
  left.push(...(await leftEnglish(page, 'the sample', OF_THE_SAMPLE)));
  await button(page, 'Analyse the table').click();
  await expect(page.getByLabel(german('Analysis'), { exact: true })).toBeVisible();
  left.push(...(await leftEnglish(page, 'an analysis', OF_THE_SAMPLE)));
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Finished' })).toBeVisible();
  expect(left).toEqual([]);
});

test('a run between two people who read German', async ({ owner, researcher }) => {
  const left: string[] = [];
  const look = async (page: Page, where: string) => void left.push(...(await leftEnglish(page, where)));
  await owner.page.goto('/#/owner');
  await chooseFile(owner.page, DATA);
  await look(owner.page, 'owner, Data');
  await next(owner.page, 'Columns');
  await setUses(owner.page, USES);
  await look(owner.page, 'owner, Columns');
  await next(owner.page, 'Rules');
  await look(owner.page, 'owner, Rules');
  await next(owner.page, 'Connect');
  await button(owner.page, 'Create room').click();
  await look(owner.page, 'owner, Connect');
  await researcher.page.goto(await owner.page.getByRole('textbox', { name: german('Room link') }).inputValue());
  await chooseFile(researcher.page, LIST);
  await look(researcher.page, 'researcher, Data');
  await next(researcher.page, 'Columns');
  await setUses(researcher.page, { person_id: 'Ignore' });
  await look(researcher.page, 'researcher, Columns');
  await next(researcher.page, 'Rules');
  await look(researcher.page, 'researcher, Rules');
  await next(researcher.page, 'Connect');
  for (const { page, role } of [researcher, owner]) {
    await expect(button(page, 'Agree and start')).toBeVisible();
    await look(page, `${role}, the agreement`);
  }
  for (const { page } of [researcher, owner]) await button(page, 'Agree and start').click();
  await expect(researcher.page.getByRole('table', { name: german('Result') })).toBeVisible(WITHIN);
  await expect(owner.page.getByRole('heading', { name: german('Finished') })).toBeVisible();
  for (const { page, role } of [researcher, owner]) await look(page, `${role}, the end`);
  expect(left).toEqual([]);
});
