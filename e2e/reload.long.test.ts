import { DATA, LIST, LONGER_RULES, USES } from './support/files.ts';
import { holdAt, type Step, untilHeld } from './support/hold.ts';
import { plaintextTable } from './support/oracle.ts';
import { expectPlaintext, finish } from './support/result.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

/** A reloaded page reads its file and makes its tables of the encryption anew. */
test.setTimeout(240_000);

const LONGER = { data: DATA, list: LIST, uses: USES, rules: LONGER_RULES };

test('both pages are reloaded in the middle of the linkage and of the table, which is the same', async ({
  owner,
  researcher,
}) => {
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

/** By the person, who says yes to the question whether to leave. */
async function reload({ page }: Side): Promise<void> {
  const asked = page.waitForEvent('dialog').then((dialog) => dialog.accept());
  await page.reload();
  await asked;
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
