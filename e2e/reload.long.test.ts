import type { Page } from '@playwright/test';
import { sayingYes } from './support/browsers.ts';
import { DATA, LIST, LONGER_RULES, RULES, USES } from './support/files.ts';
import { holdAt, letGo, type Step, untilHeld } from './support/hold.ts';
import { plaintextTable } from './support/oracle.ts';
import { expectPlaintext, finish } from './support/result.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

/** A reloaded page reads its file and makes its tables of the encryption anew. */
test.setTimeout(240_000);

const LONGER = { data: DATA, list: LIST, uses: USES, rules: LONGER_RULES };

test('both pages are reloaded in the middle of the linkage and of the table, which is the same', {
  tag: '@firefox',
}, async ({ owner, researcher }) => {
  await meet(owner, researcher, LONGER);
  await holdAt(researcher.page, 'send bundle-query', 3);
  await agreeBoth(owner, researcher);
  const reloads: [Side, Step][] = [
    [owner, 'send bundle-answer'],
    [researcher, 'send tally-bits'],
    [owner, 'send tally-sum'],
    [researcher, 'receive tally-gate'],
    [owner, 'send tally-release'],
  ];
  let held = researcher;
  for (const [next, step] of reloads) {
    await untilHeld(held.page);
    await holdAt(next.page, step, step === 'send bundle-answer' ? 2 : 1);
    await reload(held);
    held = next;
  }
  await untilHeld(held.page);
  await reload(held);
  await expectSameTable(owner, researcher);
});

test('a reload before the run keeps the room, the file and the choices, and the other side sees it', {
  tag: '@firefox',
}, async ({ owner, researcher }) => {
  await owner.enter();
  await owner.prepare(DATA, USES, RULES);
  const link = await owner.createRoom();
  await written(owner);
  await owner.page.reload();
  await expect(owner.page.getByRole('textbox', { name: 'Room link' })).toHaveValue(link);
  await expect(owner.page.getByText('Waiting for the researcher to open the link')).toBeVisible();

  // Who has opened the link and met the other page is no stranger there after a reload.
  await researcher.page.goto(link);
  for (const { page } of [owner, researcher]) await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await written(researcher);
  await researcher.page.reload();
  await researcher.prepare(LIST, { person_id: 'Ignore' });
  const words = await owner.codeWords();
  await researcher.page.getByRole('checkbox', { name: 'Show me the matches before the table' }).check();
  await expect(owner.button('Agree and start')).toBeVisible();
  await researcher.agree();
  await expect(owner.page.getByText('The researcher has agreed.')).toBeVisible();

  for (const [side, other] of [
    [researcher, owner],
    [owner, researcher],
  ] as const) {
    await written(side);
    await side.page.reload();
    // What was agreed before is void.
    await expect(other.page.getByText('has agreed.')).toHaveCount(0);
    for (const each of [side, other]) {
      expect(await each.codeWords()).toEqual(words);
      await expect(each.button('Agree and start')).toBeVisible();
    }
  }
  await expect(researcher.page.getByRole('checkbox', { name: 'Show me the matches before the table' })).toBeChecked();
  await agreeBoth(owner, researcher);
  await owner.button('Cancel').click();
  for (const { watch } of [owner, researcher]) expect(watch.complaints).toEqual([]);
});

/** All that the person has said is kept. */
const written = ({ page }: Side) => expect(page.locator('[data-kept="true"]')).toBeAttached();

test('storage that fills up in the middle of a run does not end it, and the page says what a reload would do', async ({
  owner,
  researcher,
}) => {
  // Room for a part of what a run of these files keeps: twice as much, and nothing is moved.
  await limitStorage(owner.page, 5_000_000);
  await limitStorage(researcher.page, 1_500_000);
  await meet(owner, researcher, { ...LONGER, rules: RULES });
  await holdAt(owner.page, 'send bundle-answer');
  await agreeBoth(owner, researcher);
  await untilHeld(owner.page);
  expect(await owner.page.evaluate(recordsKept)).not.toContain(0);
  await holdAt(owner.page, 'send tally-release');
  await letGo(owner.page);
  await untilHeld(owner.page);
  for (const { page } of [owner, researcher]) {
    await expect(page.getByRole('note').filter({ hasText: 'Do not reload this page' })).toBeVisible();
    expect(await page.evaluate(recordsKept)).toEqual([0, 0, 0]);
  }
  await letGo(owner.page);
  await expectSameTable(owner, researcher);
});

/** How many bytes pages of this origin may store, in this browser. Only a Chromium can be told. */
async function limitStorage(page: Page, quotaSize: number): Promise<void> {
  await page.goto('/');
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize });
}

/** By the person, who says yes to the question whether to leave. */
async function reload({ page }: Side): Promise<void> {
  await sayingYes(page, () => page.reload());
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
