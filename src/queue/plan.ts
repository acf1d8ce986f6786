/** How a run is cut into parts for workers, without holding more than a few of them. */
import type { SortedTriples } from '../disk/triple-sorter.ts';
import { numberBytes, type QueuePart } from './messages.ts';

export interface PlannedPart {
  readonly part: QueuePart;
  /** Pairs of rows that it compares. */
  readonly comparisons: number;
}

export interface RunPlan {
  /** Of all parts. */
  readonly comparisons: number;
  parts(): Iterable<PlannedPart>;
}

/** Pairs of rows in a part: some tenths of a second. */
export const COMPARISONS_A_PART = 1 << 25;
/** Rows of the second data set that are held ready at a time, 8 MB of CLKs of 1024 bits. */
const SECOND_ROWS = 1 << 16;
/** Rows in a part of blocks, 4 bytes each. */
const BLOCK_ROWS = 1 << 17;
/** Blocks of so many pairs are parts of their own. */
const LARGE_BLOCK = 1 << 22;

function* rangesOf(rows: number, step: number): Generator<[first: number, end: number]> {
  for (let first = 0; first < rows; first += step) yield [first, Math.min(rows, first + step)];
}

function* pairsOfSets(count: number): Generator<[first: number, second: number]> {
  for (let first = 0; first < count; first++)
    for (let second = first + 1; second < count; second++) yield [first, second];
}

/**
 * Every row against every row of the other data sets.
 * @param sizes rows of each data set
 */
export function planRows(sizes: readonly number[], comparisonsAPart = COMPARISONS_A_PART): RunPlan {
  let comparisons = 0;
  for (const [a, b] of pairsOfSets(sizes.length)) comparisons += (sizes[a] ?? 0) * (sizes[b] ?? 0);
  const parts = function* (): Generator<PlannedPart> {
    for (const [firstDataset, secondDataset] of pairsOfSets(sizes.length)) {
      for (const second of rangesOf(sizes[secondDataset] ?? 0, SECOND_ROWS)) {
        const columns = second[1] - second[0];
        const step = Math.max(1, Math.floor(comparisonsAPart / columns));
        for (const first of rangesOf(sizes[firstDataset] ?? 0, step)) {
          yield {
            part: { kind: 'rows', firstDataset, secondDataset, first, second },
            comparisons: (first[1] - first[0]) * columns,
          };
        }
      }
    }
  };
  return { comparisons, parts };
}

const ROWS = 2 ** 32;

/** The last number of a block entry: its data set and its row. */
export const entryPlace = (dataset: number, row: number): number => ROWS * dataset + row;

/** The rows of each block by data set, of entries in order: two numbers that name the block, then {@link entryPlace}. */
function* blocksOf(entries: SortedTriples, datasets: number): Generator<readonly (readonly number[])[]> {
  let [high, low] = [Number.NaN, Number.NaN];
  let rows: number[][] | undefined;
  for (const part of entries.parts()) {
    for (let at = 0; at < part.length; at += 3) {
      if (part[at] !== high || part[at + 1] !== low) {
        if (rows) yield rows;
        rows = Array.from({ length: datasets }, () => []);
        [high, low] = [part[at] ?? 0, part[at + 1] ?? 0];
      }
      const place = part[at + 2] ?? 0;
      rows?.[Math.floor(place / ROWS)]?.push(place % ROWS);
    }
  }
  if (rows) yield rows;
}

/** A block as it lies between two data sets. */
interface SharedBlock {
  readonly firstDataset: number;
  readonly secondDataset: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
}

function* sharedBlocks(entries: SortedTriples, datasets: number): Generator<SharedBlock> {
  for (const rows of blocksOf(entries, datasets)) {
    for (const [firstDataset, secondDataset] of pairsOfSets(datasets)) {
      const [first = [], second = []] = [rows[firstDataset], rows[secondDataset]];
      if (first.length > 0 && second.length > 0) yield { firstDataset, secondDataset, first, second };
    }
  }
}

/** Small blocks of two data sets that wait until they make a part. */
class BlockBasket {
  #sizes: number[] = [];
  #rows: number[] = [];
  #comparisons = 0;

  readonly #firstDataset: number;
  readonly #secondDataset: number;

  constructor(firstDataset: number, secondDataset: number) {
    this.#firstDataset = firstDataset;
    this.#secondDataset = secondDataset;
  }

  add(first: readonly number[], second: readonly number[]): void {
    this.#sizes.push(first.length, second.length);
    for (const row of first) this.#rows.push(row);
    for (const row of second) this.#rows.push(row);
    this.#comparisons += first.length * second.length;
  }

  isFull(comparisons: number): boolean {
    return this.#comparisons >= comparisons || this.#rows.length >= BLOCK_ROWS;
  }

  *take(): Generator<PlannedPart> {
    const sizes = this.#sizes;
    const rows = this.#rows;
    const comparisons = this.#comparisons;
    const firstDataset = this.#firstDataset;
    const secondDataset = this.#secondDataset;
    if (sizes.length === 0) return;
    this.#sizes = [];
    this.#rows = [];
    this.#comparisons = 0;
    yield {
      part: {
        kind: 'blocks',
        firstDataset,
        secondDataset,
        sizes: numberBytes(Uint32Array.from(sizes)),
        rows: numberBytes(Uint32Array.from(rows)),
      },
      comparisons,
    };
  }
}

/** A large block as parts of its own. With `whole` the second rows stay together, as keeping the best of them needs. */
function* cutBlock(block: SharedBlock, comparisons: number, whole: boolean): Generator<PlannedPart> {
  const { firstDataset, secondDataset, first, second } = block;
  for (const [from, to] of rangesOf(second.length, whole ? second.length : SECOND_ROWS)) {
    for (const [start, end] of rangesOf(first.length, Math.max(1, Math.floor(comparisons / (to - from))))) {
      const basket = new BlockBasket(firstDataset, secondDataset);
      basket.add(first.slice(start, end), second.slice(from, to));
      yield* basket.take();
    }
  }
}

/**
 * Rows that share a block. Who shares several is compared in each, so that a pair may come more than once.
 * @param entries in order: two numbers that name a block, then {@link entryPlace}
 * @param whole whether a block's second rows must stay together
 */
export function planBlocks(
  entries: SortedTriples,
  datasets: number,
  whole: boolean,
  comparisonsAPart = COMPARISONS_A_PART,
): RunPlan {
  let comparisons = 0;
  for (const { first, second } of sharedBlocks(entries, datasets)) comparisons += first.length * second.length;
  const parts = function* (): Generator<PlannedPart> {
    const baskets = new Map<number, BlockBasket>();
    for (const block of sharedBlocks(entries, datasets)) {
      const { firstDataset, secondDataset, first, second } = block;
      if (first.length * second.length >= Math.min(LARGE_BLOCK, comparisonsAPart)) {
        yield* cutBlock(block, comparisonsAPart, whole);
        continue;
      }
      const key = datasets * firstDataset + secondDataset;
      const basket = baskets.get(key) ?? new BlockBasket(firstDataset, secondDataset);
      baskets.set(key, basket);
      basket.add(first, second);
      if (basket.isFull(comparisonsAPart)) yield* basket.take();
    }
    for (const basket of baskets.values()) yield* basket.take();
  };
  return { comparisons, parts };
}
