import type { Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(({ owner }) => owner.enter());

/** Chooses a file that cannot be used; expects to be told, and to be kept on this step. */
async function expectRefused(owner: Side, content: string | Buffer, name: string, message: RegExp): Promise<void> {
  await owner.chooseFile(content, name);
  await expect(owner.alert).toContainText(`“${name}” could not be read`);
  await expect(owner.alert).toContainText(message);
  await owner.button('Next').click();
  await expect(owner.page.getByRole('heading', { name: 'Data', exact: true })).toBeVisible();
  await expect(owner.alert.last()).toContainText('Choose the CSV file with your rows first.');
}

test('files that hold no rows are refused with a reason', { tag: '@firefox' }, async ({ owner }) => {
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + 13) % 32));
  await expectRefused(owner, noise, 'noise.csv', /does not hold text/);
  await expectRefused(owner, Buffer.from('PK\u0003\u0004 and so on'), 'book.xlsx', /cannot be read as one/);
  await expectRefused(owner, '', 'empty.csv', /is empty/);
  await expectRefused(owner, 'name,ward,age\n', 'header.csv', /header|no row/i);
});

test('a right file after a wrong one is read', { tag: '@firefox' }, async ({ owner }) => {
  await owner.chooseFile('', 'empty.csv');
  await expect(owner.alert).toContainText('is empty');
  await owner.chooseFile('name,age\nAnn,3\nBob,4\n', 'right.csv');
  await expect(owner.page.getByText('right.csv: 2 rows, 2 columns')).toBeVisible();
  await expect(owner.alert).toHaveCount(0);
});

test('rows that are not in order are counted and named', async ({ owner }) => {
  await owner.chooseFile('name,date_of_birth,age\nAnn,1980-01-02,3\nBob\nCid,1981-99-99,5,6,7\nDee,1982-02-03,6\n');
  const notes = owner.page.getByRole('note', { name: 'to know' });
  await expect(notes).toContainText(/fewer fields than there are columns.*Row 2\./);
  await expect(notes).toContainText(/more fields than there are columns.*Row 3\./);
  await expect(notes).toContainText(/date.*Row/);
  await expect(owner.page.getByRole('note', { name: 'More fields than names?' })).toBeVisible();
});

test('a delimiter that was guessed can be corrected', async ({ owner }) => {
  await owner.chooseFile('name;age\nAnn;3\nBob;4\n');
  await expect(owner.page.getByRole('combobox', { name: 'Delimiter' })).toHaveValue(';');
  await expect(owner.page.getByText('people.csv: 2 rows, 2 columns')).toBeVisible();
  await owner.page.getByRole('combobox', { name: 'Delimiter' }).selectOption({ label: 'Comma ,' });
  await expect(owner.page.getByText('people.csv: 2 rows, 1 column')).toBeVisible();
});

test('more than 64 groups are refused with the column to change', async ({ owner }) => {
  const rows = Array.from(
    { length: 1400 },
    (_, i) => `Person${i},area${i % 70},w${i % 9},c${i % 8},${i % 90},${i % 2}`,
  );
  await owner.chooseFile(['name,area,ward,cohort,age,smoker', ...rows].join('\n'));
  await expect(owner.page.getByText('1,400 rows')).toBeVisible();
  await owner.next('Columns');
  await owner.setUses({ name: 'Match as name', area: 'Group by', ward: 'Ignore', cohort: 'Ignore', age: 'Average' });
  await owner.button('Next').click();
  await expect(owner.alert).toContainText('Column “area” has 70 groups of at least 10 rows; at most 64 are possible.');
  await owner.setUses({ area: 'Ignore', ward: 'Group by', cohort: 'Group by' });
  await owner.button('Next').click();
  await expect(owner.alert).toContainText('make 72 combinations; at most 64 are possible. Set “ward” to Ignore');
  await owner.setUses({ ward: 'Ignore', smoker: 'Average' });
  await owner.next('Rules');
  const counting = owner.page.getByRole('note', { name: 'Sums can count few people' });
  await expect(counting).toContainText('“smoker” has 2 different values');
  await expect(counting).not.toContainText('age');
});
