/** A worker that is killed, without a word, while it compares a part. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CommandProcess } from '../testing/command-process.ts';
import { hasRedis, RedisServer } from '../testing/redis-server.ts';
import { seededWords } from '../testing/seeded-source.ts';

const PATIENT = { timeout: 120_000, interval: 5 };
vi.setConfig({ testTimeout: 300_000 });

const ROWS = 24_000;
const BYTES = 128;

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
const built = join(folder, 'bin', 'blindjoin.js');
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: join(folder, 'bin') } });
  // Half of the rows of both are the same.
  for (const [name, seeds] of [
    ['a', [1, 2]],
    ['b', [2, 3]],
  ] as const) {
    const clks = seeds.flatMap((seed) => {
      const word = seededWords(seed);
      const clk = () => Buffer.from(Uint32Array.from({ length: BYTES / 4 }, word).buffer).toString('base64');
      return Array.from({ length: ROWS / 2 }, clk);
    });
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ clks }));
  }
}, 120_000);

it.skipIf(!hasRedis)('leaves the result as it is, to the byte', async () => {
  await using server = await RedisServer.start();
  const redis = new Redis(server.port);
  redis.on('error', () => {});
  const LINK = ['link', 'a.json', 'b.json', '-t', '0.6', '--type', 'similarity_scores'];
  const start = (...words: string[]) => new CommandProcess(words, folder, {}, [built]);
  await using here = start(...LINK, '-o', 'here.json', '--threads', '1');
  expect(await here.ended()).toBe(0);

  const queue = ['--queue', server.address];
  // Two parts, each of more than two seconds of a processor, and of some tenths on one that is much quicker.
  await using link = start('-v', ...LINK, '-o', 'queue.json', ...queue, '--part', String(ROWS * (ROWS / 2)));
  const worker = () => start('worker', '--threads', '1', '--dead-after', '1', ...queue);
  await using killed = worker();
  await vi.waitFor(async () => expect(await redis.llen('blindjoin:parts:active')).toBe(1), PATIENT);
  const begun = killed.processorSeconds();
  // Fetching the CLKs takes a part of this; after it the worker is in the middle of comparing.
  await vi.waitFor(() => expect(killed.processorSeconds()).toBeGreaterThan(begun + 0.2), PATIENT);
  await killed.kill('SIGKILL');
  expect(await redis.keys('blindjoin:run:*:result:*')).toEqual([]);
  // What it was at is still taken for being done.
  expect(await redis.llen('blindjoin:parts:active')).toBe(1);
  await using _other = worker();
  expect([await link.ended(), link.said]).toEqual([0, expect.stringContaining('pairs written to queue.json')]);
  const [expected, found] = ['here', 'queue'].map((name) => readFileSync(join(folder, `${name}.json`), 'utf8'));
  expect(found === expected).toBe(true);
  expect(JSON.parse(found ?? '').similarity_scores.length).toBeGreaterThanOrEqual(ROWS / 2);
  // Each of the two parts is counted once.
  expect(/: (\d+) parts, /.exec(link.said)?.[1]).toBe('2');
  expect(await redis.keys('blindjoin:run:*')).toEqual([]);
  redis.disconnect();
});
