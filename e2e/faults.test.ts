import { breakConnectionAt, connectionsMade, keepAll, killWorker } from './support/connections.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { plaintextTable } from './support/oracle.ts';
import { expectPlaintext, finish } from './support/result.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

const OPTIONS = { data: DATA, list: LIST, uses: { ...USES, income: 'Ignore' }, rules: { ...RULES, bands: 24 } };

async function linkageOver(side: Side, percent: number): Promise<void> {
  const progress = side.page.getByRole('progressbar', { name: 'Linkage' });
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(percent);
}

async function expectRightTable(owner: Side, researcher: Side): Promise<void> {
  const { csv, agreement } = await finish(owner, researcher);
  expectPlaintext(csv, agreement, await plaintextTable(LIST, DATA, agreement));
}

for (const [bar, percent, by] of [
  ['Linkage', 10, 'researcher'],
  ['Table', 0, 'researcher'],
  ['Table', 0, 'owner'],
] as const) {
  test(`a connection that the ${by} loses at ${bar} is mended, and the table is the same`, async ({
    owner,
    researcher,
  }) => {
    const { page } = by === 'owner' ? owner : researcher;
    await breakConnectionAt(page, bar, percent);
    await meet(owner, researcher, OPTIONS);
    await agreeBoth(owner, researcher);
    await expectRightTable(owner, researcher);
    expect(await connectionsMade(page)).toBeGreaterThan(1);
  });
}

test('a worker of the researcher that dies ends the run, and both are told why', async ({ owner, researcher }) => {
  await keepAll(researcher.page);
  await meet(owner, researcher, OPTIONS);
  await agreeBoth(owner, researcher);
  await linkageOver(researcher, 0);
  await killWorker(researcher.page, 'seal');
  await expect(researcher.alert).toContainText('a worker stopped: the browser ended it');
  await expect(researcher.alert).toContainText('Nothing was released');
  await expect(owner.alert).toContainText('The researcher’s browser ended the run');
  await expect(owner.alert).toContainText('a worker stopped');
});
