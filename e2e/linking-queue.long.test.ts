/** A linkage unit whose own server has a queue: real Redis, real worker, real pages. */
import { Redis } from 'ioredis';
import { newQueueToken } from '../src/linking/queue-proof.ts';
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

test('a linkage unit has the queue of its own server compare', async ({ browser, otherBrowser }) => {
  test.skip(!hasRedis, 'this machine has no Redis');
  test.setTimeout(120_000);
  await using redis = await RedisServer.start();
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
  const monitor = new Redis(redis.port);
  const commands: string[] = [];
  const watching = await monitor.monitor();
  watching.on('monitor', (_time: string, words: string[]) => commands.push(words.slice(0, 2).join(' ')));
  for (const [i, { page }] of providers.entries()) {
    await page.goto(links.get(`provider ${i + 1}`) ?? '');
    await page.getByLabel('Linkage secret').fill('known to the providers');
    await uploadFile(page, i + 1);
  }
  await startRun(unit.page, 1, THRESHOLD);
  const groups = JSON.parse(expected(2, 'known to the providers', 'groups'));
  expect(JSON.parse(await downloadResult(unit.page, 1))).toEqual(groups);
  expect(JSON.parse(await downloadResult(providers[0]?.page ?? unit.page, 1))).toEqual(groups);
  await expect.poll(() => commands.filter((command) => /^set .*:clks:/i.test(command)).length).toBe(2);
  await expect.poll(() => monitor.keys('blindjoin:run:*')).toEqual([]);
  for (const { watch } of [unit, ...providers]) {
    expect(watch.complaints).toEqual([]);
    expect(watch.foreign()).toEqual([]);
    expect(watch.addresses.filter((asked) => asked.includes(app.token))).toEqual([]);
  }
  watching.disconnect();
  monitor.disconnect();
  await Promise.all([unit, ...providers].map((one) => one.close()));
});
