import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { openHere } from '../cli/threads.ts';
import type { LinkageEngine } from '../linking/linkage-engine.ts';
import { QueueEngine, type QueueState } from '../linking/queue-engine.ts';
import { newQueueToken } from '../linking/queue-proof.ts';
import { parseQueueAddress } from '../queue/address.ts';
import { connectToQueue } from '../queue/connection.ts';
import { workOnQueue } from '../queue/queue-worker.ts';
import { type RunningServer, startServer } from '../server/server.ts';
import { testEngine } from '../testing/linkage-engine.ts';
import { PROJECT, peopleRows, SECRET, testRoom, uploadOf } from '../testing/linking-room.ts';
import { madeUpUpload } from '../testing/made-up-upload.ts';
import { openFilesIn } from '../testing/open-files.ts';
import { hasRedis, RedisServer } from '../testing/redis-server.ts';
import { UnitQueue } from './unit-queue.ts';

/** Whatever happens here waits for states that other processes bring about. */
const PATIENT = { timeout: 20_000, interval: 20 };

let folder: string;
let redisServer: RedisServer;
let redis: Redis;
let queue: UnitQueue;
let server: RunningServer;
let ending: AbortController;
let working: Promise<unknown>[];

beforeEach(async () => {
  if (!hasRedis) return;
  folder = mkdtempSync(join(tmpdir(), 'blindjoin-unit-'));
  redisServer = await RedisServer.start();
  vi.stubEnv('TMPDIR', folder);
  redis = new Redis(redisServer.port);
  redis.on('error', () => {});
  queue = new UnitQueue(parseQueueAddress(redisServer.address));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(join(folder, 'config.json'), '{}');
  server = await startServer({ port: 0, host: '127.0.0.1', dist: folder, sockets: queue });
  ending = new AbortController();
  working = [];
});

afterEach(async () => {
  if (!hasRedis) return;
  await server.close();
  ending.abort();
  await Promise.all(working);
  redis.disconnect();
  await redisServer[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A worker in this process. */
async function startWorker(): Promise<void> {
  const connection = await connectToQueue(parseQueueAddress(redisServer.address));
  const { worker } = openHere();
  const options = { name: 'w', threads: [worker], deadAfter: 5, signal: ending.signal, onPart: () => {} };
  working.push(workOnQueue(connection, options).finally(() => connection.disconnect()));
}

const socketTo = (port: number, origin: string | undefined) => () =>
  new WebSocket(`ws://127.0.0.1:${port}/unit-queue`, origin === undefined ? {} : { origin });

/** A page's engine, and what it says of the queue. */
function page(open = socketTo(server.port, `http://127.0.0.1:${server.port}`), local: LinkageEngine = testEngine) {
  const states: QueueState[] = [];
  const engine = new QueueEngine(local, open, (state) => states.push(state));
  return { engine, states, last: () => states.at(-1) };
}

const control = (signal = new AbortController().signal) => ({ signal, onProgress: () => {} });
const untouched: LinkageEngine = {
  ...testEngine,
  compare: () => Promise.reject(new Error('The page compared by itself.')),
};
const clksInQueue = () => redis.keys('blindjoin:run:*:clks:*');
const spools = () => openFilesIn(folder).filter((name) => name.includes('/blindjoin-'));

describe.skipIf(!hasRedis)('a linkage unit with the queue of its own server', () => {
  it.each([false, true])('gets the pairs that its page would find (blocks: %s)', async (blocked) => {
    await startWorker();
    const { engine, last } = page(undefined, untouched);
    await engine.use(queue.token);
    expect(last()).toEqual({ use: 'on', workers: 1 });
    const uploads = [60, 50, 40].map((rows, party) => madeUpUpload(rows, party, blocked));
    const shares: number[] = [];
    const pairs = await engine.compare(uploads, 0.8, { ...control(), onProgress: (share) => shares.push(share) });
    expect(pairs).toEqual(await testEngine.compare(uploads, 0.8, control()));
    expect(pairs.similarity.length).toBeGreaterThan(100);
    expect(shares.at(0)).toBeLessThan(0.1);
    expect(last()).toEqual({ use: 'on', workers: 1 });
    await vi.waitFor(() => expect(spools()).toEqual([]), PATIENT);
    expect(await redis.keys('blindjoin:run:*')).toEqual([]);
  });

  it('gives a whole room the results that the page alone gives', async () => {
    await startWorker();
    const { engine } = page(undefined, untouched);
    await engine.use(queue.token);
    const groups = async (by: LinkageEngine) => {
      const room = testRoom(PROJECT, by);
      for (const [i, provider] of room.providers.entries()) {
        await vi.waitFor(() => expect(provider.state.project).toBeDefined(), PATIENT);
        await provider.upload(uploadOf(peopleRows(i)), SECRET);
      }
      room.unit.startRun({ threshold: 0.8 });
      await vi.waitFor(() => expect(room.unit.state.runs[0]?.stage).toBe('completed'), PATIENT);
      return room.unit.state.runs[0]?.result;
    };
    const result = await groups(engine);
    expect(result).toEqual(await groups(testEngine));
  });

  it('compares on the page unless it is told to use a queue, and again when it is told to stop', async () => {
    const { engine, last } = page();
    const uploads = [madeUpUpload(5, 0), madeUpUpload(5, 1)];
    const expected = await testEngine.compare(uploads, 0.5, control());
    expect(await engine.compare(uploads, 0.5, control())).toEqual(expected);
    await engine.use(queue.token);
    engine.stopUsing();
    expect(last()).toEqual({ use: 'off', workers: 0 });
    expect(await engine.compare(uploads, 0.5, control())).toEqual(expected);
  });

  it('takes the CLKs out of the queue when the run is stopped on the page', async () => {
    const { engine } = page();
    await engine.use(queue.token);
    const stop = new AbortController();
    const run = engine.compare([madeUpUpload(60, 0), madeUpUpload(50, 1)], 0.8, control(stop.signal));
    const ended = expect(run).rejects.toThrow('The run was deleted.');
    await vi.waitFor(async () => expect(await clksInQueue()).toHaveLength(2), PATIENT);
    stop.abort(new Error('The run was deleted.'));
    await ended;
    await vi.waitFor(async () => expect(await clksInQueue()).toEqual([]), PATIENT);
    await vi.waitFor(() => expect(spools()).toEqual([]), PATIENT);
  });

  it.each(['the page', 'the server'])('takes them out when %s is gone', async (who) => {
    const sockets: WebSocket[] = [];
    const open = socketTo(server.port, `http://127.0.0.1:${server.port}`);
    const { engine } = page(() => {
      const socket = open();
      sockets.push(socket);
      return socket;
    });
    await engine.use(queue.token);
    const run = engine.compare([madeUpUpload(60, 0), madeUpUpload(50, 1)], 0.8, control());
    const ended = expect(run).rejects.toThrow(/was lost\. Start the run again/);
    await vi.waitFor(async () => expect(await clksInQueue()).toHaveLength(2), PATIENT);
    if (who === 'the server') await queue.close();
    else for (const socket of sockets) socket.terminate();
    await ended;
    await vi.waitFor(async () => expect(await clksInQueue()).toEqual([]), PATIENT);
    await vi.waitFor(() => expect(spools()).toEqual([]), PATIENT);
  });

  it('says on the page why a run failed', async () => {
    const { engine, last } = page();
    await engine.use(queue.token);
    await redisServer.kill();
    const run = engine.compare([madeUpUpload(5, 0), madeUpUpload(5, 1)], 0.8, control());
    await expect(run).rejects.toThrow('nothing listens there');
    await engine.use(queue.token);
    expect(last()).toMatchObject({ use: 'off', words: expect.stringContaining('nothing listens there') });
  });
});

describe.skipIf(!hasRedis)('the token of a queue', () => {
  it('is wanted of the page: without it nothing is said and nothing taken', async () => {
    const open = socketTo(server.port, `http://127.0.0.1:${server.port}`);
    const socket = open();
    const heard: Buffer[] = [];
    socket.on('message', (data: Buffer) => heard.push(data));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(new Uint8Array(32));
    await vi.waitFor(() => expect(heard).toHaveLength(1), PATIENT);
    // The server's own proof, sent back to it.
    socket.send(heard[0]?.subarray(32) ?? new Uint8Array());
    await closed;
    expect(heard).toHaveLength(1);
  });

  it('lets in who knows it, however many others hold connections', async () => {
    const open = socketTo(server.port, `http://127.0.0.1:${server.port}`);
    let ended = 0;
    const others = Array.from({ length: 70 }, () =>
      open()
        .on('error', () => {})
        .on('close', () => ended++),
    );
    await Promise.all(others.map((socket) => once(socket, 'open')));
    const { engine, last } = page();
    await engine.use(queue.token);
    expect(last()).toEqual({ use: 'on', workers: 0 });
    // The oldest made room for the page, and those after the 64th.
    await vi.waitFor(() => expect(ended).toBeGreaterThanOrEqual(7), PATIENT);
    for (const socket of others) socket.terminate();
  });

  it('is wanted of the server: to another one no CLK goes', async () => {
    const heard: unknown[] = [];
    const other = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/unit-queue' });
    other.on('connection', (socket) => {
      socket.on('message', (data) => {
        heard.push(data);
        socket.send(new Uint8Array(64));
      });
    });
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { engine, last } = page(socketTo(port, 'http://127.0.0.1'));
    await engine.use(queue.token);
    expect(last()).toMatchObject({ use: 'off', words: expect.stringContaining('no CLKs were sent to it') });
    expect(heard).toHaveLength(1);
    other.close();
  });

  it('of another server, or none, is refused on the page', async () => {
    const { engine, last } = page();
    await engine.use(newQueueToken());
    expect(last()).toMatchObject({ use: 'off', words: expect.stringContaining('does not know this token') });
    await engine.use('correct horse');
    expect(last()).toMatchObject({ use: 'off', words: expect.stringContaining('This is no token of a queue') });
  });

  it('does not help a page of another origin', async () => {
    for (const origin of ['http://blindjoin.example.org', undefined]) {
      const { engine, last } = page(socketTo(server.port, origin));
      await engine.use(queue.token);
      expect(last()).toMatchObject({ use: 'off', words: expect.stringContaining('offers no queue') });
    }
  });
});

it('is not offered by a server without a queue', async () => {
  const dist = mkdtempSync(join(tmpdir(), 'blindjoin-unit-'));
  writeFileSync(join(dist, 'config.json'), '{}');
  const plain = await startServer({ port: 0, host: '127.0.0.1', dist });
  const { engine, last } = page(socketTo(plain.port, `http://127.0.0.1:${plain.port}`));
  await engine.use(newQueueToken());
  expect(last()).toMatchObject({ use: 'off', words: expect.stringContaining('offers no queue') });
  await plain.close();
  rmSync(dist, { recursive: true });
});
