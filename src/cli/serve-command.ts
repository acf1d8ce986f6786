import type { Command } from 'commander';
import { type ServeOptions, serveUntilStopped } from '../server/serve.ts';
import type { UnitQueue } from '../unit-queue/unit-queue.ts';
import { CommandError } from './command-error.ts';
import { type QueueOptions, queueOf, withQueue } from './queue-options.ts';
import type { Terminal } from './terminal.ts';

interface ServeCommandOptions extends QueueOptions {
  readonly port?: string;
  readonly host?: string;
}

/** The queue that a linkage unit's page may use, where one was asked for. */
async function openQueue(terminal: Terminal, options: QueueOptions): Promise<UnitQueue | undefined> {
  // Named by the option alone: a server that only happens to have the variable offers nothing.
  const address = options.queue === undefined ? undefined : queueOf(terminal, options);
  if (!address) return undefined;
  const [{ UnitQueue }, { countWorkers }] = await Promise.all([
    import('../unit-queue/unit-queue.ts'),
    import('../queue/count-workers.ts'),
  ]);
  const workers = await countWorkers(address);
  const queue = new UnitQueue(address);
  terminal.out(
    `A linkage unit's page from this server may compare on ${queue.name} (${workers} waiting ${workers === 1 ? 'worker' : 'workers'}).\n` +
      `Its token, for the linkage unit only: ${queue.token}\n`,
  );
  return queue;
}

async function serve(terminal: Terminal, options: ServeCommandOptions): Promise<void> {
  const queue = await openQueue(terminal, options);
  const served: ServeOptions = { port: options.port, host: options.host, sockets: queue };
  await serveUntilStopped(served, (line) => terminal.out(`${line}\n`)).catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });
}

const NOTES = `
With --queue, a linkage unit's page that comes from this server may have the workers of a queue compare (blindjoin worker). Run
it on the linkage unit's own machine, and give the token that is printed to nobody else: CLKs go to this server, to the queue
and to its workers. BLINDJOIN_QUEUE_PASSWORD is the password of the queue.`;

/** \`serve\`: the app itself, for everybody who is to open it in a browser. */
export function addServeCommand(program: Command, terminal: Terminal): void {
  withQueue(program.command('serve'))
    .description('Serve the app with its signalling on one port, until interrupted.')
    .option('--port <PORT>', 'port; unless given that of PORT in the environment, or the first free one from 8080')
    .option('--host <ADDRESS>', 'address to listen at; unless given all of this computer')
    .addHelpText('after', NOTES)
    .action(async (options: ServeCommandOptions) => {
      await serve(terminal, options);
      // The signalling server's timers would keep the process.
      process.exit();
    });
}
