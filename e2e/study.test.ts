import { violations } from './support/accessibility.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { agreeBoth, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

test('a study that was saved makes the next run: open it, choose the file, and both are at the agreement', async ({
  owner,
  researcher,
}) => {
  test.setTimeout(240_000);
  const save = async (side: Side) => {
    const [file] = await Promise.all([side.page.waitForEvent('download'), side.button('Save study').click()]);
    return file.path();
  };
  await owner.enter();
  await owner.loadFile(DATA);
  await owner.next('Columns');
  await owner.setUses({ ...USES, ethnicity: 'Ignore' });
  await owner.button('Ten equal parts of age by rank').click();
  await expect(owner.page.getByLabel('Ranges of age')).toHaveValue(/^\d+(, \d+){8,10}$/);
  await owner.page.getByLabel('Ranges of age').fill('0, 40, 60, 100');
  await expect(owner.page.getByRole('table', { name: 'Labels of age' })).toContainText('40 to under 60');
  expect(await violations(owner.page, 'ranges to group by')).toEqual([]);
  await owner.next('Rules');
  await owner.setRules(RULES);
  await owner.page.getByText('About the study (optional)').click();
  await owner.page.getByLabel('Study title').fill('Falls in the elderly');
  await owner.page.getByLabel('Your organisation').fill('Regional register');
  await owner.page.getByLabel('Holds until').fill('2099-12-31');
  expect(await violations(owner.page, 'words about the study')).toEqual([]);
  const ownersStudy = await save(owner);
  // The next run is begun in a tab that has kept nothing of this one.
  await owner.page.evaluate(() => sessionStorage.clear());
  await owner.page.reload();

  await owner.page.getByLabel('Open study').setInputFiles(ownersStudy);
  await owner.chooseFile(DATA);
  await expect(owner.page.getByRole('heading', { name: 'Connect', exact: true })).toBeVisible();
  const link = await owner.createRoom();
  await expect(owner.page.getByRole('heading', { name: 'Connect', exact: true })).toBeFocused();
  await researcher.page.goto(link);
  await researcher.prepare(LIST, { person_id: 'Ignore' });
  for (const side of [owner, researcher]) {
    await expect(side.page.getByText('Study, as the data owner says: “Falls in the elderly”.')).toBeVisible();
    await expect(side.page.getByText(/No run under this agreement begins after [^.]*2099\./)).toBeVisible();
  }
  await agreeBoth(owner, researcher);
  const table = await researcher.result();
  // Age is averaged as well, of complete cases: rows without it are in no group.
  const ranges = ['0 to under 40', '40 to under 60', '60 to under 100'];
  expect(table.slice(1).map(([label]) => label)).toEqual(ranges);
  await researcher.button('Analyse the table').click();
  await expect(researcher.page.getByRole('heading', { name: 'Analysis', exact: true })).toBeFocused();
  await researcher.page.getByLabel('Analysis', { exact: true }).selectOption('Histogram, median and quartiles');
  await expect(researcher.page.getByText('Only the 3 ranges are known, so median and quartiles').first()).toBeVisible();
  await owner.finished();
  await expect(owner.page.getByText(/“Falls in the elderly”: counts and means/)).toBeVisible();
  const [json] = await Promise.all([
    researcher.page.waitForEvent('download'),
    researcher.button('Download JSON').click(),
  ]);
  expect(await (await json.createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString())).toContain(
    'Falls in the elderly',
  );
  expect(await save(researcher)).toBeDefined();
});

test('a study that names a column which the file lacks waits for the person, and says which', async ({ owner }) => {
  const study = {
    file: 'blindjoin-study',
    version: 1,
    role: 'owner',
    study: {},
    columns: [{ name: 'family name', use: 'name' }],
  };
  await owner.enter();
  await owner.page.getByLabel('Open study').setInputFiles({
    name: 'study.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(study)),
  });
  await owner.chooseFile(DATA);
  await expect(owner.alert).toContainText('“family name”, which this file does not have');
  expect(await violations(owner.page, 'a study that does not fit')).toEqual([]);
});
