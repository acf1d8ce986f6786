import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

test('every worker is a script of its own, built as the rest is', async () => {
  const folder = 'dist/assets';
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  for (const name of ['block', 'clk', 'data', 'quality', 'run', 'seal', 'workbench']) {
    expect(
      scripts.some((script) => script.startsWith(`${name}.worker-`)),
      name,
    ).toBe(true);
  }
  // Where the build does not see that a script is a worker's, it takes the source for a file like any other.
  for (const script of scripts) expect(await readFile(join(folder, script), 'utf8')).not.toContain('data:video/mp2t');
});
