import type { TemporaryFiles } from '../disk/temporary-files.ts';
import { TripleSorter } from '../disk/triple-sorter.ts';
import { addressWords, type QueueAddress } from '../queue/address.ts';
import type { SpooledSet } from '../queue/clk-spool.ts';
import type { QueueFound, QueueRun } from '../queue/queue-run.ts';
import type { RunProgress, WorkerRates } from '../queue/worker-rates.ts';
import { CommandError, STOPPED_CODE } from './command-error.ts';
import { type FoundPairs, pairsOfTriples } from './found-pairs.ts';
import type { CompareSettings } from './linkage.ts';
import { checkSets, type SetFiles } from './linked-sets.ts';
import { createProgress } from './progress.ts';
import { spoolSet } from './spooled-set.ts';
import type { Terminal } from './terminal.ts';

const millions = (rate: number): string => (rate / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });

/** What a run is told to others as: in words on the error stream. */
function createReport(terminal: Terminal, address: QueueAddress, verbose: boolean) {
  const progress = createProgress(terminal, verbose);
  let said = false;
  return {
    onProgress: ({ done, workers, rate }: RunProgress): void => {
      if (workers === 0 && !said) {
        said = true;
        terminal.err(`No worker waits on the queue. Start some: blindjoin worker --queue ${addressWords(address)}\n`);
      }
      const who = `${workers} ${workers === 1 ? 'worker' : 'workers'}`;
      progress.report(done, `compared, ${who}, ${millions(rate)} million comparisons/s`);
    },
    say: (sentence: string): void => terminal.err(`${sentence}\n`),
    end: (rates?: WorkerRates): void => {
      progress.end();
      for (const { worker, parts, comparisons, seconds } of rates?.all() ?? []) {
        terminal.err(
          `${worker}: ${parts} parts, ${millions(comparisons / Math.max(seconds, 1e-3))} million comparisons/s a thread\n`,
        );
      }
    },
  };
}

async function compareOnQueue(
  terminal: Terminal,
  address: QueueAddress,
  run: QueueRun,
  files: TemporaryFiles,
  verbose: boolean,
): Promise<QueueFound> {
  // Loaded only here: other commands start without it.
  const { findOnQueue } = await import('../queue/queue-run.ts');
  const report = createReport(terminal, address, verbose);
  const stop = new AbortController();
  const release = terminal.onStop(() =>
    stop.abort(new CommandError('Stopped. The CLKs were taken out of the queue.', STOPPED_CODE)),
  );
  let found: QueueFound | undefined;
  try {
    found = await findOnQueue(address, run, files, { signal: stop.signal, ...report });
    return found;
  } finally {
    release();
    report.end(found?.rates);
  }
}

/** Pairs of data sets, and their rows. */
export interface QueueLinked {
  readonly pairs: FoundPairs;
  readonly sizes: readonly number[];
}

/**
 * Compares data sets by the workers of a queue. Neither CLKs nor pairs are held in memory: they lie in files.
 * @throws CommandError for files that do not fit together, and when the command is stopped; QueueError
 */
export async function linkOnQueue(
  terminal: Terminal,
  address: QueueAddress,
  given: readonly SetFiles[],
  settings: CompareSettings,
  files: TemporaryFiles,
  verbose: boolean,
): Promise<QueueLinked> {
  const entries = new TripleSorter({ files });
  const sets: SpooledSet[] = [];
  for (const [dataset, file] of given.entries()) sets.push(await spoolSet(terminal, file, dataset, entries, files));
  checkSets(sets);
  const run = { ...settings, sets, blocks: entries.finish() };
  const { pairs } = await compareOnQueue(terminal, address, run, files, verbose);
  return { pairs: pairsOfTriples(pairs), sizes: sets.map(({ rows }) => rows) };
}
