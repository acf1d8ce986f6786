/** Rooms for anonymous linking, each person on a page of a process of its own or in a context of its own. */
import type { Page } from '@playwright/test';
import { violations } from './support/accessibility.ts';
import { savedFile, sayingYes } from './support/browsers.ts';
import {
  createProject,
  csvOf,
  downloadResult,
  expected,
  fragmentOf,
  type Participant,
  participant,
  SCHEMA,
  startRun,
  THRESHOLD,
  uploadFile,
} from './support/linking-pages.ts';
import { expect, test } from './support/test.ts';

for (const providers of [2, 3]) {
  test(`${providers} providers and a linkage unit, in two browsers`, {
    tag: providers === 2 ? '@firefox' : [],
  }, async ({ browser, otherBrowser, address }) => {
    test.setTimeout(180_000);
    const unit = await participant(otherBrowser, address);
    const participants: Participant[] = [];
    for (let i = 0; i < providers; i++) participants.push(await participant(i === 0 ? otherBrowser : browser, address));
    const [first, ...others] = participants;
    if (!first) throw new Error('no provider');
    const links = await createProject(first.page, { providers, resultType: 'Groups' });
    const secret = fragmentOf(links.get('provider 2') ?? '').get('secret') ?? '';
    expect(secret).toHaveLength(43);
    const unitLink = links.get('the linkage unit') ?? '';
    expect(unitLink).not.toContain(secret);
    // A provider that comes before the linkage unit waits for it.
    for (const [i, other] of others.entries()) await other.page.goto(links.get(`provider ${i + 2}`) ?? '');
    await unit.page.goto(unitLink);
    await expect(unit.page.getByRole('heading', { name: 'Registers of two counties' })).toBeVisible();
    for (const { page } of [unit, ...participants]) expect(new URL(page.url()).hash).toBe('#/linking');
    await startRun(unit.page, 1, THRESHOLD);
    const card = unit.page.getByRole('region', { name: 'Run 1', exact: true });
    for (const name of ['Waiting for CLKs', 'Compute similarity scores', 'Compute output']) {
      await expect(card.getByRole('progressbar', { name })).toBeVisible();
    }
    for (const [i, { page }] of participants.entries()) await uploadFile(page, i + 1);
    await expect(card.getByText('Completed')).toBeVisible();
    for (const { page } of [unit, ...participants]) {
      await expect(page).toHaveTitle('Run 1 completed, Registers of two counties – Blindjoin');
    }
    const groups = expected(providers, secret, 'groups');
    expect(JSON.parse(groups).groups.length).toBeGreaterThan(50);
    for (const { page } of [unit, ...participants])
      expect(JSON.parse(await downloadResult(page, 1))).toEqual(JSON.parse(groups));
    const mine = first.page.getByRole('button', { name: 'Download CSV with my rows' });
    const joined = (await savedFile(first.page, () => mine.click())).content.toString().trim().split('\r\n');
    expect(joined[0]).toBe(`${csvOf(1).split('\n')[0]},row,group,other_provider,other_row`);
    expect(joined.length).toBeGreaterThan(50);
    await expect(unit.page.getByRole('button', { name: 'Download CSV with my rows' })).toHaveCount(0);
    for (const { page } of [unit, first]) expect(await violations(page, 'linking')).toEqual([]);

    await startRun(unit.page, 2, 1);
    await expect(first.page.getByRole('region', { name: 'Run 2', exact: true }).getByText('Completed')).toBeVisible();
    await card.getByRole('button', { name: 'Delete run' }).click();
    for (const { page } of [unit, ...participants]) {
      await expect(page.getByRole('region', { name: 'Run 1', exact: true })).toHaveCount(0);
    }
    await sayingYes(unit.page, () => unit.page.getByRole('button', { name: 'Delete project' }).click());
    for (const { page } of [unit, ...participants])
      await expect(page.getByText('The project was deleted')).toBeVisible();
    for (const { watch } of [unit, ...participants]) {
      expect(watch.complaints).toEqual([]);
      expect(watch.foreign()).toEqual([]);
      expect(watch.addresses.filter((asked) => asked.includes(secret))).toEqual([]);
    }
    await Promise.all([unit, ...participants].map((one) => one.close()));
  });
}

test('the linkage unit makes the project; the providers agree on the secret', async ({
  browser,
  otherBrowser,
  address,
}) => {
  test.setTimeout(120_000);
  const [unit, one, two] = [
    await participant(otherBrowser, address),
    await participant(browser, address),
    await participant(browser, address),
  ];
  const links = await createProject(unit.page, {
    providers: 2,
    resultType: 'Permutations and mask',
    role: 'The linkage unit',
  });
  expect([...links.values()].join()).not.toContain('secret');
  for (const [i, { page }] of [one, two].entries()) {
    await page.goto(links.get(`provider ${i + 1}`) ?? '');
    await page.getByLabel('Linkage secret').fill('known to the providers');
    await uploadFile(page, i + 1);
  }
  await startRun(unit.page, 1, THRESHOLD);
  const mask = JSON.parse(await downloadResult(unit.page, 1)).mask as number[];
  const orders = await Promise.all(
    [one, two].map(async ({ page }) => JSON.parse(await downloadResult(page, 1)).permutation),
  );
  const { groups } = JSON.parse(expected(2, 'known to the providers', 'groups'));
  expect(mask.filter((matched) => matched === 1)).toHaveLength(groups.length);
  for (const [[, a], [, b]] of groups) {
    expect(orders[0][a]).toBe(orders[1][b]);
    expect(mask[orders[0][a]]).toBe(1);
  }
  await Promise.all([unit, one, two].map((other) => other.close()));
});

test('providers whose secrets differ by a blank are told so before a run', async ({
  browser,
  otherBrowser,
  address,
}) => {
  test.setTimeout(120_000);
  const unit = await participant(otherBrowser, address);
  const [one, two] = [await participant(browser, address), await participant(browser, address)];
  const links = await createProject(unit.page, { providers: 2, resultType: 'Groups', role: 'The linkage unit' });
  await startRun(unit.page, 1, THRESHOLD);
  for (const [i, secret] of ['a secret', 'a secret '].entries()) {
    const { page } = i === 0 ? one : two;
    await page.goto(links.get(`provider ${i + 1}`) ?? '');
    await page.getByLabel('Linkage secret').fill(secret);
    await uploadFile(page, i + 1);
  }
  const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'Linkage secrets differ' });
  for (const { page } of [unit, one, two]) await expect(notice(page)).toBeVisible();
  const card = unit.page.getByRole('region', { name: 'Run 1', exact: true });
  await expect(card.getByText('Completed')).toHaveCount(0);
  expect(await violations(two.page, 'linking')).toEqual([]);
  await two.page.getByRole('button', { name: 'Withdraw the CLKs' }).click();
  await two.page.getByLabel('Linkage secret').fill('a secret');
  await uploadFile(two.page, 2);
  await expect(card.getByText('Completed')).toBeVisible();
  for (const { page } of [unit, one, two]) await expect(notice(page)).toHaveCount(0);
  expect(JSON.parse(await downloadResult(one.page, 1))).toEqual(JSON.parse(expected(2, 'a secret', 'groups')));
  await Promise.all([unit, one, two].map((other) => other.close()));
});

test('a provider is the linkage unit only after accepting the warning', async ({ browser, otherBrowser, address }) => {
  const [both, other] = [await participant(otherBrowser, address), await participant(browser, address)];
  const role = 'A data provider and the linkage unit';
  await both.page.goto('/#/linking');
  const create = both.page.getByRole('button', { name: 'Create project' });
  await create.click();
  const name = both.page.getByLabel('Project name');
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription('Give the project a name.');
  await expect(both.page.getByLabel('Linkage schema')).toHaveAttribute('aria-invalid', 'true');
  await both.page.getByLabel('Project name').fill('x');
  await both.page.getByLabel('Linkage schema').fill(SCHEMA);
  await both.page.getByLabel('My role').selectOption({ label: role });
  await create.click();
  await expect(both.page.getByRole('alert')).toContainText('Accept');
  const links = await createProject(both.page, { providers: 2, resultType: 'Similarity scores', role });
  await other.page.goto(links.get('provider 2') ?? '');
  await uploadFile(both.page, 1);
  await uploadFile(other.page, 2);
  await startRun(both.page, 1, THRESHOLD);
  const secret = fragmentOf(links.get('provider 2') ?? '').get('secret') ?? '';
  expect(JSON.parse(await downloadResult(both.page, 1))).toEqual(JSON.parse(expected(2, secret, 'similarity scores')));
  await expect(other.page.getByRole('region', { name: 'Run 1' }).getByText('Completed')).toBeVisible();
  await expect(other.page.getByRole('button', { name: 'Download result' })).toHaveCount(0);
  await sayingYes(both.page, () => both.page.getByRole('link', { name: 'Blindjoin' }).click());
  await expect(other.page.getByText('The linkage unit left the room')).toBeVisible();
  await Promise.all([both, other].map((one) => one.close()));
});

test('a link that lost its end says what to do', async ({ page }) => {
  await page.goto('/#/linking?as=provider&number=1');
  await expect(page.getByRole('alert')).toContainText('not a whole link');
});
