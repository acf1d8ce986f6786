import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATA, LIST, RULES, USES } from './support/files.ts';
import { readNetLog } from './support/net-log.ts';
import { agreeBoth, meet, Side } from './support/side.ts';
import { expect, test } from './support/test.ts';
import { Watch } from './support/watch.ts';

const ROLES = ['owner', 'researcher'] as const;
/** Where the browsers look up the names that stand for local addresses (RFC 6762). */
const MULTICAST_DNS = ['224.0.0.251', 'ff02::fb'];
/** Keeps the browser's own services, which no page can switch off, from finding anybody. */
const NO_NAMES = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.local';

test('a whole run speaks to the server, to the other page, and to nobody else', async ({
  playwright,
  launchOptions,
  address,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'blindjoin-net-log-'));
  const log = (role: string) => join(folder, `${role}.json`);
  const launch = (role: string) =>
    playwright.chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), NO_NAMES, `--log-net-log=${log(role)}`],
    });
  const browsers = { owner: await launch('owner'), researcher: await launch('researcher') };
  try {
    const open = async (role: (typeof ROLES)[number]) => {
      const page = await browsers[role].newPage({ baseURL: address, viewport: { width: 1280, height: 900 } });
      return new Side(role, page, await Watch.on(page));
    };
    const owner = await open('owner');
    const researcher = await open('researcher');
    await meet(owner, researcher, { data: DATA, list: LIST, uses: USES, rules: RULES });
    await agreeBoth(owner, researcher);
    await researcher.result();
    await owner.finished();
    for (const { watch } of [owner, researcher]) expect(watch.complaints).toEqual([]);
  } finally {
    // The log is whole once the browser has ended.
    for (const browser of Object.values(browsers)) await browser.close();
  }

  const { host } = new URL(address);
  const own = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map((one) => one.address));
  for (const role of ROLES) {
    const { requested, connected, packets } = readNetLog(log(role));
    expect([...requested]).toEqual([host]);
    expect([...connected]).toEqual([host]);
    expect([...packets.keys()].filter((to) => ![...own, ...MULTICAST_DNS].includes(to))).toEqual([]);
    expect(own.reduce((sum, to) => sum + (packets.get(to) ?? 0), 0)).toBeGreaterThan(1000);
  }
  rmSync(folder, { recursive: true });
});

test('text that would become code is refused', async ({ page, watch }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const refused = await page.evaluate(() => {
    const attempts = [
      () => Object.assign(document.createElement('div'), { innerHTML: '<img src=x onerror=alert(1)>' }),
      () => new Worker('https://example.org/worker.js'),
      () => setTimeout('1', 0),
      () => Object.assign(document.createElement('script'), { text: '1' }),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return false;
      } catch {
        return true;
      }
    });
  });
  expect(refused).toEqual([true, true, true, true]);
  expect(watch.foreign()).toEqual([]);
});
