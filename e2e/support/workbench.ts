/** What the tests of the workbench do in its sections. */
import type { Locator, Page } from '@playwright/test';
import { savedFile } from './browsers.ts';

export const textFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** Opens a section by its tab. */
export async function section(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name, exact: true }).click();
  return page.getByRole('tabpanel', { name, exact: true });
}

/** What the file says that a button of a section saves. */
export async function download(page: Page, within: Locator, button: string): Promise<string> {
  const { content } = await savedFile(page, () => within.getByRole('button', { name: button, exact: true }).click());
  return content.toString();
}

/** Generates two files, half of their people in both, and takes them as the workbench's own. */
export async function generate(page: Page, rows: number): Promise<void> {
  const panel = await section(page, 'Generate');
  await panel.getByLabel('Rows of the first file').fill(String(rows));
  await panel.getByLabel('Rows of the second file').fill(String(rows));
  await panel.getByLabel('People in both').fill(String(rows / 2));
  await panel.getByRole('button', { name: 'Generate people' }).click();
  await panel.getByRole('button', { name: 'Use them in the workbench' }).click();
}
