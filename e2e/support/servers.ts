/** Servers of a test's own, which it may end and start again on the same port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

class Restartable {
  #child: ChildProcess | undefined;

  readonly #command: readonly [string, ...string[]];
  /** What it prints once it serves. */
  readonly #ready: RegExp;

  /** What it has printed since it was started last. */
  printed = '';

  constructor(command: readonly [string, ...string[]], ready: RegExp) {
    this.#command = command;
    this.#ready = ready;
  }

  start(): Promise<void> {
    const [program, ...args] = this.#command;
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    this.printed = '';
    return new Promise((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => {
        this.printed += text;
        if (this.#ready.test(this.printed)) resolve();
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${this.printed}`)));
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
}

export interface OwnServer {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The app and its signalling. `dist`: another folder than the build's. */
export async function startApp(dist = 'dist'): Promise<OwnServer & { readonly address: string }> {
  const port = await freePort();
  // Why no concurrent recompilation: e2e/playwright.config.ts.
  const main = ['--no-concurrent-recompilation', '--import', 'tsx', 'src/server/main.ts', '--host', '127.0.0.1'];
  const options = ['--port', String(port), '--dist', dist];
  const server = new Restartable([process.execPath, ...main, ...options], /Blindjoin is at/);
  await server.start();
  return Object.assign(server, { address: `http://127.0.0.1:${port}/` });
}

/** A TURN server for this machine alone, which keeps its files in `folder`, and the configuration that relays all through it. */
export async function startTurnServer(
  program: string,
  folder: string,
): Promise<OwnServer & { readonly config: object }> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const options = {
    'listening-ip': '127.0.0.1',
    'relay-ip': '127.0.0.1',
    'listening-port': port,
    user: 'tester:only-here',
    realm: 'localhost',
    'log-file': 'stdout',
    pidfile: join(folder, 'pid'),
    userdb: join(folder, 'users'),
  };
  const flags = ['lt-cred-mech', 'allow-loopback-peers', 'no-multicast-peers', 'no-cli', 'no-tls', 'no-dtls'];
  const args = [...Object.entries(options).map(([name, value]) => `--${name}=${value}`), ...flags.map((f) => `--${f}`)];
  const server = new Restartable([program, '-n', ...args], /Total General servers/);
  await server.start();
  const iceServers = [{ urls: `turn:127.0.0.1:${port}?transport=udp`, username: 'tester', credential: 'only-here' }];
  return Object.assign(server, { config: { iceServers, iceTransportPolicy: 'relay' } });
}

/** The app and its signalling from the command, with a queue for linkage units. */
export async function startQueueApp(
  queue: string,
): Promise<AsyncDisposable & { readonly address: string; readonly token: string }> {
  const port = await freePort();
  const command = [process.execPath, '--import', 'tsx', 'src/cli/blindjoin.ts'] as const;
  const words = ['serve', '--host', '127.0.0.1', '--port', String(port), '--queue', queue];
  const server = new Restartable([...command, ...words], /Blindjoin is at/);
  await server.start();
  return {
    address: `http://127.0.0.1:${port}/`,
    token: /only: (\S+)/.exec(server.printed)?.[1] ?? '',
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
