/** `npm start`: serves the built app and its signalling until interrupted. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireNode } from '../machine/machine.ts';
import type { RunningServer } from './server.ts';

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

async function serve(wanted: number | undefined, host: string | undefined, dist: string): Promise<RunningServer> {
  // Loaded here, so that an old Node gets our sentence and not a syntax error.
  const { startServer } = await import('./server.ts');
  const first = wanted ?? DEFAULT_PORT;
  for (let port = first; ; port++) {
    try {
      return await startServer({ port, dist, ...(host === undefined ? {} : { host }) });
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (wanted !== undefined)
        throw new Error(`Port ${wanted} is taken. Stop what uses it, or give another by --port.`);
      if (port + 1 === first + PORTS_TRIED)
        throw new Error(`Ports ${first} to ${port} are all taken. Give one by --port.`);
      console.log(`Port ${port} is taken; trying ${port + 1}.`);
    }
  }
}

/** The built app: beside the bundled server, or where the project builds it. */
function builtApp(): string {
  const folders = ['../dist', '../../dist'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  const found = folders.find((folder) => existsSync(join(folder, 'index.html')));
  if (found === undefined) throw new Error('The app is not built yet. Run: npm run build');
  return found;
}

async function main(): Promise<void> {
  requireNode();
  const { values } = parseArgs({
    options: { port: { type: 'string' }, host: { type: 'string' }, dist: { type: 'string' } },
  });
  const dist = values.dist ?? builtApp();
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`There is no built app in ${dist}.`);
  const server = await serve(portFrom(values.port, process.env.PORT), values.host, dist);
  console.log(`Blindjoin is at ${server.url}`);
  // PeerServer's timers would keep the process.
  const stop = () => void server.close().then(() => process.exit());
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // Where another Node program started this one and is gone.
  process.once('disconnect', stop);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
