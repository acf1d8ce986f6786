import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
      () => new Function('return 1')(),
      // biome-ignore lint/security/noGlobalEval: to see it refused
      () => eval('1'),
      () => Object.assign(document.createElement('script'), { text: '1' }),
    ];
    const tried = () =>
      attempts.map((attempt) => {
        try {
          attempt();
          return false;
        } catch {
          return true;
        }
      });
    // In a task of the page's own: what is called from outside may evaluate text.
    return new Promise<boolean[]>((resolve) => window.setTimeout(() => resolve(tried())));
  });
  expect(refused).toEqual(new Array(6).fill(true));
  expect(watch.foreign()).toEqual([]);
});

test('pages and workers are kept from every other address', async ({ page, baseURL }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const refused = await page.evaluate(async () => {
    const seen: string[] = [];
    const three = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        if (seen.push(`${effectiveDirective} ${new URL(blockedURI).protocol}`) === 3) resolve();
      });
    });
    fetch('https://example.org/').catch(() => {});
    new WebSocket('wss://example.org/');
    new Image().src = 'https://example.org/picture.png';
    await three;
    return seen.sort();
  });
  expect(refused).toEqual(['connect-src https:', 'connect-src wss:', 'img-src https:']);
  // A worker has the policy of its own script's answer.
  const policy = await page.evaluate(async () => {
    const script = document.querySelector('script[src]')?.getAttribute('src') as string;
    return (await fetch(script)).headers.get('content-security-policy');
  });
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  const { host } = new URL(baseURL as string);
  expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host};`);
});

test('what is built holds nothing of the researcher who cheats in tests', () => {
  const folder = fileURLToPath(new URL('../dist/assets', import.meta.url));
  const built = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const holds = (words: string) => built.some((text) => text.includes(words));
  expect(holds('a SEAL worker was asked for a step before the one it needs')).toBe(true);
  expect(holds('a step came before its keys')).toBe(false);
  expect(holds('a parameter set has as many primes as it says')).toBe(false);
});
