import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { addressWords } from '../queue/address.ts';
import type { WorkerTally } from '../queue/queue-worker.ts';
import { UsageError } from './command-error.ts';
import { isVerbose, withVerbose } from './options.ts';
import { type QueueOptions, queueOf, withQueue } from './queue-options.ts';
import type { Terminal } from './terminal.ts';
import { threadsOption } from './threads.ts';

interface WorkerCommandOptions extends QueueOptions {
  readonly threads?: number;
  readonly deadAfter: number;
}

const LINE_MS = 10_000;

function tallyWords({ parts, pairs, seconds, fetched }: WorkerTally): string {
  const mb = (fetched / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
  return `${parts} parts compared in ${seconds.toFixed(1)} thread seconds, ${pairs} pairs found, ${mb} MB of CLKs fetched`;
}

async function work(terminal: Terminal, options: WorkerCommandOptions, verbose: boolean): Promise<void> {
  const address = queueOf(terminal, options);
  if (!address) throw new UsageError("Missing option '--queue', or BLINDJOIN_QUEUE in the environment.");
  const [{ connectToQueue }, { workOnQueue }] = await Promise.all([
    import('../queue/connection.ts'),
    import('../queue/queue-worker.ts'),
  ]);
  const stop = new AbortController();
  const release = terminal.onStop(() => stop.abort());
  // Always threads of their own: this one has to say that the worker lives.
  const cores = options.threads ?? terminal.threads.cores;
  const threads = Array.from({ length: cores }, terminal.threads.open);
  const redis = await connectToQueue(address, {
    away: () => terminal.err('The queue is away. Waiting for it.\n'),
    back: () => terminal.err('The queue is back.\n'),
  });
  let next = performance.now() + LINE_MS;
  try {
    const name = `${hostname()}-${process.pid}-${randomBytes(2).toString('hex')}`;
    terminal.err(`${name} waits on ${addressWords(address)} with ${cores} ${cores === 1 ? 'thread' : 'threads'}.\n`);
    const working = workOnQueue(redis, {
      name,
      threads: threads.map(({ worker }) => worker),
      deadAfter: options.deadAfter,
      signal: stop.signal,
      onPart: (tally) => {
        if (!(verbose || terminal.watched) || performance.now() < next) return;
        next = performance.now() + LINE_MS;
        terminal.err(`${tallyWords(tally)}\n`);
      },
    });
    const tally = await Promise.race([working, ...threads.map(({ failed }) => failed)]);
    terminal.err(`Ended: ${tallyWords(tally)}\n`);
  } finally {
    release();
    redis.disconnect();
    for (const thread of threads) thread.end();
  }
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= 3_600)) throw new InvalidArgumentError(`'${text}' is not a number from 1 to 3600.`);
  return seconds;
}

const NOTES = `
Works for every run on the queue until it is asked to end (Ctrl-C, SIGTERM); the parts under way are done first. The CLKs
of a run are fetched once, held in memory, and forgotten when the run is over. Who controls the queue or a worker can read
the CLKs: both belong to the linkage unit. BLINDJOIN_QUEUE names the queue too, and BLINDJOIN_QUEUE_PASSWORD its password.`;

/** `worker`. */
export function addWorkerCommand(program: Command, terminal: Terminal): void {
  const command = program.command('worker');
  withQueue(withVerbose(command))
    .description('Compare CLKs for link --queue, on this machine beside others.')
    .addOption(threadsOption())
    .addOption(
      new Option('--dead-after <SECONDS>', 'without a sign of life for so long, another worker takes over its parts')
        .argParser(parseSeconds)
        .default(30),
    )
    .addHelpText('after', NOTES)
    .action((options: WorkerCommandOptions) => work(terminal, options, isVerbose(command)));
}
