import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { packEnding, packResult } from '../queue/messages.ts';
import type { PartRequest } from '../queue/part-comparer.ts';
import { hasRedis, RedisServer } from '../testing/redis-server.ts';
import { createTestTerminal, type TestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';
import { type CommandThread, openHere } from './threads.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The queue starts anew for each test; what runs on it is asked to end with it. */
let server: RedisServer;
let redis: Redis;
let running: { readonly terminal: TestTerminal; readonly ended: Promise<number> }[] = [];

const blocking = {
  type: 'lambda-fold',
  version: 1,
  config: {
    'blocking-features': [1],
    Lambda: 6,
    'bf-len': 64,
    'num-hash-funcs': 3,
    K: 5,
    'input-clks': true,
    random_state: 0,
  },
};

beforeAll(async () => {
  const run = (...words: string[]) => runBlindjoin(words, createTestTerminal(folder));
  await run('generate-default-schema', 'schema.json');
  writeFileSync(join(folder, 'blocking.json'), JSON.stringify(blocking));
  for (const [name, ...words] of [
    ['a', '90'],
    ['b', '80', '--second'],
    ['c', '70', '--seed', '1'],
  ] as const) {
    await run('generate', words[0], `${name}.csv`, ...words.slice(1));
    await run('hash', `${name}.csv`, 'horse', 'schema.json', `${name}.json`);
    await run('block', `${name}.json`, 'blocking.json', `${name}-blocks.json`);
  }
});

beforeEach(async () => {
  if (!hasRedis) return;
  server = await RedisServer.start();
  redis = new Redis(server.port);
  redis.on('error', () => {});
});

afterEach(async () => {
  if (!hasRedis) return;
  for (const { terminal, ended } of running) {
    terminal.stop();
    await ended;
  }
  running = [];
  redis.disconnect();
  await server[Symbol.asyncDispose]();
});

function start(...words: string[]) {
  return startWith(openHere, ...words);
}

/** @param open how the command gets its threads */
function startWith(open: () => CommandThread, ...words: string[]) {
  const terminal = createTestTerminal(folder, '', { BLINDJOIN_QUEUE: server.address }, open);
  const entry = { terminal, ended: runBlindjoin(words, terminal) };
  running.push(entry);
  return entry;
}

/** A command that ends by itself. */
async function finished(...words: string[]) {
  const { terminal, ended } = start(...words);
  return { exit: await ended, written: terminal.written, told: terminal.told };
}

/** What the threads of this process find. */
async function here(...words: string[]): Promise<string> {
  const terminal = createTestTerminal(folder);
  expect(await runBlindjoin(words, terminal)).toBe(0);
  return terminal.written;
}

const WORKER = ['worker', '--threads', '1', '--dead-after', '1'];
const worker = (...words: string[]) => start(...WORKER, ...words);

/** Names in the queue, without BullMQ's own. */
const runKeys = async (kind = '*') => redis.keys(`blindjoin:run:*:${kind}`);

const SCORES = ['--type', 'similarity_scores', '-t', '0.6'];
const BLOCKS = (...names: string[]) => ['--blocks', ...names.map((name) => `${name}-blocks.json`)];

describe.skipIf(!hasRedis)('linking on a queue', () => {
  it.each([
    ['two parties', ['link', 'a.json', 'b.json', ...SCORES]],
    ['three parties', ['link', 'a.json', 'b.json', 'c.json', ...SCORES]],
    ['two parties in blocks', ['link', 'a.json', 'b.json', ...SCORES, ...BLOCKS('a', 'b')]],
    ['three parties in blocks', ['link', 'a.json', 'b.json', 'c.json', ...SCORES, ...BLOCKS('a', 'b', 'c')]],
    ['the best of each', ['link', 'a.json', 'b.json', 'c.json', ...SCORES, '--top', '2']],
    ['the best of each block', ['link', 'a.json', 'b.json', ...SCORES, '--top', '2', ...BLOCKS('a', 'b')]],
    ['another similarity', ['link', 'a.json', 'b.json', ...SCORES, '--similarity', 'simple-matching']],
    ['groups', ['link', 'a.json', 'b.json', 'c.json', '-t', '0.7']],
    [
      'groups by the probabilistic solver',
      ['link', 'a.json', 'b.json', 'c.json', '-t', '0.7', '--solver', 'probabilistic'],
    ],
    ['a mapping', ['link', 'a.json', 'b.json', '-t', '0.7', '--type', 'mapping']],
  ])('gives what threads give, to the byte: %s', async (_, words) => {
    worker();
    worker();
    const expected = await here(...words);
    for (const part of ['45', '1000000']) {
      const { exit, written } = await finished(...words, '--part', part);
      expect([exit, written]).toEqual([0, expected]);
    }
    expect(await runKeys()).toEqual([]);
  });

  it('hands CLKs out once a worker, however many parts there are', async () => {
    const { terminal, ended } = worker();
    await finished('link', 'a.json', 'b.json', ...SCORES, '--part', '90');
    terminal.stop();
    expect(await ended).toBe(0);
    const bytes = (90 + 80) * 128;
    const [, parts, mb] = /Ended: (\d+) parts.* ([\d.]+) MB of CLKs/.exec(terminal.told) ?? [];
    expect(Number(parts)).toBeGreaterThan(70);
    expect(mb).toBe((bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 }));
  });

  it('says that no worker is there, lets CLKs be forgotten, and takes them out when it is stopped', async () => {
    const { terminal, ended } = start('link', 'a.json', 'b.json', ...SCORES);
    await vi.waitFor(() => expect(terminal.told).toContain('No worker waits on the queue'), 20_000);
    const clks = await runKeys('clks:*');
    expect(clks).toHaveLength(2);
    for (const key of await runKeys()) {
      const seconds = await redis.ttl(key);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(300);
    }
    terminal.stop();
    expect(await ended).toBe(130);
    expect(await runKeys()).toEqual([]);
  });

  it('goes on after a worker has died with a part, and gives the same', async () => {
    const words = ['link', 'a.json', 'b.json', ...SCORES];
    const expected = await here(...words);
    const run = start(...words, '--part', '500');
    // Takes a part as a worker does, and is never heard of again.
    const connection = redis.duplicate({ maxRetriesPerRequest: null });
    const dying = new Worker('parts', null, {
      connection,
      prefix: 'blindjoin',
      lockDuration: 1_000,
    });
    expect(await vi.waitUntil(() => dying.getNextJob('token', { block: false }), 20_000)).toBeDefined();
    await dying.close(true);
    connection.disconnect();
    worker();
    expect([await run.ended, run.terminal.written]).toEqual([0, expected]);
  });

  it('gives the same after the queue has forgotten all in the middle of a run', async () => {
    const words = ['link', 'a.json', 'b.json', ...SCORES, ...BLOCKS('a', 'b')];
    const expected = await here(...words);
    const run = start(...words, '--part', '60');
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let parts = 0;
    const gated = startWith(
      () => {
        const thread = openHere();
        const comparePart = async (request: PartRequest) => {
          if (++parts > 3) await gate;
          return thread.worker.comparePart(request);
        };
        return { ...thread, worker: { ...thread.worker, comparePart } };
      },
      ...WORKER,
    );
    await vi.waitFor(() => expect(parts).toBe(4), 20_000);
    await server.kill();
    for (const { terminal } of [run, gated]) {
      await vi.waitFor(() => expect(terminal.told).toContain('The queue is away'), 20_000);
    }
    await server.open();
    for (const { terminal } of [run, gated]) {
      await vi.waitFor(() => expect(terminal.told).toContain('The queue is back'), 20_000);
    }
    open();
    expect([await run.ended, run.terminal.written]).toEqual([0, expected]);
    expect(run.terminal.told).toContain('The queue has lost the run');
    expect(await runKeys('clks:*')).toEqual([]);
  });

  it('takes a part once that was done twice', async () => {
    const words = ['link', 'a.json', 'b.json', ...SCORES];
    const expected = await here(...words);
    const run = start(...words, '--part', '500');
    const endings = await vi.waitUntil(
      async () => (await runKeys('manifest'))[0]?.replace(/manifest$/, 'endings'),
      20_000,
    );
    worker();
    // As a worker does that was taken for dead: it says again that parts are done, also of those that are back.
    for (let i = 0; i < 40; i++) await redis.rpush(endings ?? '', packEnding({ part: i % 4 }));
    expect([await run.ended, run.terminal.written]).toEqual([0, expected]);
    // Of 90 rows, 6 a part.
    expect([...run.terminal.told.matchAll(/: (\d+) parts, /g)].map(([, parts]) => parts)).toEqual(['15']);
  });

  it('refuses results that no worker of the run can have made', async () => {
    const run = start('link', 'a.json', 'b.json', ...SCORES);
    const manifest = await vi.waitUntil(async () => (await runKeys('manifest'))[0], 20_000);
    const under = (manifest ?? '').replace(/manifest$/, '');
    await redis.set(`${under}result:0`, packResult({ worker: 'x', seconds: 0, pairs: Uint8Array.of(1, 2, 3) }));
    await redis.rpush(`${under}endings`, packEnding({ part: 0 }));
    expect(await run.ended).toBe(1);
    expect(run.terminal.told).toContain("A worker's result is none of this run");
    expect(await runKeys('clks:*')).toEqual([]);
  });

  it('ends a run when workers fail at a part, and says why', async () => {
    const run = start('link', 'a.json', 'b.json', ...SCORES);
    const clks = await vi.waitUntil(async () => (await runKeys('clks:*'))[0], 20_000);
    await redis.set(clks ?? '', 'short', 'EX', 100);
    worker();
    expect(await run.ended).toBe(1);
    expect(run.terminal.told).toContain('Workers failed 3 times at a part of the run: The queue holds other CLKs');
  });
});

describe.skipIf(!hasRedis)('a queue that is closed', () => {
  it('wants its password, by the environment or a file', async () => {
    await redis.config('SET', 'requirepass', 'correct horse');
    const run = async (environment: Record<string, string>, ...words: string[]) => {
      const terminal = createTestTerminal(folder, '', environment);
      const exit = await runBlindjoin(['link', 'a.json', 'b.json', '-t', '1', ...words], terminal);
      return { exit, told: terminal.told };
    };
    const queue = ['--queue', server.address];
    expect(await run({}, ...queue)).toEqual({ exit: 1, told: expect.stringContaining('it wants a password') });
    expect(await run({ BLINDJOIN_QUEUE_PASSWORD: 'wrong' }, ...queue)).toEqual({
      exit: 1,
      told: expect.stringContaining('it refuses the password'),
    });
    const among = await run({}, '--queue', server.address.replace('//', '//:correct%20horse@'));
    expect(among).toEqual({ exit: 2, told: expect.stringContaining('everybody who can list processes') });
    expect(among.told).not.toContain('correct');
    writeFileSync(join(folder, 'password.txt'), 'correct horse\n');
    worker('--queue-password-file', 'password.txt');
    expect((await run({}, ...queue, '--queue-password-file', 'password.txt')).exit).toBe(0);
    expect((await run({ BLINDJOIN_QUEUE: server.address.replace('//', '//:correct%20horse@') })).exit).toBe(0);
  });

  it('is said to be away where nothing listens', async () => {
    await server.kill();
    const terminal = createTestTerminal(folder);
    expect(await runBlindjoin(['worker', '--queue', server.address], terminal)).toBe(1);
    expect(terminal.told).toContain('nothing listens there');
  });
});

it('refuses an address that is none, without repeating it', async () => {
  for (const address of [
    'localhost',
    'http://localhost',
    'redis://',
    'redis://host:0',
    'redis://host/x',
    'redis://h/1?x',
  ]) {
    const terminal = createTestTerminal(folder, '', { BLINDJOIN_QUEUE: address });
    expect(await runBlindjoin(['link', 'a.json', 'b.json'], terminal)).toBe(1);
    expect(terminal.told).toMatch(/^The address of the queue .*redis:\/\/host:6379/);
  }
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toContain('clks');
});
