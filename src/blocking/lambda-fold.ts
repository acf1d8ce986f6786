import type { PackedClks } from '../clk/clk-file.ts';
import { createPythonRandom } from '../python/random.ts';
import { blockPositions, requireFilter } from './block-filter.ts';
import { blockStatistics } from './block-statistics.ts';
import type { LambdaFoldConfig } from './blocking-schema.ts';
import { BlockingError, type CandidateBlocks, type RecordId } from './blocks.ts';
import { createColumnCheck, featureColumns, identifierColumns, recordId } from './features.ts';

/** Whether the present record's filter has a bit set. */
type HasBit = (position: number) => boolean;

/** The positions that each table samples. All tables draw before any record is looked at, so no filter is kept. */
function samplePositions({ tables, positions, randomState }: LambdaFoldConfig, length: number): number[][] {
  const random = createPythonRandom(randomState);
  try {
    return Array.from({ length: Math.max(0, tables) }, () => random.sample(length, positions));
  } catch (error) {
    throw new BlockingError(error instanceof Error ? error.message : String(error));
  }
}

/** Whole numbers up to so many bits are exact. */
const EXACT_BITS = 53;

/**
 * A record's bits at some positions as a key that is found again quickly: a number where they fit into one, else text of
 * 16 bits a character.
 */
function createSampler(positions: readonly number[]): (hasBit: HasBit) => number | string {
  if (positions.length <= EXACT_BITS) {
    return (hasBit) => {
      let key = 0;
      for (const position of positions) key = 2 * key + (hasBit(position) ? 1 : 0);
      return key;
    };
  }
  return (hasBit) => {
    let key = '';
    for (let at = 0; at < positions.length; at += 16) {
      let part = 0;
      for (const position of positions.slice(at, at + 16)) part = 2 * part + (hasBit(position) ? 1 : 0);
      key += String.fromCharCode(part);
    }
    return key;
  };
}

/** One table's blocks as they fill: numbers and counts instead of lists, which would be many small ones. */
class FoldTable {
  readonly #numbers = new Map<number | string, number>();
  readonly #names: string[] = [];
  readonly #sizes: number[] = [];
  #blockOf = new Uint32Array(1024);
  #count = 0;
  readonly #sample: (hasBit: HasBit) => number | string;

  readonly #table: number;
  readonly #positions: readonly number[];

  constructor(table: number, positions: readonly number[]) {
    this.#table = table;
    this.#positions = positions;
    this.#sample = createSampler(positions);
  }

  /** Puts the next record into its block. */
  add(hasBit: HasBit): void {
    const key = this.#sample(hasBit);
    let block = this.#numbers.get(key);
    if (block === undefined) {
      block = this.#names.length;
      this.#numbers.set(key, block);
      this.#names.push(`${this.#table}${this.#positions.map((position) => (hasBit(position) ? '1' : '0')).join('')}`);
      this.#sizes.push(0);
    }
    if (this.#count === this.#blockOf.length) {
      const grown = new Uint32Array(2 * this.#count);
      grown.set(this.#blockOf);
      this.#blockOf = grown;
    }
    this.#sizes[block] = (this.#sizes[block] ?? 0) + 1;
    this.#blockOf[this.#count++] = block;
  }

  /** Blocks in the order in which they were met, each a list of just its length. */
  fill(blocks: Map<string, readonly RecordId[]>, idOf: (record: number) => RecordId): void {
    const lists = this.#sizes.map((size) => new Array<RecordId>(size));
    const next = new Uint32Array(lists.length);
    for (let record = 0; record < this.#count; record++) {
      const block = this.#blockOf[record] ?? 0;
      const list = lists[block];
      if (list) list[next[block] ?? 0] = idOf(record);
      next[block] = (next[block] ?? 0) + 1;
    }
    this.#names.forEach((name, block) => {
      blocks.set(name, lists[block] ?? []);
    });
  }
}

/**
 * Puts records into the blocks of all tables.
 * @param filters each record's bits, which need to hold until the next is asked for
 */
function foldTables(
  config: LambdaFoldConfig,
  length: number,
  filters: Iterable<HasBit>,
  idOf: (record: number) => RecordId,
): CandidateBlocks {
  if (config.tables < 1)
    throw new BlockingError(`Lambda is ${config.tables}, so there are no blocks. Make it 1 or more.`);
  const tables = samplePositions(config, length).map((positions, table) => new FoldTable(table, positions));
  for (const hasBit of filters) for (const table of tables) table.add(hasBit);
  const blocks = new Map<string, readonly RecordId[]>();
  for (const table of tables) table.fill(blocks, idOf);
  const statistics = blockStatistics(Array.from(blocks.values(), (records) => records.length));
  return { type: 'lambda-fold', blocks, statistics, compress: false };
}

/** Sets the bits of the bigrams of texts in one filter, anew for each text; bigrams repeat and are remembered. */
function createBigramFilter(length: number, hashes: number): (text: string) => HasBit {
  const filter = new Uint8Array(length);
  const known = new Map<string, number[]>();
  const hasBit: HasBit = (position) => filter[position] === 1;
  return (text) => {
    filter.fill(0);
    const chars = [...text];
    for (let i = 0; i + 1 < chars.length; i++) {
      const bigram = `${chars[i]}${chars[i + 1]}`;
      const positions = known.get(bigram) ?? blockPositions(bigram, length, hashes);
      known.set(bigram, positions);
      for (const position of positions) filter[position] = 1;
    }
    return hasBit;
  };
}

/**
 * One party's blocks by lambda-fold: records with equal bits at `positions` sampled positions share a block, in each of
 * `tables` tables. The samples are those of Python's `random`, so that all parties draw the same.
 * @param rows values without blanks around them
 * @param header names of the columns, needed where the schema names them
 * @throws BlockingError when the schema does not fit the rows
 */
export function lambdaFoldBlocks(
  rows: Iterable<readonly string[]>,
  config: LambdaFoldConfig,
  header?: readonly string[],
): CandidateBlocks {
  requireFilter(config.filterLength, config.hashFunctions);
  const { columns } = featureColumns(config.blockingFeatures, header);
  const checkColumns = createColumnCheck([...columns, ...identifierColumns(config.recordIdColumn)], header);
  const filterOf = createBigramFilter(config.filterLength, config.hashFunctions);
  const ids: RecordId[] = [];
  const filters = function* (): Generator<HasBit> {
    let count = 0;
    for (const row of rows) {
      checkColumns(row, count);
      if (config.recordIdColumn !== null) ids.push(recordId(row, count, config.recordIdColumn));
      count++;
      yield filterOf(columns.map((column) => row[column] ?? '').join(''));
    }
  };
  return foldTables(config, config.filterLength, filters(), (record) => ids[record] ?? record);
}

/** {@link lambdaFoldBlocks} of CLKs, which serve as filters. */
export function lambdaFoldClkBlocks(clks: PackedClks, config: LambdaFoldConfig): CandidateBlocks {
  const { rows, bits, bytesPerClk } = clks;
  let start = 0;
  const hasBit: HasBit = (position) => (((bits[start + (position >>> 3)] ?? 0) >>> (7 - (position & 7))) & 1) === 1;
  const filters = function* (): Generator<HasBit> {
    for (let row = 0; row < rows; row++) {
      start = row * bytesPerClk;
      yield hasBit;
    }
  };
  return foldTables(config, bytesPerClk * 8, filters(), (record) => record);
}
