import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { hasRedis, RedisServer } from '../testing/redis-server.ts';
import { parseQueueAddress } from './address.ts';
import { countWorkers } from './count-workers.ts';

const sockets = new Set<Socket>();
let server: Server | undefined;

/** A server that does with connections what it is told to. */
async function serve(take: (client: Socket) => void): Promise<string> {
  const opened = createServer((client) => {
    sockets.add(client.on('error', () => {}));
    take(client);
  });
  server = opened.listen(0, '127.0.0.1');
  await once(opened, 'listening');
  return `redis://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

afterEach(() => {
  vi.useRealTimers();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
});

/** Lets the time of answers pass once the server has fallen silent. */
async function failsLate(address: string, silent: Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const counted = expect(countWorkers(parseQueueAddress(address))).rejects.toThrow(
    /^The queue at redis:\/\/127\.0\.0\.1:\d+ cannot be used: it does not answer\. Check the address/,
  );
  await silent;
  vi.advanceTimersByTime(15_000);
  await counted;
}

it('does not wait for ever for a queue that takes connections and says nothing', async () => {
  const asked = new EventEmitter();
  await failsLate(await serve((client) => client.once('data', () => asked.emit('asked'))), once(asked, 'asked'));
});

it.skipIf(!hasRedis)('does not wait for ever for a queue that dies before it has answered', async () => {
  await using redis = await RedisServer.start();
  const asked = new EventEmitter();
  const address = await serve((client) => {
    const real = connect(redis.port, '127.0.0.1');
    sockets.add(real.on('error', () => {}));
    real.pipe(client);
    client.on('data', (bytes) => {
      if (/client\r\n\$4\r\nlist/i.test(bytes.toString())) asked.emit('asked');
      else real.write(bytes);
    });
  });
  await failsLate(address, once(asked, 'asked'));
});
