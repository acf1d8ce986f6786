/** `blindjoin`: the parts that need no browser, on the command line. */
import { runBlindjoin } from './program.ts';
import { processTerminal } from './terminal.ts';

// Who reads the output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runBlindjoin(process.argv.slice(2), processTerminal());
