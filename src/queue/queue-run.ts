/** A linkage on the workers of a queue: from data sets on disk to pairs on disk, in the order of anonlink. */
import { randomBytes } from 'node:crypto';
import { createPairLimit } from '../compare/candidate-limit.ts';
import { candidateTriples, triplesAsCandidates } from '../compare/candidate-triples.ts';
import type { Measure } from '../compare/dice-bounds.ts';
import type { TemporaryFiles } from '../disk/temporary-files.ts';
import { type SortedTriples, TripleSorter } from '../disk/triple-sorter.ts';
import type { QueueAddress } from './address.ts';
import type { SpooledSet } from './clk-spool.ts';
import { connectToQueue } from './connection.ts';
import { Coordinator, type CoordinatorControl } from './coordinator.ts';
import type { RunManifest } from './messages.ts';
import { planBlocks, planRows, type RunPlan } from './plan.ts';
import type { WorkerRates } from './worker-rates.ts';

/** Bytes of CLKs that are handed to a worker at a time. */
const SLICE_BYTES = 1 << 20;

export interface QueueRun {
  readonly sets: readonly SpooledSet[];
  /** Where rows have blocks: two numbers that name a block, then `entryPlace`. */
  readonly blocks: SortedTriples;
  readonly threshold: number;
  readonly top?: number;
  /** Dice unless given. */
  readonly similarity?: Measure;
  /** Comparisons in a part of a run. */
  readonly part?: number;
}

export interface QueueFound {
  /** As `candidateTriples` writes pairs; each once. */
  readonly pairs: SortedTriples;
  readonly rates: WorkerRates;
}

function planOf({ sets, blocks, top, part }: QueueRun): RunPlan {
  if (sets.some(({ blocked }) => blocked)) return planBlocks(blocks, sets.length, top !== undefined, part);
  return planRows(
    sets.map(({ rows }) => rows),
    part,
  );
}

function manifestOf({ sets, threshold, top, similarity }: QueueRun): RunManifest {
  const longest = Math.max(1, ...sets.map(({ bytesPerClk }) => bytesPerClk));
  return {
    sets: sets.map(({ rows, bytesPerClk }) => ({ rows, bytesPerClk })),
    rowsPerSlice: Math.max(1, Math.floor(SLICE_BYTES / longest)),
    threshold,
    ...(top === undefined ? {} : { top }),
    measure: similarity ?? 'dice',
  };
}

/** Of pairs as triples those that `createPairLimit` keeps. */
function limitTriples(sorted: SortedTriples, top: number, firstAlone: boolean, files: TemporaryFiles): SortedTriples {
  const limit = createPairLimit(top, firstAlone);
  const kept = new TripleSorter({ files });
  for (const part of sorted.parts()) kept.addSorted(candidateTriples(limit(triplesAsCandidates(part))));
  return kept.finish();
}

/**
 * Compares data sets by the workers of a queue. Neither CLKs nor pairs are held in memory: they lie in files. However it
 * ends, the CLKs are taken out of the queue.
 * @throws QueueError, or the signal's reason
 */
export async function findOnQueue(
  address: QueueAddress,
  run: QueueRun,
  files: TemporaryFiles,
  control: CoordinatorControl,
): Promise<QueueFound> {
  const manifest = manifestOf(run);
  const plan = planOf(run);
  const found = new TripleSorter({ files });
  const redis = await connectToQueue(address, {
    away: () => control.say('The queue is away. The run goes on when it is back.'),
    back: () => control.say('The queue is back.'),
  });
  const waiting = await connectToQueue(address).catch((error: unknown) => {
    redis.disconnect();
    throw error;
  });
  const coordinated = {
    id: randomBytes(16).toString('hex'),
    manifest,
    sources: run.sets.map((set) => () => set.slices(manifest.rowsPerSlice)),
    plan,
  };
  const coordinator = new Coordinator(
    coordinated,
    { redis, waiting },
    (pairs) => found.addSorted(candidateTriples(pairs)),
    control,
  );
  const rates = await coordinator.compare();
  const sorted = found.finish();
  const { top, sets } = run;
  const blocked = sets.some((set) => set.blocked);
  return { pairs: top === undefined ? sorted : limitTriples(sorted, top, !blocked, files), rates };
}
