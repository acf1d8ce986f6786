/** `blindjoin`: the parts that need no browser, on the command line. */
import { parentPort } from 'node:worker_threads';
import { runBlindjoin } from './program.ts';
import { processTerminal } from './terminal.ts';
import { processThreads, serveThread } from './threads.ts';

if (parentPort) serveThread(parentPort);
else {
  const threads = processThreads(new URL(import.meta.url));
  process.exitCode = await runBlindjoin(process.argv.slice(2), processTerminal(threads));
}
