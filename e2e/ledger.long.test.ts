import Papa from 'papaparse';
import { agreementSchema } from '../src/agreement/agreement.ts';
import { readChain } from '../src/ledger/entry.ts';
import { planNoise } from '../src/tally/noise-plan.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { plaintextTable } from './support/oracle.ts';
import { agreeBoth, meet } from './support/side.ts';
import { expect, test } from './support/test.ts';

const OPTIONS = {
  data: DATA,
  list: LIST,
  uses: { ...USES, income: 'Ignore' },
  rules: { ...RULES, epsilon: 2, limit: { runs: 1, days: 30 } },
};

test('a run with noise goes into the ledger, and the limit refuses the next one on both sides', async ({
  owner,
  researcher,
}) => {
  await meet(owner, researcher, OPTIONS);
  for (const { page } of [owner, researcher])
    await expect(page.getByText(/epsilon 2 for each matched row/)).toBeVisible();
  await expect(
    owner.page.getByText('0 runs with this file in the last 30 days. Your limit: 1 run in 30 days.'),
  ).toBeVisible();
  await expect(researcher.page.getByText(/ledger of this file/)).toHaveCount(0);
  await agreeBoth(owner, researcher);
  await researcher.result();
  await expect(researcher.page.getByText('These figures carry noise')).toBeVisible();
  const csv = await researcher.download('Download CSV');
  const agreement = agreementSchema.parse(JSON.parse(await researcher.download('Download JSON')).agreement);
  const plain = await plaintextTable(LIST, DATA, agreement);
  const tail = Number(planNoise(agreement)?.count.tail);
  for (const line of Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data) {
    const truth = plain.groups.get(line.group ?? '')?.count ?? Number.NaN;
    expect(line.epsilon).toBe('2');
    if (truth < 10) expect(line.count).toBe('<10');
    else expect(Math.abs(Number(line.count) - truth)).toBeLessThanOrEqual(tail);
  }

  await owner.finished();
  await expect(
    owner.page.getByText(/Entry 2, .*noise with epsilon 2; finished\. Its hash is [0-9a-f]{64}/),
  ).toBeVisible();
  const chain = readChain(JSON.parse(await owner.download('Download ledger')).entries);
  expect(chain).toMatchObject({
    entries: [{ kind: 'limit' }, { kind: 'run' }, { kind: 'outcome', ending: 'finished' }],
  });

  // The owner's page is opened anew, and its ledger is still there; the researcher's page has its list still.
  await meet(owner, researcher, { ...OPTIONS, rules: { ...RULES, minimum: 11 }, again: true });
  await expect(
    owner.page.getByText('1 run with this file in the last 30 days. Your limit: 1 run in 30 days.'),
  ).toBeVisible();
  const comparable = owner.page.getByRole('note').filter({ hasText: 'can be compared with earlier ones' });
  await expect(comparable).toContainText('minimum group size and noise or rounding');
  await researcher.agree();
  await owner.agree();
  await expect(owner.alert).toContainText('Your limit for this file is reached');
  await expect(owner.alert).toContainText('You allow 1 run in 30 days');
  await expect(researcher.alert).toContainText('The data owner’s limit is reached');
  await expect(researcher.alert).toContainText('Nothing was released');
  await expect(researcher.page.getByRole('table', { name: 'Result' })).toHaveCount(0);
});

test('a ledger that was changed from outside is said to be, and stops runs until a new one is begun', async ({
  owner,
}) => {
  const toRules = async () => {
    await owner.enter();
    await owner.loadFile(DATA);
    await owner.next('Columns');
    await owner.setUses(USES);
    await owner.next('Rules');
  };
  await toRules();
  await owner.setRules({ limit: { runs: 3, days: 7 } });
  await owner.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('blindjoin-ledger');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('entries', 'readwrite');
          const cursor = transaction.objectStore('entries').openCursor();
          cursor.onsuccess = () => cursor.result?.update({ ...cursor.result.value, limit: { runs: 900, days: 1 } });
          transaction.oncomplete = () => resolve();
        };
      }),
  );
  await toRules();
  await expect(owner.alert).toContainText('The ledger was changed from outside');
  await expect(owner.alert).toContainText('Entry 1 was changed after it was written');
  await owner.button('Start a new ledger').click();
  await expect(owner.page.getByText('No run has been made with this file. You have set no limit.')).toBeVisible();
});
