import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/test.ts';

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
