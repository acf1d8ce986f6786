import { DATA, LIST, LONGER_RULES, USES } from './support/files.ts';
import { plaintextTable } from './support/oracle.ts';
import { expectPlaintext, finish } from './support/result.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

/** A reloaded page reads its file and makes its tables of the encryption anew. */
const BACK_WITHIN = 60_000;
const TABLE_WITHIN = 120_000;
test.setTimeout(240_000);

const LONGER = { data: DATA, list: LIST, uses: USES, rules: LONGER_RULES };

test('both pages are reloaded in the middle of the linkage and of the table, which is the same', async ({
  owner,
  researcher,
}) => {
  await meet(owner, researcher, LONGER);
  await agreeBoth(owner, researcher);
  for (const [i, side] of [researcher, owner].entries()) {
    const progress = side.page.getByRole('progressbar', { name: 'Linkage' });
    const percent = async () => Number(await progress.getAttribute('aria-valuenow'));
    await expect.poll(percent, { intervals: [50], timeout: BACK_WITHIN }).toBeGreaterThan(10 + 30 * i);
    await reload(side);
  }
  const loads = [researcher, owner].map((side) => side.page.waitForEvent('load', { timeout: TABLE_WITHIN }));
  for (const side of [researcher, owner]) await reloadAtTable(side);
  await Promise.all(loads);
  await expectSameTable(owner, researcher);
});

/** By the person, who says yes to the question whether to leave. */
async function reload({ page }: Side): Promise<void> {
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked++;
    void dialog.accept();
  });
  await page.reload();
  expect(asked).toBe(1);
}

/** By the page itself, as soon as the table has begun. */
async function reloadAtTable({ page }: Side): Promise<void> {
  await page.evaluate(() => {
    const atTable = () => {
      const bar = document.querySelector('[role=progressbar][aria-label=Table]');
      if (Number(bar?.getAttribute('aria-valuenow')) > 0) location.reload();
      else requestAnimationFrame(atTable);
    };
    atTable();
  });
}

/** To the end, with the table of the plaintext, and nothing of the run is left in either browser. */
async function expectSameTable(owner: Side, researcher: Side): Promise<void> {
  const { csv, agreement, file } = await finish(owner, researcher);
  const plain = await plaintextTable(LIST, DATA, agreement);
  expect(file.matches).toBe(plain.matches);
  expectPlaintext(csv, agreement, plain);
  for (const { page, watch } of [owner, researcher]) {
    await expect.poll(() => page.evaluate(recordsKept)).toEqual([0, 0, 0]);
    expect(watch.complaints).toEqual([]);
  }
}

/** How many runs, records and notes of the tab there are. */
async function recordsKept(): Promise<number[]> {
  const opened = indexedDB.open('blindjoin-runs');
  await new Promise((resolve) => {
    opened.onsuccess = resolve;
  });
  const counts = ['runs', 'records'].map(
    (store) =>
      new Promise<number>((resolve) => {
        const counted = opened.result.transaction(store).objectStore(store).count();
        counted.onsuccess = () => resolve(counted.result);
      }),
  );
  return [...(await Promise.all(counts)), sessionStorage.length];
}
