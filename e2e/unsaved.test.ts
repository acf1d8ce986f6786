import { DATA, LIST, RULES, USES } from './support/files.ts';
import { agreeBoth, meet } from './support/side.ts';
import { expect, test } from './support/test.ts';

test('a result that was not downloaded is not left without a question; the title and the focus follow the run', async ({
  owner,
  researcher,
}) => {
  const { page } = researcher;
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.message());
    await dialog.dismiss();
  });
  await meet(owner, researcher, { data: DATA, list: LIST, uses: USES, rules: RULES });
  await expect(page).toHaveTitle('Step 4 of 5: Connect – Blindjoin');
  await expect(page.getByRole('table', { name: 'Rows without a value' })).toBeVisible();
  await agreeBoth(owner, researcher);
  await researcher.result();
  await owner.finished();
  await expect(page).toHaveTitle('Finished – Blindjoin');
  await expect(page.getByRole('heading', { name: 'Run and result' })).toBeFocused();
  const home = page.getByRole('link', { name: 'Blindjoin' });
  await home.click();
  await expect(page.getByRole('table', { name: 'Result' })).toBeVisible();
  expect(asked).toEqual([expect.stringContaining('has not been downloaded')]);
  await researcher.download('Download CSV');
  await home.click();
  await expect(page.getByRole('link', { name: 'I have a list' })).toBeVisible();
  await expect(page).toHaveTitle('Blindjoin');
});
