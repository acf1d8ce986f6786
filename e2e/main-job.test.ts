import Papa from 'papaparse';
import { agreementHash } from '../src/agreement/agreement.ts';
import type { MatchScores } from '../src/agreement/result.ts';
import { digestOf } from '../src/machine/build-digest.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { plaintextTable } from './support/oracle.ts';
import { expectPlaintext, finish } from './support/result.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

test('two people link a list and data, the researcher looks at their matches first, and the table is that of the plaintext', {
  tag: ['@firefox', '@mixed'],
}, async ({ owner, researcher }) => {
  const { link, words } = await meet(owner, researcher, { data: DATA, list: LIST, uses: USES, rules: RULES });
  expect(words).toHaveLength(4);
  const build = digestOf('dist');
  for (const { page } of [owner, researcher]) {
    await expect(page.getByText(`Both pages say that they run the same code: build ${build}`)).toBeVisible();
  }
  await expect(owner.page.getByText('Your rows are ready for the run.')).toBeVisible();
  for (const { page } of [owner, researcher])
    await expect(page.getByText(/^The browsers exchange \d+ MB/)).toBeVisible();
  await researcher.page.getByRole('checkbox', { name: 'Show me the matches before the table' }).check();
  await agreeBoth(owner, researcher);
  await expect(owner.page).toHaveTitle('Waiting for the researcher – Blindjoin', { timeout: 120_000 });
  await expect(owner.page.getByText('0 %, waiting for the other side')).toBeVisible();
  await researcher.chooseMatches();
  const { shown, csv, file, agreement } = await finish(owner, researcher);

  const plain = await plaintextTable(LIST, DATA, agreement);
  expect(file.matches).toBe(plain.matches);
  // Each row that was left out of a band may lose a match its weight, and all weights are estimated together.
  const leftOut = await timesLeftOut(owner);
  for (const { weight } of [...file.scores.steps, ...plain.scores.steps]) {
    const found = matchesFrom(file.scores, weight);
    expect(found, `from ${weight} up`).toBeLessThanOrEqual(matchesFrom(plain.scores, weight - 1) + leftOut);
    expect(found, `from ${weight} up`).toBeGreaterThanOrEqual(matchesFrom(plain.scores, weight + 1) - leftOut);
  }
  expect(file.records).toBe(120);
  expect(file.agreementHash).toBe(agreementHash(agreement));
  const released = expectPlaintext(csv, agreement, plain);
  expect(released).toBeGreaterThan(0);
  expect(released).toBeLessThan(plain.groups.size);
  const counts = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
  expect(file.rows.map(({ count }) => (count === undefined ? '<10 or withheld' : String(count)))).toEqual(
    counts.map(({ count }) => count),
  );
  expect(shown.slice(1).map(([group, count]) => [group, count])).toEqual(
    counts.map(({ group, count }) => [group, count?.replace('<10', 'fewer than 10')]),
  );

  const secret = new URLSearchParams(new URL(link).hash.split('?')[1]).get('room') ?? '';
  expect(secret).toHaveLength(43);
  for (const { watch } of [owner, researcher]) {
    expect(watch.complaints).toEqual([]);
    expect(watch.foreign()).toEqual([]);
    expect(watch.addresses.filter((address) => address.includes(secret))).toEqual([]);
  }
});

function matchesFrom({ steps }: MatchScores, threshold: number): number {
  return steps.find(({ weight }) => weight >= threshold)?.matches ?? 0;
}

/** How often a row was left out of a band, or of one of its places there, as the owner's page says. */
async function timesLeftOut({ page }: Side): Promise<number> {
  const said = await page.getByText(/ (a row was left out|one of the three places) /).allTextContents();
  return said.reduce(
    (sum, text) => sum + (text.startsWith('Once') ? 1 : Number(text.split(' ')[0]?.replace(',', ''))),
    0,
  );
}

test('the page says how many bands are enough for the owner’s file, and takes them', async ({ owner }) => {
  await owner.enter();
  await owner.loadFile(DATA);
  await owner.next('Columns');
  await owner.setUses(USES);
  await owner.next('Rules');
  const numberOf = (name: string) => owner.page.getByRole('spinbutton', { name, exact: true });
  await numberOf('Bands').fill('5');
  await expect(owner.page.getByText(/^With 5 bands, 2 of them agreeing, [\d.]+ % of the people/)).toBeVisible();
  const offer = owner.page.getByRole('button', { name: /^Use \d+ bands$/ });
  await expect(offer).toBeVisible();
  // Read and pressed at once: the page may find another number between the two.
  const pressed = await offer.evaluate((button: HTMLElement) => {
    button.click();
    return button.textContent;
  });
  const bands = /\d+/.exec(pressed)?.[0] ?? '';
  await expect(numberOf('Bands')).toHaveValue(bands);
  await expect(owner.page.getByText(new RegExp(`^With ${bands} bands`))).toBeVisible();
  await expect(offer).toHaveCount(0);
});

test('two group columns give a two-way table, with sums and deviations, and one group withheld beside one sealed', async ({
  owner,
  researcher,
}) => {
  await meet(owner, researcher, {
    data: withWards(DATA),
    list: LIST,
    uses: { ...USES, ethnicity: 'Ignore', ward: 'Group by', cohort: 'Group by', income: 'Ignore' },
    rules: { ...RULES, minimum: 8, statistics: ['Count', 'Mean', 'Sum', 'Standard deviation'] },
  });
  await agreeBoth(owner, researcher);
  const { shown, csv, agreement } = await finish(owner, researcher);
  const plain = await plaintextTable(LIST, withWards(DATA), agreement);
  expect(shown[0]?.slice(0, 3)).toEqual(['ward', 'cohort', 'Count']);
  expect(expectPlaintext(csv, agreement, plain)).toBeGreaterThan(2);
  expect(csv.match(/withheld/g)?.length).toBeGreaterThan(1);
  await expect(researcher.page.getByText('at least one may have reached the minimum')).toBeVisible();
});

/** Adds two columns of few labels, some values missing. */
function withWards(csv: string): string {
  const lines = csv.trimEnd().split('\n');
  const added = lines.map((_, i) =>
    i === 0 ? 'ward,cohort' : `${['north', 'south', ''][i % 3]},${i % 2 ? 'a' : 'b'}`,
  );
  return `${lines.map((line, i) => `${line},${added[i]}`).join('\n')}\n`;
}

/** The digest that a page of another build has. */
const OTHER_BUILD = 'ab'.repeat(32);

test('where every group is too small, nothing is released; the computer is kept awake until then; a page of another build is told to both people, and refused to nobody', async ({
  owner,
  researcher,
}) => {
  await researcher.page.addInitScript((digest) => {
    addEventListener('DOMContentLoaded', () =>
      document.querySelector('meta[name="blindjoin-build"]')?.setAttribute('content', digest),
    );
  }, OTHER_BUILD);
  const locks = await wakeLocks(owner);
  const list = LIST.split('\n').slice(0, 16).join('\n');
  await meet(owner, researcher, {
    data: DATA,
    list,
    uses: { ...USES, income: 'Ignore' },
    rules: { ...RULES, minimum: 32 },
  });
  for (const { page } of [owner, researcher]) {
    const notice = page.getByRole('note').filter({ hasText: 'The two pages are not the same' });
    await expect(notice).toContainText(OTHER_BUILD);
    await expect(notice).toContainText(digestOf('dist'));
  }
  await agreeBoth(owner, researcher);
  await expect.poll(locks).toEqual(['held']);
  const { shown, csv, agreement } = await finish(owner, researcher);
  await expect.poll(locks).toEqual(['released']);
  const plain = await plaintextTable(list, DATA, agreement);
  expect(plain.matches).toBeGreaterThan(4);
  expect(expectPlaintext(csv, agreement, plain)).toBe(0);
  for (const [, ...cells] of shown.slice(1)) expect(new Set(cells)).toEqual(new Set(['fewer than 32 or withheld']));
});

/** What became of each lock that the page asked for to keep the computer awake. */
async function wakeLocks({ page }: Side): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const given: WakeLockSentinel[] = [];
    const { wakeLock } = navigator;
    const request = wakeLock.request.bind(wakeLock);
    wakeLock.request = async (type) => {
      const lock = await request(type);
      given.push(lock);
      return lock;
    };
    Object.assign(window, { given });
  });
  return () =>
    page.evaluate(() =>
      (window as unknown as { given: WakeLockSentinel[] }).given.map(({ released }) =>
        released ? 'released' : 'held',
      ),
    );
}
