/** A real Redis of a test's own, where this machine has one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedis, NO_REDIS } from '../machine/machine.ts';

const program = findRedis();

/** Whether there is one; where not, a sentence says so. */
export const hasRedis = program !== undefined;

if (!hasRedis) console.warn(NO_REDIS);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
}

export class RedisServer {
  #process: ChildProcess | undefined;

  readonly #folder: string;
  readonly #words: readonly string[];

  private constructor(
    readonly port: number,
    folder: string,
    words: readonly string[],
  ) {
    this.#folder = folder;
    this.#words = words;
  }

  /** @param words arguments of its own, which may name the port `PORT` */
  static async start(...words: string[]): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'blindjoin-redis-'));
    const server = new RedisServer(await freePort(), folder, words);
    await server.open();
    return server;
  }

  get address(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the server, which knows nothing of what it held before. */
  async open(): Promise<void> {
    const own = this.#words.map((word) => (word === 'PORT' ? String(this.port) : word));
    const listening = this.#words.includes('PORT') ? [] : ['--port', String(this.port)];
    const words = [...listening, '--bind', '127.0.0.1', '--save', '', '--dir', this.#folder, ...own];
    this.#process = spawn(program ?? '', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const { stdout } = this.#process;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      this.#process?.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
      stdout?.on('data', (bytes) => {
        said += bytes;
        if (said.includes('Ready to accept connections')) resolve();
      });
    });
  }

  /** Ends the server at once. */
  async kill(): Promise<void> {
    const process = this.#process;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
