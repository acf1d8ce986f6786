/** A linkage unit whose own server has a queue: real Redis, real worker, real pages. */
import { Redis } from 'ioredis';
import { openHere } from '../src/cli/threads.ts';
import { newQueueToken } from '../src/linking/queue-proof.ts';
import { NO_REDIS } from '../src/machine/machine.ts';
import { parseQueueAddress } from '../src/queue/address.ts';
import { connectToQueue } from '../src/queue/connection.ts';
import { workOnQueue } from '../src/queue/queue-worker.ts';
import { hasRedis, RedisServer } from '../src/testing/redis-server.ts';
import { violations } from './support/accessibility.ts';
import {
  createProject,
  downloadResult,
  expected,
  participant,
  startRun,
  THRESHOLD,
  uploadFile,
} from './support/linking-pages.ts';
import { startQueueApp } from './support/servers.ts';
import { expect, test } from './support/test.ts';

/** A worker in this process, until it is disposed of. */
async function startWorker(address: string): Promise<AsyncDisposable> {
  const connection = await connectToQueue(parseQueueAddress(address));
  const ending = new AbortController();
  const threads = [openHere().worker];
  const working = workOnQueue(connection, {
    name: 'w',
    threads,
    deadAfter: 30,
    signal: ending.signal,
    onPart: () => {},
  });
  return {
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await working;
      connection.disconnect();
    },
  };
}

/** What a queue is told from now on. */
function monitorOf(port: number) {
  const redis = new Redis(port);
  const commands: string[] = [];
  let watching: Redis | undefined;
  const ready = redis.monitor().then((watcher) => {
    watching = watcher;
    watcher.on('monitor', (_time: string, words: string[]) => commands.push(words.slice(0, 2).join(' ')));
  });
  const end = () => {
    watching?.disconnect();
    redis.disconnect();
  };
  return { redis, commands, ready, [Symbol.dispose]: end };
}

test('a linkage unit has the queue of its own server compare', async ({ browser, otherBrowser }) => {
  test.skip(!hasRedis, NO_REDIS);
  test.setTimeout(240_000);
  await using redis = await RedisServer.start();
  await using _worker = await startWorker(redis.address);
  await using app = await startQueueApp(redis.address);
  const unit = await participant(otherBrowser, app.address);
  const providers = [await participant(browser, app.address), await participant(browser, app.address)];
  const links = await createProject(unit.page, { providers: 2, resultType: 'Groups', role: 'The linkage unit' });
  await unit.page.getByRole('button', { name: 'Compare on a queue of your own' }).click();
  const token = unit.page.getByLabel('Queue token');
  const use = unit.page.getByRole('button', { name: 'Use the queue' });
  await token.fill(newQueueToken());
  await use.click();
  await expect(unit.page.getByRole('alert').filter({ hasText: 'no CLKs were sent to it' })).toBeVisible();
  await token.fill(app.token);
  await use.click();
  await expect(unit.page.getByText('Runs are compared on the queue. 1 worker on the queue.')).toBeVisible();
  expect(await violations(unit.page, 'linking')).toEqual([]);
  using monitor = monitorOf(redis.port);
  await monitor.ready;
  for (const [i, { page }] of providers.entries()) {
    await page.goto(links.get(`provider ${i + 1}`) ?? '');
    await page.getByLabel('Linkage secret').fill('known to the providers');
    await uploadFile(page, i + 1);
  }
  await startRun(unit.page, 1, THRESHOLD);
  for (const { page } of [unit, ...providers]) {
    await expect(page.getByRole('region', { name: 'Run 1', exact: true }).getByText('Completed')).toBeVisible();
  }
  const groups = JSON.parse(expected(2, 'known to the providers', 'groups'));
  expect(JSON.parse(await downloadResult(unit.page, 1))).toEqual(groups);
  expect(JSON.parse(await downloadResult(providers[0]?.page ?? unit.page, 1))).toEqual(groups);
  await expect.poll(() => monitor.commands.filter((command) => /^set .*:clks:/i.test(command)).length).toBe(2);
  await expect.poll(() => monitor.redis.keys('blindjoin:run:*')).toEqual([]);
  for (const { watch } of [unit, ...providers]) {
    expect(watch.complaints).toEqual([]);
    expect(watch.foreign()).toEqual([]);
    expect(watch.addresses.filter((asked) => asked.includes(app.token))).toEqual([]);
  }
  await Promise.all([unit, ...providers].map((one) => one.close()));
});
