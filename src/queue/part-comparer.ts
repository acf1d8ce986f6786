/** The comparing of one part of a run, in a thread of a worker. */
import { type CandidatePairs, mergeCandidates } from '../compare/candidates.ts';
import { DiceComparison, type DiceOptions, type RecordBlocks } from '../compare/dice.ts';
import { type FilterSet, filtersOf } from '../compare/filters.ts';
import type { RecordPairs } from '../compare/record-pairs.ts';
import { numbersIn, type QueuePart, type RunManifest } from './messages.ts';

/** The slices of a data set's CLKs by their number, those at least that a part reads. */
export type SlicesOfSet = readonly (Uint8Array | undefined)[];

export interface PartRequest {
  readonly run: string;
  readonly manifest: RunManifest;
  readonly part: QueuePart;
  readonly first: SlicesOfSet;
  readonly second: SlicesOfSet;
}

/** A thread that compares parts. */
export interface PartThread {
  comparePart(request: PartRequest): Promise<CandidatePairs>;
}

/** In a part of several blocks, those of so many pairs are compared by themselves, which is faster for large ones. */
const ALONE = 1 << 16;

/** Some rows of a data set, side by side: row `i` here is row `rows[i]` there. */
interface GatheredRows {
  readonly filters: FilterSet;
  readonly rows: Uint32Array;
}

function gather(manifest: RunManifest, dataset: number, slices: SlicesOfSet, rows: Uint32Array): GatheredRows {
  const { rowsPerSlice, sets } = manifest;
  const bytesPerClk = sets[dataset]?.bytesPerClk ?? 0;
  const bits = new Uint8Array(rows.length * bytesPerClk);
  rows.forEach((row, i) => {
    const start = (row % rowsPerSlice) * bytesPerClk;
    const clk = slices[Math.floor(row / rowsPerSlice)]?.subarray(start, start + bytesPerClk);
    if (clk?.length !== bytesPerClk) throw new Error(`The CLK of row ${row} of party ${dataset} is missing.`);
    bits.set(clk, i * bytesPerClk);
  });
  return { filters: filtersOf({ rows: rows.length, bits, bytesPerClk }), rows };
}

const rowsOf = ([first, end]: readonly [number, number]): Uint32Array =>
  Uint32Array.from({ length: end - first }, (_, i) => first + i);

/** The rows of lists, each once, rising. */
function union(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let length = 0;
  for (const list of lists) {
    all.set(list, length);
    length += list.length;
  }
  return all.sort().filter((row, i, sorted) => i === 0 || row !== sorted[i - 1]);
}

/** The blocks of gathered rows: block `i` holds the rows `lists[i]`. */
function blocksOfRows(rows: Uint32Array, lists: readonly Uint32Array[]): RecordBlocks {
  const places = new Map(Array.from(rows, (row, i) => [row, i] as const));
  const placesIn = lists.map((list) => list.map((row) => places.get(row) ?? 0));
  const starts = new Uint32Array(rows.length + 1);
  for (const list of placesIn) for (const place of list) starts[place + 1] = (starts[place + 1] ?? 0) + 1;
  for (let i = 0; i < rows.length; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const next = starts.slice();
  const ids = new Uint32Array(starts.at(-1) ?? 0);
  placesIn.forEach((list, block) => {
    for (const place of list) {
      ids[next[place] ?? 0] = block;
      next[place] = (next[place] ?? 0) + 1;
    }
  });
  return { starts, ids };
}

interface BlockRows {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

function blocksIn(part: Extract<QueuePart, { kind: 'blocks' }>): BlockRows[] {
  const sizes = numbersIn(part.sizes);
  const rows = numbersIn(part.rows);
  const blocks: BlockRows[] = [];
  let at = 0;
  for (let i = 0; i < sizes.length; i += 2) {
    const middle = at + (sizes[i] ?? 0);
    const end = middle + (sizes[i + 1] ?? 0);
    if (end > rows.length) throw new Error('A part has fewer rows than its blocks.');
    blocks.push({ first: rows.subarray(at, middle), second: rows.subarray(middle, end) });
    at = end;
  }
  return blocks;
}

const optionsOf = ({ threshold, top, measure }: RunManifest): DiceOptions => ({ threshold, top, measure });

/** Compares parts one after another; of parts with the same second rows these stay ready. */
export class PartComparer {
  #ready: { readonly key: string; readonly rows: Uint32Array; readonly comparison: DiceComparison } | undefined;

  /** Candidates of a part, in order; a pair that shares several blocks may come more than once. */
  compare(request: PartRequest): CandidatePairs {
    const { part } = request;
    if (part.kind === 'rows') return this.#compareRows(request, part);
    const blocks = blocksIn(part);
    const isLarge = ({ first, second }: BlockRows): boolean => first.length * second.length >= ALONE;
    const small = blocks.filter((block) => !isLarge(block));
    const found = blocks.filter(isLarge).map((block) => this.#compareTogether(request, [block]));
    if (small.length > 0) found.push(this.#compareTogether(request, small));
    return mergeCandidates(found);
  }

  #compareRows(request: PartRequest, part: Extract<QueuePart, { kind: 'rows' }>): CandidatePairs {
    const { run, manifest } = request;
    const key = `${run} ${part.secondDataset} ${part.second.join(' ')}`;
    if (this.#ready?.key !== key) {
      const { filters, rows } = gather(manifest, part.secondDataset, request.second, rowsOf(part.second));
      this.#ready = { key, rows, comparison: new DiceComparison(filters, optionsOf(manifest)) };
    }
    const first = gather(manifest, part.firstDataset, request.first, rowsOf(part.first));
    return inDatasets(part, this.#ready.comparison.compare(first.filters), first.rows, this.#ready.rows);
  }

  #compareTogether({ manifest, part, ...slices }: PartRequest, blocks: readonly BlockRows[]): CandidatePairs {
    const lists = { first: blocks.map((block) => block.first), second: blocks.map((block) => block.second) };
    const first = gather(manifest, part.firstDataset, slices.first, union(lists.first));
    const second = gather(manifest, part.secondDataset, slices.second, union(lists.second));
    const options = optionsOf(manifest);
    // In a single block everybody is compared with everybody, which needs no blocks.
    const comparison = new DiceComparison(
      second.filters,
      blocks.length === 1
        ? options
        : { ...options, blocks: [blocksOfRows(first.rows, lists.first), blocksOfRows(second.rows, lists.second)] },
    );
    return inDatasets(part, comparison.compare(first.filters), first.rows, second.rows);
  }
}

function inDatasets(part: QueuePart, pairs: RecordPairs, first: Uint32Array, second: Uint32Array): CandidatePairs {
  const count = pairs.similarities.length;
  return {
    similarities: pairs.similarities,
    firstDataset: new Uint16Array(count).fill(part.firstDataset),
    secondDataset: new Uint16Array(count).fill(part.secondDataset),
    firstRecord: pairs.firstRecord.map((row) => first[row] ?? 0),
    secondRecord: pairs.secondRecord.map((row) => second[row] ?? 0),
  };
}
