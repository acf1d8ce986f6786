import { readFile } from 'node:fs/promises';
import { digestOf } from '../src/machine/build-digest.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { agreeBoth, meet } from './support/side.ts';
import { expect, test } from './support/test.ts';

const OPTIONS = { data: DATA, list: LIST, uses: { ...USES, income: 'Ignore' }, rules: RULES };
const OTHER = 'ab'.repeat(32);

test('both pages say which build they are, and that it is the same', async ({ owner, researcher }) => {
  const digest = digestOf('dist');
  expect(await readFile('dist/index.html', 'utf8')).toContain(digest);
  await meet(owner, researcher, OPTIONS);
  for (const { page } of [owner, researcher]) {
    await expect(page.getByText(`Both pages say that they run the same code: build ${digest}`)).toBeVisible();
  }
});

test('a page of another build is told to both people, and refused to nobody', async ({ owner, researcher }) => {
  await researcher.page.addInitScript((digest) => {
    addEventListener('DOMContentLoaded', () =>
      document.querySelector('meta[name="blindjoin-build"]')?.setAttribute('content', digest),
    );
  }, OTHER);
  await meet(owner, researcher, OPTIONS);
  for (const { page } of [owner, researcher]) {
    const notice = page.getByRole('note').filter({ hasText: 'The two pages are not the same' });
    await expect(notice).toContainText(OTHER);
    await expect(notice).toContainText(digestOf('dist'));
  }
  await agreeBoth(owner, researcher);
});
