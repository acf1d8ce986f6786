import { randomBytes } from 'node:crypto';
import { candidateTriples } from '../compare/candidate-triples.ts';
import { type SortedTriples, TripleSorter } from '../disk/triple-sorter.ts';
import { addressWords, type QueueAddress } from '../queue/address.ts';
import type { RunManifest } from '../queue/messages.ts';
import { planBlocks, planRows, type RunPlan } from '../queue/plan.ts';
import type { RunProgress, WorkerRates } from '../queue/worker-rates.ts';
import { CommandError } from './command-error.ts';
import { type FoundPairs, limitTriples, pairsOfTriples } from './found-pairs.ts';
import type { CompareSettings } from './linkage.ts';
import { checkSets, type SetFiles } from './linked-sets.ts';
import { createProgress } from './progress.ts';
import { type SpooledSet, spoolSet } from './spooled-set.ts';
import type { Terminal } from './terminal.ts';

/** Bytes of CLKs that are handed to a worker at a time. */
const SLICE_BYTES = 1 << 20;
/** The exit code of a command that was asked to end. */
const STOPPED = 130;

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

function planOf(sets: readonly SpooledSet[], blocks: SortedTriples, settings: CompareSettings): RunPlan {
  const sizes = sets.map(({ rows }) => rows);
  if (!sets.some(({ blocked }) => blocked)) return planRows(sizes, settings.part);
  return planBlocks(blocks, sets.length, settings.top !== undefined, settings.part);
}

function manifestOf(sets: readonly SpooledSet[], { threshold, top, similarity }: CompareSettings): RunManifest {
  const longest = Math.max(1, ...sets.map(({ bytesPerClk }) => bytesPerClk));
  return {
    sets: sets.map(({ rows, bytesPerClk }) => ({ rows, bytesPerClk })),
    rowsPerSlice: Math.max(1, Math.floor(SLICE_BYTES / longest)),
    threshold,
    ...(top === undefined ? {} : { top }),
    measure: similarity ?? 'dice',
  };
}

async function compareOnQueue(
  terminal: Terminal,
  address: QueueAddress,
  manifest: RunManifest,
  sets: readonly SpooledSet[],
  plan: RunPlan,
  found: TripleSorter,
  verbose: boolean,
): Promise<void> {
  // Loaded only here: other commands start without them.
  const [{ connectToQueue }, { Coordinator }] = await Promise.all([
    import('../queue/connection.ts'),
    import('../queue/coordinator.ts'),
  ]);
  const report = createReport(terminal, address, verbose);
  const stop = new AbortController();
  const release = terminal.onStop(() =>
    stop.abort(new CommandError('Stopped. The CLKs were taken out of the queue.', STOPPED)),
  );
  let rates: WorkerRates | undefined;
  try {
    const redis = await connectToQueue(address, {
      away: () => report.say('The queue is away. The run goes on when it is back.'),
      back: () => report.say('The queue is back.'),
    });
    const waiting = await connectToQueue(address);
    const run = {
      id: randomBytes(16).toString('hex'),
      manifest,
      sources: sets.map((set) => () => set.slices(manifest.rowsPerSlice)),
      plan,
    };
    const take = (pairs: Parameters<typeof candidateTriples>[0]) => found.addSorted(candidateTriples(pairs));
    rates = await new Coordinator(run, { redis, waiting }, take, { signal: stop.signal, ...report }).compare();
  } finally {
    release();
    report.end(rates);
  }
}

/** Pairs of data sets, and their rows. */
export interface QueueLinked {
  readonly pairs: FoundPairs;
  readonly sizes: readonly number[];
}

/**
 * Compares data sets by the workers of a queue. Neither CLKs nor pairs are held in memory: they lie in the folder.
 * @throws CommandError for files that do not fit together, and when the command is stopped; QueueError
 */
export async function linkOnQueue(
  terminal: Terminal,
  address: QueueAddress,
  files: readonly SetFiles[],
  settings: CompareSettings,
  folder: string,
  verbose: boolean,
): Promise<QueueLinked> {
  const entries = new TripleSorter({ folder });
  const sets: SpooledSet[] = [];
  for (const [dataset, file] of files.entries()) sets.push(await spoolSet(terminal, file, dataset, entries, folder));
  checkSets(sets);
  const blocks = entries.finish();
  const found = new TripleSorter({ folder });
  const plan = planOf(sets, blocks, settings);
  await compareOnQueue(terminal, address, manifestOf(sets, settings), sets, plan, found, verbose);
  const sorted = found.finish();
  const { top } = settings;
  const blocked = sets.some((set) => set.blocked);
  const kept = top === undefined ? sorted : limitTriples(sorted, top, !blocked, folder);
  return { pairs: pairsOfTriples(kept), sizes: sets.map(({ rows }) => rows) };
}
