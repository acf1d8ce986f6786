/** One run of a linkage unit's page, for which the queue of the page's server compares. */
import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import { type Channel, ChannelClosed } from '../channel/channel.ts';
import { triplesAsCandidates } from '../compare/candidate-triples.ts';
import { type TemporaryFiles, withTemporaryFiles } from '../disk/temporary-files.ts';
import { type SortedTriples, TripleSorter } from '../disk/triple-sorter.ts';
import { BLOCK_BYTES, UploadCheck } from '../linking/clk-upload.ts';
import { MAX_PAIRS, tooManyPairs } from '../linking/linkage-engine.ts';
import { LinkingError } from '../linking/linking-error.ts';
import { onlyBlob, parseMessage } from '../linking/messages.ts';
import { fromPage } from '../linking/queue-messages.ts';
import { sendScores } from '../linking/result-transfer.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import { scoredPairs } from '../linking/run-solver.ts';
import type { QueueAddress } from '../queue/address.ts';
import { ClkSpool, type SpooledSet } from '../queue/clk-spool.ts';
import { entryPlace } from '../queue/plan.ts';
import { findOnQueue } from '../queue/queue-run.ts';
import type { RunProgress } from '../queue/worker-rates.ts';

type Announced = z.infer<typeof fromPage.run>;

/** Results say which run they are of; a connection has one. */
const RUN = 1;
const PROGRESS_MS = 250;

/** Where rows are, by the 8 bytes that a block has for a name. */
function addEntries(entries: TripleSorter, dataset: number, first: number, counts: Uint16Array, ids: Uint8Array): void {
  const names = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
  let at = 0;
  counts.forEach((count, i) => {
    for (const end = at + BLOCK_BYTES * count; at < end; at += BLOCK_BYTES) {
      entries.add(names.getUint32(at), names.getUint32(at + BLOCK_BYTES / 2), entryPlace(dataset, first + i));
    }
  });
}

async function takeUpload(
  channel: Channel,
  { bytesPerClk, blocks }: Announced,
  dataset: number,
  entries: TripleSorter,
  files: TemporaryFiles,
): Promise<SpooledSet> {
  const upload = parseMessage({ upload: fromPage.upload }, await channel.receive()).body;
  const check = new UploadCheck(upload, { bytesPerClk, blocks });
  const spool = new ClkSpool(files);
  while (!check.complete) {
    const part = parseMessage({ clks: fromPage.clks, blocks: fromPage.blocks }, await channel.receive());
    if (part.kind === 'clks') {
      const bits = onlyBlob(part.kind, part.blobs);
      check.takeClks(part.body.first, bits);
      spool.write(bits);
    } else {
      const { first, rows } = part.body;
      const { counts, ids } = check.takeBlocks(first, rows, part.blobs);
      addEntries(entries, dataset, first, counts, ids);
    }
  }
  return spool.set({ rows: upload.rows, bytesPerClk, blocked: blocks });
}

function* scoresOf(pairs: SortedTriples): Generator<ScoredPairs> {
  for (const part of pairs.parts()) yield scoredPairs(triplesAsCandidates(part));
}

/** Tells the page how a run stands, not more often than a person reads. */
function reportTo(channel: Channel) {
  let next = 0;
  const post = (kind: string, body: object) => void channel.send({ kind, body, blobs: [] }).catch(() => {});
  return {
    onProgress: ({ done, workers, rate }: RunProgress): void => {
      if (performance.now() < next) return;
      next = performance.now() + PROGRESS_MS;
      post('progress', { done, workers, rate });
    },
    say: (sentence: string): void => post('said', { sentence }),
  };
}

async function computeRun(
  channel: Channel,
  address: QueueAddress,
  files: TemporaryFiles,
  signal: AbortSignal,
): Promise<void> {
  const announced = parseMessage({ run: fromPage.run }, await channel.receive()).body;
  const { threshold, providers } = announced;
  const entries = new TripleSorter({ files });
  const sets: SpooledSet[] = [];
  for (let i = 0; i < providers; i++) sets.push(await takeUpload(channel, announced, i, entries, files));
  const gone = new AbortController();
  // The page has said all: what comes now is that it leaves.
  const leaving = channel.receive().then(
    () => gone.abort(new LinkingError('The page sent more than a run.')),
    (error: unknown) => gone.abort(error),
  );
  const blocks = entries.finish();
  // Sorting takes its time; the connection gets its turn.
  await setImmediate();
  const control = { signal: AbortSignal.any([signal, gone.signal]), ...reportTo(channel) };
  const { pairs } = await findOnQueue(address, { sets, blocks, threshold }, files, control);
  if (pairs.count > MAX_PAIRS) throw tooManyPairs(MAX_PAIRS, threshold);
  await sendScores(channel, RUN, pairs.count, scoresOf(pairs), sets[0]?.rows ?? 1);
  await leaving;
}

/**
 * Computes a run for a page, and gives it the pairs. Never rejects: what goes wrong is said to the page, and closes the channel.
 * @param signal ends it early
 */
export async function serveUnitRun(channel: Channel, address: QueueAddress, signal: AbortSignal): Promise<void> {
  try {
    await withTemporaryFiles((files) => computeRun(channel, address, files, signal));
    await channel.close({ code: 'finished', message: 'The run is over.' });
  } catch (error) {
    if (error instanceof ChannelClosed) return;
    const message = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
    await channel.close({ code: 'declined', message });
  }
}
