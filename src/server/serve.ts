/** Serving the built app and its signalling, from the command line. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunningServer } from './server.ts';
import type { SocketTaker } from './signalling-server.ts';

const DEFAULT_PORT = 8080;
const PORTS_TRIED = 20;

/**
 * The port asked for by `--port` or PORT, or undefined where neither is.
 * @throws Error when it is no port.
 */
export function portFrom(argument: string | undefined, environment: string | undefined): number | undefined {
  const text = argument ?? environment;
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`"${text}" is no port. Give a number from 0 to 65535.`);
  return port;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

interface Served {
  readonly wanted: number | undefined;
  readonly host: string | undefined;
  readonly dist: string;
  readonly sockets: SocketTaker | undefined;
}

async function serve({ wanted, host, dist, sockets }: Served, say: (line: string) => void): Promise<RunningServer> {
  // Loaded here, so that an old Node gets our sentence and not a syntax error.
  const { startServer } = await import('./server.ts');
  const first = wanted ?? DEFAULT_PORT;
  for (let port = first; ; port++) {
    try {
      return await startServer({ port, dist, sockets, ...(host === undefined ? {} : { host }) });
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (wanted !== undefined)
        throw new Error(`Port ${wanted} is taken. Stop what uses it, or give another by --port.`);
      if (port + 1 === first + PORTS_TRIED)
        throw new Error(`Ports ${first} to ${port} are all taken. Give one by --port.`);
      say(`Port ${port} is taken; trying ${port + 1}.`);
    }
  }
}

/**
 * The folder of the built app: beside the bundled server, or where the project builds it.
 * @throws Error where there is none
 */
export function builtApp(): string {
  const folders = ['../dist', '../../dist'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  const found = folders.find((folder) => existsSync(join(folder, 'index.html')));
  if (found === undefined) throw new Error('The app is not built yet. Run: npm run build');
  return found;
}

export interface ServeOptions {
  /** As typed; PORT of the environment where it is left out, then the first free one from 8080. */
  readonly port?: string | undefined;
  /** All addresses of the computer unless given. */
  readonly host?: string | undefined;
  /** The folder of the built app, where it is another. */
  readonly dist?: string | undefined;
  /** Who takes sockets beside the signalling, if anybody does. */
  readonly sockets?: SocketTaker | undefined;
}

/**
 * Serves until the process is told to stop.
 * @throws Error that says what to do where it cannot serve
 */
export async function serveUntilStopped(
  { port, host, dist = builtApp(), sockets }: ServeOptions,
  say: (line: string) => void,
): Promise<void> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`There is no built app in ${dist}.`);
  const server = await serve({ wanted: portFrom(port, process.env.PORT), host, dist, sockets }, say);
  say(`Blindjoin is at ${server.url}`);
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
    // Where another Node program started this one and is gone.
    process.once('disconnect', () => stop());
  });
  await server.close();
}
