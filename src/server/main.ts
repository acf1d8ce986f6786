/** `npm start`: serves the built app and its signalling until interrupted. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireNode } from '../machine/machine.ts';
import { serveUntilStopped } from './serve.ts';

async function main(): Promise<void> {
  requireNode();
  const { values } = parseArgs({
    options: { port: { type: 'string' }, host: { type: 'string' }, dist: { type: 'string' } },
  });
  await serveUntilStopped(values, (line) => console.log(line));
  // PeerServer's timers would keep the process.
  process.exit();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
