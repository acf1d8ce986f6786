import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { type Agreement, agreementSchema } from '../src/agreement/agreement.ts';
import { tableName } from '../src/agreement/tables.ts';
import { runInBrowsers } from '../src/tools/scripted-run.ts';
import { violations } from './support/accessibility.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { plaintextTable } from './support/oracle.ts';
import { agreeBoth } from './support/side.ts';
import { expect, test } from './support/test.ts';

test('several tables over one linkage, each whole or sealed, by groups of both sides: one run, one entry of the ledger', async ({
  owner,
  researcher,
  baseURL,
}) => {
  test.setTimeout(480_000);
  await owner.enter();
  await owner.loadFile(DATA);
  await owner.next('Columns');
  await owner.setUses({ ...USES, region: 'Group by' });
  await owner.page.getByLabel('Ranges of age').fill('0, 45, 100');
  await owner.button('Make several tables').click();
  // By columns: ethnicity, region, age.
  await owner.page.getByLabel('Groups of table 1').selectOption('Everybody together');
  await owner.button('Add a table').click();
  await owner.page.getByLabel('Groups of table 4').selectOption('ethnicity');
  await owner.page.getByRole('group', { name: 'Averages of table 2' }).getByLabel('income').uncheck();
  await expect(owner.page.getByText('Tables that can differ by few people')).toBeVisible();
  expect(await violations(owner.page, 'several tables')).toEqual([]);
  await owner.next('Rules');
  await owner.setRules(RULES);
  const ownersStudy = await owner.download('Save study');
  await owner.next('Connect');
  const link = await owner.createRoom();
  await researcher.page.goto(link);
  await researcher.prepare(LIST, { person_id: 'Ignore' });
  for (const { page } of [owner, researcher]) {
    await expect(page.getByText('Table 2: region, with “age”.')).toBeVisible();
  }
  await agreeBoth(owner, researcher);
  await expect(researcher.page.getByRole('table', { name: 'Result, Table 1: everybody' })).toBeVisible({
    timeout: 180_000,
  });
  await researcher.button('Analyse the table').click();
  await researcher.page.getByLabel('Table', { exact: true }).selectOption('Table 3: age');
  await researcher.page.getByLabel('Analysis', { exact: true }).selectOption('Histogram, median and quartiles');
  await expect(researcher.page.getByText('Only the 2 ranges are known').first()).toBeVisible();
  expect(await violations(researcher.page, 'several opened tables')).toEqual([]);

  const csv = await researcher.download('Download CSV');
  const { agreement: read, rows } = JSON.parse(await researcher.download('Download JSON'));
  const agreement = agreementSchema.parse(read);
  const { terms } = agreement;
  expect(terms.tables?.map((plan) => tableName(terms, plan))).toEqual(['everybody', 'region', 'age', 'ethnicity']);
  const lines = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
  expect(lines.length).toBe(rows.length);
  await expectPlainTables(lines, agreement);
  const [total, byAge] = ['1', '3'].map((table) =>
    lines.filter((line) => line.table === table).reduce((sum, { count }) => sum + Number(count), 0),
  );
  expect(byAge).toBe(total);
  const researchersStudy = await researcher.download('Save study');
  await owner.finished();
  await expect(owner.page.getByText(/in 4 tables \(everybody; region; age; ethnicity\)/)).toBeVisible();

  // The next run takes the study files of both sides, and nobody.
  const folder = mkdtempSync(join(tmpdir(), 'study-'));
  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const again = await runInBrowsers(baseURL ?? '', {
    list: save('people.csv', LIST),
    data: save('data.csv', DATA),
    studies: { owner: save('owner.json', ownersStudy), researcher: save('researcher.json', researchersStudy) },
    match: new Map(),
    group: [],
    average: [],
    minimum: 10,
    bands: 16,
    agree: 2,
    statistics: ['count', 'mean'],
  });
  // Its bands are others, so that a match may come or go.
  const nextLines = Papa.parse<Record<string, string>>(again.csv, { header: true, skipEmptyLines: true }).data;
  const places = (of: readonly Record<string, string>[]) => of.map(({ table, group }) => ({ table, group }));
  expect(places(nextLines)).toEqual(places(lines));
  expect(again.result.agreement.terms.tables).toEqual(terms.tables);
});

/** Against the plaintext, table by table; who lacks a column of any counts in none. Tables of ranges are left out. */
async function expectPlainTables(lines: readonly Record<string, string>[], agreement: Agreement): Promise<void> {
  const { terms } = agreement;
  for (const [table, plan] of (terms.tables ?? []).entries()) {
    const own = lines.filter((line) => line.table === String(table + 1));
    const alone = { ...terms, groups: plan.groups.flatMap((i) => terms.groups[i] ?? []), tables: undefined };
    if (alone.groups.some(({ edges }) => edges)) continue;
    const plain = await plaintextTable(LIST, DATA, { ...agreement, terms: alone });
    const counts = own.map(({ group = '' }) => plain.groups.get(group)?.count ?? plain.groups.get('(all)')?.count ?? 0);
    const small = counts.some((count) => count > 0 && count < 10);
    expect(own.map(({ count }) => count)).toEqual(counts.map((count) => (small ? 'sealed' : String(count))));
  }
}
