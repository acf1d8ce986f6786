import { violations } from './support/accessibility.ts';
import { expect, test } from './support/test.ts';
import { download, generate, section, textFile } from './support/workbench.ts';

const FIRST_VERSION = {
  version: 1,
  clkConfig: { l: 1024, k: 20, hash: { type: 'doubleHash' }, kdf: { type: 'HKDF' } },
  features: [
    { identifier: 'name', format: { type: 'string', encoding: 'utf-8' }, hashing: { ngram: 2, weight: 1 } },
    { identifier: 'age', format: { type: 'integer', minimum: 0, maximum: 120 }, hashing: { ngram: 1, weight: 0.5 } },
  ],
};

test('generated people are encoded, and the file of their CLKs can be read again', { tag: '@firefox' }, async ({
  page,
  watch,
}) => {
  await page.goto('/#/workbench');
  await generate(page, 400);
  const panel = await section(page, 'Encode');
  await panel.getByLabel('Secret', { exact: true }).fill('between us');
  await panel.getByRole('button', { name: 'Encode' }).click();
  await expect(panel.getByRole('status').filter({ hasText: '400 CLKs of 1024 bits' })).toBeVisible();
  await expect(panel.getByText('of the bits are set: healthy')).toBeVisible();
  await expect(panel.getByRole('table', { name: 'CLKs by bits set' })).toBeVisible();
  const text = await download(page, panel, 'Download CLKs');
  expect(Object.keys(JSON.parse(text))).toEqual(['clks']);
  await panel.getByLabel('Blocking schema', { exact: true }).fill(
    JSON.stringify({
      type: 'lambda-fold',
      version: 1,
      config: {
        'blocking-features': [],
        Lambda: 3,
        'bf-len': 1024,
        'num-hash-funcs': 1,
        K: 10,
        'input-clks': true,
        random_state: 0,
      },
    }),
  );
  await panel.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(panel.getByRole('table', { name: 'Blocks' })).toBeVisible();
  expect(await violations(page, 'workbench')).toEqual([]);
  const blocked = await download(page, panel, 'Download CLKs with blocks');
  await panel.getByLabel('CLK file').setInputFiles(textFile('clknblocks.json', blocked));
  await expect(panel.getByText(/The file holds [\d,]+ blocks; 0 rows are in none/)).toBeVisible();
  expect(watch.foreign()).toEqual([]);
  expect(watch.complaints).toEqual([]);
});

test('a blocking is assessed where tables say who is who', async ({ page }) => {
  await page.goto('/#/workbench');
  const panel = await section(page, 'Blocks');
  await panel.getByLabel('Blocking schema to assess', { exact: true }).fill(
    JSON.stringify({
      type: 'p-sig',
      version: 1,
      config: {
        'blocking-features': ['name'],
        filter: { type: 'count', max: 10, min: 0 },
        'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 4, 'bf-len': 2048 },
        signatureSpecs: [[{ type: 'feature-value', feature: 'name' }]],
      },
    }),
  );
  const tables = ['id,name\n1,ann\n2,bo\n3,cy\n', 'id,name\n1,ann\n2,bob\n4,cy\n'];
  for (const [i, table] of tables.entries()) {
    await panel.getByLabel(`Table of party ${i + 1}`).setInputFiles(textFile(`${i}.csv`, table));
  }
  await panel.getByRole('button', { name: 'Assess', exact: true }).click();
  const figures = panel.getByRole('table', { name: 'Assessment' });
  await expect(figures.getByRole('row', { name: /^Reduction ratio 77\.78 % \(0\.7777777777777778\)/ })).toBeVisible();
  await expect(figures.getByRole('row', { name: /^Pair completeness 50\.00 % \(0\.5\)/ })).toBeVisible();
  expect(await violations(page, 'assessment')).toEqual([]);
});

test('a schema is checked as it is typed, converted and compared', async ({ page }) => {
  await page.goto('/#/workbench');
  const panel = await section(page, 'Schema');
  const editor = panel.getByRole('textbox', { name: 'Linkage schema' });
  await editor.fill('{"version": 3}');
  await expect(panel.getByRole('alert')).toContainText('clkConfig');
  await panel.getByLabel('Schema file').setInputFiles(textFile('old.json', JSON.stringify(FIRST_VERSION)));
  await expect(panel.getByText('Version 1', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Convert to version 3' }).click();
  await expect(panel.getByText('Version 3', { exact: true })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Convert to version 3' })).toBeDisabled();
  await panel.getByLabel('Schema to compare with').setInputFiles(textFile('old.json', JSON.stringify(FIRST_VERSION)));
  await expect(panel.getByText('The CLKs are the same')).toBeVisible();
  await editor.fill((await editor.inputValue()).replace('"bitsPerToken": 20', '"bitsPerToken": 25'));
  await expect(panel.getByText('"name": bitsPerToken is 25 in the first schema, 20 in the second.')).toBeVisible();
  const csv = 'id,surname,birth date\n1,Ash,1990-01-02\n2,Birch,1980-03-04\n3,Cole,1970-05-06\n';
  await panel.getByLabel('Default schema for a CSV file').setInputFiles(textFile('people.csv', csv));
  await expect(panel.getByText('The schema is valid: 3 features')).toBeVisible();
  expect(await violations(page, 'workbench')).toEqual([]);
});

test('problems of the data are listed with row, column, value and what to do', { tag: '@firefox' }, async ({
  page,
}) => {
  await page.goto('/#/workbench');
  const schema = await section(page, 'Schema');
  await schema.getByLabel('Schema file').setInputFiles(textFile('old.json', JSON.stringify(FIRST_VERSION)));
  const panel = await section(page, 'Encode');
  await panel.getByLabel('CSV file').setInputFiles(textFile('people.csv', 'age,name\n34,Ann\nold,Bo\n7\n'));
  await panel.getByLabel('Secret', { exact: true }).fill('between us');
  await panel.getByRole('button', { name: 'Encode' }).click();
  const problems = panel.getByRole('table', { name: 'Problems' });
  await expect(problems.getByRole('row', { name: /2 age old/ })).toBeVisible();
  await expect(problems.getByRole('row', { name: /3 .*It has 1 value; 2 are expected/ })).toBeVisible();
  await expect(panel.getByRole('alert')).toContainText('Nothing was encoded');
  expect(await violations(page, 'workbench')).toEqual([]);
});
