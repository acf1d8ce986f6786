import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { type Agreement, agreementHash, agreementSchema } from '../src/agreement/agreement.ts';
import type { ResultRow } from '../src/agreement/result.ts';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { longestTask, recordTasks } from './support/main-thread.ts';
import { type PlainTable, plaintextTable } from './support/oracle.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

/** Milliseconds that a task may hold the main thread during a run. */
const LONGEST_TASK = 200;

interface ResultFile {
  readonly agreement: Agreement;
  readonly agreementHash: string;
  readonly rows: readonly ResultRow[];
  readonly records: number;
  readonly matches: number;
  readonly version: string;
}

/** Runs to the end; resolves to the table on the page and both files. */
async function finish(owner: Side, researcher: Side) {
  const shown = await researcher.result();
  await owner.finished();
  const csv = await researcher.download('Download CSV');
  const file = JSON.parse(await researcher.download('Download JSON')) as ResultFile;
  return { shown, csv, file, agreement: agreementSchema.parse(file.agreement) };
}

/** Compares the CSV with the plaintext, figure by figure. Resolves to the number of groups that were released. */
function expectPlaintext(csv: string, agreement: Agreement, plain: PlainTable): number {
  const { groups, payloads, minimumGroupSize: minimum, statistics } = agreement.terms;
  const lines = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
  expect(lines.map((line) => line.group)).toEqual([...plain.groups.keys()]);
  const asked = (['count', 'mean', 'sum', 'sd'] as const).filter((figure) => statistics[figure]);
  let released = 0;
  for (const line of lines) {
    const truth = plain.groups.get(line.group ?? '');
    if (truth === undefined) throw new Error(`a group of its own: ${line.group}`);
    if (groups.length === 2) expect(groups.map(({ name }) => line[name]).join(' / ')).toBe(line.group);
    expect(line.count).toBe(truth.count < minimum ? `<${minimum}` : String(truth.count));
    if (truth.count >= minimum) released++;
    for (const [i, { name }] of payloads.entries()) {
      const figures = truth.payloads[i];
      if (figures === undefined) throw new Error(`no figures of ${name}`);
      for (const figure of asked) {
        const cell = line[`${name}_${figure}`];
        const where = `${figure} of ${name} in ${line.group}`;
        if (figures.count < minimum) expect(cell, where).toBe(figure === 'count' ? `<${minimum}` : '');
        else expect(Number(cell), where).toBeCloseTo(figures[figure], figure === 'count' || figure === 'sum' ? 9 : 6);
      }
    }
  }
  return released;
}

test('two people link a list and data, and the table is that of the plaintext', async ({
  owner,
  researcher,
  browser,
  otherBrowser,
}) => {
  const { link, words } = await meet(owner, researcher, { data: DATA, list: LIST, uses: USES, rules: RULES });
  expect(words).toHaveLength(4);
  await Promise.all([recordTasks(browser, researcher.page), recordTasks(otherBrowser, owner.page)]);
  await agreeBoth(owner, researcher);
  await researcher.result();
  await owner.finished();
  for (const process of [browser, otherBrowser]) expect(await longestTask(process)).toBeLessThan(LONGEST_TASK);
  const { shown, csv, file, agreement } = await finish(owner, researcher);

  const plain = await plaintextTable(LIST, DATA, agreement);
  expect(file.matches).toBe(plain.matches);
  expect(file.records).toBe(120);
  expect(file.agreementHash).toBe(agreementHash(agreement));
  const released = expectPlaintext(csv, agreement, plain);
  expect(released).toBeGreaterThan(0);
  expect(released).toBeLessThan(plain.groups.size);
  expect(file.rows.map((row) => row.count)).toEqual(
    [...plain.groups.values()].map(({ count }) => (count < 10 ? undefined : count)),
  );
  expect(shown.slice(1).map(([group, count]) => [group, count])).toEqual(
    [...plain.groups].map(([group, { count }]) => [group, count < 10 ? 'fewer than 10' : String(count)]),
  );

  const secret = new URLSearchParams(new URL(link).hash.split('?')[1]).get('room') ?? '';
  expect(secret).toHaveLength(43);
  for (const { watch } of [owner, researcher]) {
    expect(watch.complaints).toEqual([]);
    expect(watch.foreign()).toEqual([]);
    expect(watch.addresses.filter((address) => address.includes(secret))).toEqual([]);
  }
});

test('two group columns give a two-way table, with sums and deviations', async ({ owner, researcher }) => {
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
});

/** Adds two columns of few labels, some values missing. */
function withWards(csv: string): string {
  const lines = csv.trimEnd().split('\n');
  const added = lines.map((_, i) =>
    i === 0 ? 'ward,cohort' : `${['north', 'south', ''][i % 3]},${i % 2 ? 'a' : 'b'}`,
  );
  return `${lines.map((line, i) => `${line},${added[i]}`).join('\n')}\n`;
}

test('where every group is too small, nothing is released', async ({ owner, researcher }) => {
  const list = LIST.split('\n').slice(0, 16).join('\n');
  await meet(owner, researcher, {
    data: DATA,
    list,
    uses: { ...USES, income: 'Ignore' },
    rules: { ...RULES, minimum: 32 },
  });
  await agreeBoth(owner, researcher);
  const { shown, csv, agreement } = await finish(owner, researcher);
  const plain = await plaintextTable(list, DATA, agreement);
  expect(plain.matches).toBeGreaterThan(4);
  expect(expectPlaintext(csv, agreement, plain)).toBe(0);
  for (const [, ...cells] of shown.slice(1)) expect(new Set(cells)).toEqual(new Set(['fewer than 32']));
});

test('a connection lost on the way is mended, and the table is the same', async ({ owner, researcher }) => {
  await breakable(researcher.page);
  await meet(owner, researcher, {
    data: DATA,
    list: LIST,
    uses: { ...USES, income: 'Ignore' },
    rules: { ...RULES, bands: 40 },
  });
  await agreeBoth(owner, researcher);
  const progress = researcher.page.getByRole('progressbar', { name: 'Linkage' });
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
  await breakConnection(researcher.page);
  await expect(researcher.page.getByText(/Reconnecting/)).toBeVisible();
  const { csv, agreement } = await finish(owner, researcher);
  expectPlaintext(csv, agreement, await plaintextTable(LIST, DATA, agreement));
});

/** Has the page keep its connections, so that a test can break them. */
async function breakable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    Object.assign(window, { connections });
    window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
      construct(target, args) {
        const connection: RTCPeerConnection = Reflect.construct(target, args);
        connections.push(connection);
        return connection;
      },
    });
  });
}

async function breakConnection(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = 'connections' in window ? (window.connections as RTCPeerConnection[]) : [];
    for (const connection of kept) connection.close();
  });
}
