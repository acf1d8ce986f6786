import { violations } from './support/accessibility.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { agreeBoth, meet } from './support/side.ts';
import { expect, test } from './support/test.ts';

test('a result is kept, or not left without a question; Back moves between steps and loses nothing', async ({
  owner,
  researcher,
}) => {
  test.setTimeout(240_000);
  const { page } = researcher;
  const asked: string[] = [];
  let answer: 'accept' | 'dismiss' = 'dismiss';
  for (const side of [owner, researcher]) {
    side.page.on('dialog', async (dialog) => {
      asked.push(dialog.message());
      await dialog[answer]();
    });
  }
  // The researcher's browser keeps nothing of a run that is over.
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name: string, version?: number) {
      if (name === 'blindjoin-finished') throw new DOMException('refused', 'SecurityError');
      return open.call(this, name, version);
    };
  });
  await meet(owner, researcher, { data: DATA, list: LIST, uses: USES, rules: RULES });
  await expect(page).toHaveTitle('Step 4 of 5: Connect – Blindjoin');
  await expect(page.getByRole('table', { name: 'Rows without a value' })).toBeVisible();

  await owner.page.goBack();
  await expect(owner.page.getByRole('heading', { name: 'Rules', exact: true })).toBeFocused();
  await expect(owner.page.getByText('Connected', { exact: true })).toBeVisible();
  await owner.page.goBack();
  await expect(owner.page.getByRole('heading', { name: 'Columns', exact: true })).toBeVisible();
  await owner.page.goForward();
  await owner.page.goForward();
  await expect(owner.button('Agree and start')).toBeVisible();
  // To the start page and back: file, choices and room are still there.
  await page.getByRole('link', { name: 'Blindjoin' }).click();
  await expect(page.getByRole('link', { name: 'I have a list' })).toBeVisible();
  await page.goBack();
  await agreeBoth(owner, researcher);
  await owner.page.goBack();
  await researcher.result();
  await owner.finished();

  await expect(page).toHaveTitle('Finished – Blindjoin');
  await expect(page.getByRole('heading', { name: 'Run and result' })).toBeFocused();
  const home = page.getByRole('link', { name: 'Blindjoin' });
  await expect(page.getByText('This browser could not keep the result')).toBeVisible();
  await home.click();
  // The question comes with the event of the changed address, which may be after the click is over.
  await expect.poll(() => asked).toEqual([expect.stringContaining('has not been downloaded')]);
  await expect(page.getByRole('table', { name: 'Result' })).toBeVisible();
  await researcher.download('Download CSV');
  await home.click();
  await expect(page.getByRole('link', { name: 'I have a list' })).toBeVisible();
  await expect(page).toHaveTitle('Blindjoin');

  await expect(owner.page.getByText('Kept in this browser, encrypted')).toBeVisible();
  await owner.page.reload();
  const kept = owner.page.getByRole('heading', { name: 'age and income by ethnicity' });
  await expect(kept).toBeVisible();
  await expect(owner.page.getByRole('heading', { name: 'Finished' })).toBeVisible();
  expect(await violations(owner.page, 'a kept run')).toEqual([]);
  await owner.page.getByRole('link', { name: 'Your runs' }).click();
  const entry = owner.page.getByRole('link', { name: 'age and income by ethnicity' });
  await expect(entry).toBeVisible();
  expect(await violations(owner.page, 'the list of runs')).toEqual([]);
  await owner.page.goBack();
  await expect(kept).toBeVisible();
  answer = 'accept';
  await owner.button('Delete this run').click();
  await expect(owner.page.getByRole('link', { name: 'I hold the data' })).toBeVisible();
  await expect(entry).toHaveCount(0);
  await expect.poll(() => asked.slice(1)).toEqual([expect.stringContaining('Delete this run')]);
});
