/** A part's result as it comes from the queue, held against what the part can have. */
import { type CandidatePairs, compareCandidates } from '../compare/candidates.ts';
import { CompareError } from '../compare/filters.ts';
import { loadCandidates } from '../compare/serialisation.ts';
import { type QueuePart, type RunManifest, readResult } from './messages.ts';
import { QueueError } from './queue-error.ts';

export interface CheckedResult {
  readonly worker: string;
  readonly seconds: number;
  readonly pairs: CandidatePairs;
}

const foreign = (why: string): QueueError =>
  new QueueError(
    `A worker's result is none of this run: ${why}. Run one version of blindjoin on all machines, and let nobody else write to the queue.`,
  );

type Rows = readonly [first: number, end: number];

/** The rows that a part may speak of. */
function rowsOf(part: QueuePart, { sets }: RunManifest): { readonly first: Rows; readonly second: Rows } {
  if (part.kind === 'rows') return part;
  return { first: [0, sets[part.firstDataset]?.rows ?? 0], second: [0, sets[part.secondDataset]?.rows ?? 0] };
}

const isWithin = (row: number, [first, end]: Rows): boolean => row >= first && row < end;

/** @throws QueueError where it cannot be the part's result */
export function checkedResult(bytes: Uint8Array, part: QueuePart, manifest: RunManifest): CheckedResult {
  const { worker, seconds, pairs: dumped } = readResult(bytes);
  let pairs: CandidatePairs;
  try {
    pairs = loadCandidates(dumped);
  } catch (error) {
    if (!(error instanceof CompareError)) throw error;
    throw foreign(error.message.replace(/\.$/, ''));
  }
  const rows = rowsOf(part, manifest);
  for (let i = 0; i < pairs.similarities.length; i++) {
    if (pairs.firstDataset[i] !== part.firstDataset || pairs.secondDataset[i] !== part.secondDataset) {
      throw foreign('a pair is of other parties');
    }
    if (!isWithin(pairs.firstRecord[i] ?? 0, rows.first) || !isWithin(pairs.secondRecord[i] ?? 0, rows.second)) {
      throw foreign('a pair has a row that was not to be compared');
    }
    if ((pairs.similarities[i] ?? 0) < manifest.threshold) throw foreign('a pair is below the threshold');
    if (i > 0 && compareCandidates(pairs, i - 1, pairs, i) > 0) throw foreign('its pairs are in no order');
  }
  return { worker, seconds, pairs };
}
