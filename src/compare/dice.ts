import {
  anonlinkPopcountRange,
  type Measure,
  type PopcountRange,
  popcountRange,
  requiredOverlaps,
  type Similarity,
  similarityOf,
} from './dice-bounds.ts';
import { CompareError, type FilterSet } from './filters.ts';
import { bestKernel, type KernelKind, OverlapKernel, ROW_TILE } from './overlap-kernel.ts';
import { PairCollector, type RecordPairs } from './record-pairs.ts';

/** The blocks of each record: numbers `ids[starts[record]]` up to `ids[starts[record + 1]]`, with one meaning in all data sets. */
export interface RecordBlocks {
  readonly starts: Uint32Array;
  readonly ids: Uint32Array;
}

export interface DiceOptions {
  /** Least similarity of a pair, 0 to 1. */
  readonly threshold: number;
  /**
   * At most so many pairs of each first record, the most alike; of equals those with the lowest second record. With blocks,
   * so many in each block.
   */
  readonly top?: number | undefined;
  /** Blocks of both sets: only records that share one are compared. */
  readonly blocks?: readonly [first: RecordBlocks, second: RecordBlocks] | undefined;
  /** Dice unless given. */
  readonly measure?: Measure | undefined;
  /** With Dice, lose the pairs exactly at the threshold that anonlink's compiled code loses by rounding. */
  readonly anonlinkRounding?: boolean | undefined;
  /** The module that counts; the faster one the engine runs unless given. */
  readonly kernel?: KernelKind | undefined;
  /** Pass over columns whose popcount rules them out; on unless false. Changes the time only. */
  readonly pruning?: boolean | undefined;
}

/** Records of the first set from `first` up to, not including, `end`. */
export interface RecordRange {
  readonly first: number;
  readonly end: number;
}

/** Pairs that may wait for their sorting where each record keeps its best ones only. */
const WAITING_PAIRS = 1 << 22;

function checkOptions({ threshold, top }: DiceOptions): void {
  if (!(threshold >= 0 && threshold <= 1))
    throw new CompareError(`The threshold is ${threshold}; give one from 0 to 1.`);
  if (top !== undefined && !(Number.isInteger(top) && top >= 0)) {
    throw new CompareError(`${top} pairs of each record cannot be kept; give a whole number.`);
  }
}

function keepTop(pairs: RecordPairs, top: number, into: PairCollector): void {
  const kept = new Map<number, number>();
  pairs.firstRecord.forEach((record, i) => {
    const before = kept.get(record) ?? 0;
    if (before === top) return;
    kept.set(record, before + 1);
    into.add(pairs.similarities[i] ?? 0, record, pairs.secondRecord[i] ?? 0);
  });
}

/** Records of each block: `records[starts[block]]` up to `records[starts[block + 1]]`. */
function blockMembers({ starts, ids }: RecordBlocks): { readonly starts: Uint32Array; readonly records: Uint32Array } {
  const blocks = ids.reduce((most, block) => Math.max(most, block + 1), 0);
  const ends = new Uint32Array(blocks + 1);
  for (const block of ids) ends[block + 1] = (ends[block + 1] ?? 0) + 1;
  for (let block = 0; block < blocks; block++) ends[block + 1] = (ends[block + 1] ?? 0) + (ends[block] ?? 0);
  const next = ends.slice();
  const records = new Uint32Array(ids.length);
  for (let record = 0; record + 1 < starts.length; record++) {
    for (let i = starts[record] ?? 0; i < (starts[record + 1] ?? 0); i++) {
      const block = ids[i] ?? 0;
      const at = next[block] ?? 0;
      records[at] = record;
      next[block] = at + 1;
    }
  }
  return { starts: ends, records };
}

/**
 * One data set held ready in the memory of a WebAssembly module, to compare records of others with. Keep it where several
 * ranges of records are compared with the same set.
 */
export class DiceComparison {
  readonly #order: Uint32Array;
  /** Columns whose popcount is below each popcount. */
  readonly #columnsBelow: Uint32Array;
  readonly #kernel: OverlapKernel;
  readonly #bits: number;
  readonly #similarity: Similarity;
  readonly #required: Uint32Array;
  readonly #ranges = new Map<number, PopcountRange>();
  readonly #members: ReturnType<typeof blockMembers> | undefined;

  readonly #second: FilterSet;
  readonly #options: DiceOptions;

  /** @throws CompareError for options without sense */
  constructor(second: FilterSet, options: DiceOptions) {
    this.#second = second;
    this.#options = options;
    checkOptions(options);
    this.#bits = 8 * second.bytesPerFilter;
    this.#similarity = similarityOf(options.measure ?? 'dice', this.#bits);
    this.#required = requiredOverlaps(this.#similarity, options.threshold, this.#bits);
    this.#columnsBelow = new Uint32Array(this.#bits + 2);
    for (const popcount of second.popcounts)
      this.#columnsBelow[popcount + 1] = (this.#columnsBelow[popcount + 1] ?? 0) + 1;
    for (let p = 0; p <= this.#bits; p++) {
      this.#columnsBelow[p + 1] = (this.#columnsBelow[p + 1] ?? 0) + (this.#columnsBelow[p] ?? 0);
    }
    this.#order = new Uint32Array(second.rows);
    this.#members = options.blocks && blockMembers(options.blocks[1]);
    if (this.#members) {
      this.#order.forEach((_, record) => {
        this.#order[record] = record;
      });
    } else {
      const next = this.#columnsBelow.slice();
      second.popcounts.forEach((popcount, record) => {
        const column = next[popcount] ?? 0;
        this.#order[column] = record;
        next[popcount] = column + 1;
      });
    }
    this.#kernel = new OverlapKernel(second, this.#order, this.#required, options.kernel ?? bestKernel());
  }

  /**
   * Pairs of the given records with the set held, similarity falling, then first record, then second.
   * @param onProgress share of the range done
   * @throws CompareError when the filters have different lengths
   */
  compare(
    first: FilterSet,
    range: RecordRange = { first: 0, end: first.rows },
    onProgress?: (share: number) => void,
  ): RecordPairs {
    if (first.rows === 0 || this.#second.rows === 0) return new PairCollector(2 * this.#bits).take();
    if (first.bytesPerFilter !== this.#second.bytesPerFilter) {
      throw new CompareError(
        `CLKs of ${8 * first.bytesPerFilter} bits cannot be compared with CLKs of ${this.#bits} bits. Encode both with one schema.`,
      );
    }
    const { top } = this.#options;
    const found = new PairCollector(2 * this.#bits);
    const best = new PairCollector(2 * this.#bits);
    const tile =
      top === undefined ? ROW_TILE : Math.max(1, Math.min(ROW_TILE, Math.floor(WAITING_PAIRS / this.#second.rows)));
    for (let row = range.first; row < range.end; row += tile) {
      const end = Math.min(range.end, row + tile);
      this.#kernel.holdRows(first, row, end);
      if (this.#members) this.#compareBlocks(first, row, end, this.#members, found);
      else this.#compareAll(first, row, end, found);
      if (top !== undefined && !this.#members) keepTop(found.take(), top, best);
      onProgress?.((end - range.first) / (range.end - range.first));
    }
    return (top === undefined || this.#members ? found : best).take();
  }

  #range(popcount: number): PopcountRange {
    let range = this.#ranges.get(popcount);
    if (range === undefined) {
      const { pruning = true, anonlinkRounding = false, threshold } = this.#options;
      range = pruning ? popcountRange(popcount, this.#bits, this.#required) : { lowest: 0, highest: this.#bits };
      if (anonlinkRounding) range = anonlinkPopcountRange(popcount, threshold, range);
      this.#ranges.set(popcount, range);
    }
    return range;
  }

  #collect(count: number, row: number, popcount: number, found: PairCollector): void {
    for (let i = 0; i < count; i++) {
      const record = this.#order[this.#kernel.foundColumn(i)] ?? 0;
      const sum = popcount + (this.#second.popcounts[record] ?? 0);
      found.add(this.#similarity(this.#kernel.foundOverlap(i), sum), row, record);
    }
  }

  #compareAll({ popcounts }: FilterSet, firstRow: number, endRow: number, found: PairCollector): void {
    const kernel = this.#kernel;
    const columnsBelow = this.#columnsBelow;
    for (let start = 0; start < kernel.columns; start += kernel.tileColumns) {
      for (let row = firstRow; row < endRow; row++) {
        const popcount = popcounts[row] ?? 0;
        const { lowest, highest } = this.#range(popcount);
        if (highest < lowest) continue;
        const column = Math.max(start, columnsBelow[lowest] ?? 0);
        const end = Math.min(start + kernel.tileColumns, columnsBelow[highest + 1] ?? 0);
        if (column >= end) continue;
        this.#collect(kernel.compare(row - firstRow, popcount, column, end), row, popcount, found);
      }
    }
  }

  #compareBlocks(
    { popcounts }: FilterSet,
    firstRow: number,
    endRow: number,
    members: ReturnType<typeof blockMembers>,
    found: PairCollector,
  ): void {
    const { blocks: [blocks] = [], top } = this.#options;
    if (!blocks) return;
    const comparedWith = new Uint32Array(this.#second.rows);
    const ofBlock = new PairCollector(2 * this.#bits);
    for (let row = firstRow; row < endRow; row++) {
      const popcount = popcounts[row] ?? 0;
      const { lowest, highest } = this.#range(popcount);
      const mark = row - firstRow + 1;
      for (let i = blocks.starts[row] ?? 0; i < (blocks.starts[row + 1] ?? 0); i++) {
        const block: number = blocks.ids[i] ?? 0;
        for (let j: number = members.starts[block] ?? 0; j < (members.starts[block + 1] ?? 0); j++) {
          const record = members.records[j] ?? 0;
          const other = this.#second.popcounts[record] ?? 0;
          if (other < lowest || other > highest) continue;
          // Who is passed over because of another block would leave a place free in this one.
          if (top === undefined && comparedWith[record] === mark) continue;
          if (top === undefined) comparedWith[record] = mark;
          const count = this.#kernel.compare(mark - 1, popcount, record, record + 1);
          this.#collect(count, row, popcount, top === undefined ? found : ofBlock);
        }
        if (top === undefined) continue;
        const { similarities, secondRecord } = ofBlock.take();
        for (const [place, record] of secondRecord.subarray(0, top).entries()) {
          if (comparedWith[record] !== mark) found.add(similarities[place] ?? 0, row, record);
          comparedWith[record] = mark;
        }
      }
    }
  }
}

/** Pairs of two data sets; see {@link DiceComparison}. */
export function compareFilters(
  first: FilterSet,
  second: FilterSet,
  options: DiceOptions,
  range?: RecordRange,
): RecordPairs {
  return new DiceComparison(second, options).compare(first, range);
}
