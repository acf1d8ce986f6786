/** A port that passes bytes on to another, and keeps what went by. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export interface TappedPort extends AsyncDisposable {
  readonly port: number;
  /** All bytes so far, of both directions. */
  bytes(): Buffer;
}

export async function tapPort(target: number): Promise<TappedPort> {
  const kept: Buffer[] = [];
  const open = new Set<{ destroy(): void }>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => {
        kept.push(bytes);
        to.write(bytes);
      });
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    bytes: () => Buffer.concat(kept),
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
