import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { TestProject } from 'vitest/node';
import { signallingServer } from './signalling-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Ports of two real signalling servers that know nothing of each other. */
    signallingPorts: readonly [number, number];
    /** Port of one that swaps session descriptions: see `startSwapping`. */
    swappingPort: number;
  }
}

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Starts the server as `npm start` does, in a process of its own, and reads its address from what it prints. */
function start(dist: string): Promise<{ port: number; stop(): void }> {
  const child = fork(main, ['--port', '0', '--host', '127.0.0.1', '--dist', dist], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const port = /:(\d+)\//.exec(String(text))?.[1];
      if (port !== undefined) resolve({ port: Number(port), stop: () => child.kill() });
    });
    child.once('exit', (code) => reject(new Error(`The signalling server ended with ${code}`)));
  });
}

/** The id under which somebody in the middle takes, at a swapping server, what is meant for a room. */
const MIDDLE = 'middle';

/**
 * A signalling server in the hands of somebody in the middle. What a guest sends to a room, session description and all, goes
 * to the page `middle`, and what that page answers goes to the guest as if it came from the room.
 */
async function startSwapping(): Promise<{ port: number; stop(): void }> {
  const server = createServer();
  const signalling = signallingServer(server, '/signal', true);
  let room = '';
  signalling.app.on('message', (client, sent) => {
    const message: { src: string; dst?: string } = sent;
    if (client.getId() === MIDDLE) message.src = room;
    else if (client.getId().startsWith('blindjoin-guest') && message.dst !== undefined) {
      room = message.dst;
      message.dst = MIDDLE;
    }
  });
  server.on('request', express().use(signalling.app as unknown as express.Express));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop() {
      signalling.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Global set-up of the browser tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const dist = mkdtempSync(join(tmpdir(), 'blindjoin-test-'));
  writeFileSync(join(dist, 'config.json'), '{}');
  writeFileSync(join(dist, 'index.html'), '');
  const [first, second, swapping] = await Promise.all([start(dist), start(dist), startSwapping()]);
  project.provide('swappingPort', swapping.port);
  project.provide('signallingPorts', [first.port, second.port]);
  return () => {
    first.stop();
    second.stop();
    swapping.stop();
    rmSync(dist, { recursive: true });
  };
}
