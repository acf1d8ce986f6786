import type { Command } from 'commander';
import { type ServeOptions, serveUntilStopped } from '../server/serve.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** `serve`: the app itself, for everybody who is to open it in a browser. */
export function addServeCommand(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description('Serve the app with its signalling on one port, until interrupted.')
    .option('--port <PORT>', 'port; unless given that of PORT in the environment, or the first free one from 8080')
    .option('--host <ADDRESS>', 'address to listen at; unless given all of this computer')
    .action(async (options: ServeOptions) => {
      await serveUntilStopped(options, (line) => terminal.out(`${line}\n`)).catch((error: unknown) => {
        throw new CommandError(error instanceof Error ? error.message : String(error));
      });
      // The signalling server's timers would keep the process.
      process.exit();
    });
}
