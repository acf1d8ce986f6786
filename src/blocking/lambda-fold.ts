import type { PackedClks } from '../clk/clk-file.ts';
import { createPythonRandom } from '../python/random.ts';
import { t } from '../words/translate.ts';
import { blockPositions, requireAtMost, requireFilter } from './block-filter.ts';
import { type BlockingStatistics, blockStatistics, SizeCounts } from './block-statistics.ts';
import type { LambdaFoldConfig } from './blocking-schema.ts';
import {
  type BlockIndex,
  BlockingError,
  type BlocksByRecord,
  blocksByRecord,
  type CandidateBlocks,
  type RecordId,
} from './blocks.ts';
import { createColumnCheck, featureColumns, identifierColumns, recordId } from './features.ts';

/** Whether the present record's filter has a bit set. */
export type HasBit = (position: number) => boolean;

/** Positions of all tables: memory holds them, and as many bits for each record. */
const MAX_SAMPLED = 2 ** 24;

/**
 * The positions that each table samples of filters of so many bits. All tables draw before any record is looked at, so no filter
 * is kept.
 * @throws BlockingError when there are fewer bits, no tables, or more positions than memory holds
 */
export function samplePositions({ tables, positions, randomState }: LambdaFoldConfig, length: number): number[][] {
  if (tables < 1)
    throw new BlockingError(t('Lambda is {{tables}}, so there are no blocks. Make it 1 or more.', { tables }));
  requireAtMost('Lambda', tables);
  requireAtMost('Lambda × K', tables * positions, MAX_SAMPLED);
  const random = createPythonRandom(randomState);
  try {
    return Array.from({ length: tables }, () => random.sample(length, positions));
  } catch (error) {
    throw new BlockingError(error instanceof Error ? error.message : String(error));
  }
}

/** Whole numbers up to so many bits are exact. */
const EXACT_BITS = 53;
/** Bits in a character of a key that is text. */
const CHARACTER_BITS = 16;

/** Makes of a record's bits at some positions a key that is found again quickly and takes little room. */
interface Sampler {
  keyOf(hasBit: HasBit): number | string;
  /** The bits of a key, as digits. */
  digitsOf(key: number | string): string;
}

const digits = (value: number, count: number): string => (count === 0 ? '' : value.toString(2).padStart(count, '0'));

function numberOf(hasBit: HasBit, positions: readonly number[]): number {
  let number = 0;
  for (const position of positions) number = 2 * number + (hasBit(position) ? 1 : 0);
  return number;
}

/** Keys are numbers where the bits fit into one, else text of 16 bits a character. */
function createSampler(positions: readonly number[]): Sampler {
  if (positions.length <= EXACT_BITS) {
    return {
      keyOf: (hasBit) => numberOf(hasBit, positions),
      digitsOf: (key) => digits(Number(key), positions.length),
    };
  }
  const pieces = Array.from({ length: Math.ceil(positions.length / CHARACTER_BITS) }, (_, i) =>
    positions.slice(CHARACTER_BITS * i, CHARACTER_BITS * (i + 1)),
  );
  return {
    keyOf: (hasBit) => pieces.map((piece) => String.fromCharCode(numberOf(hasBit, piece))).join(''),
    digitsOf: (key) => pieces.map((piece, i) => digits(String(key).charCodeAt(i), piece.length)).join(''),
  };
}

/** One table's blocks as they fill: numbers and counts instead of lists and names, which would be many small ones. */
class FoldTable {
  readonly #numbers = new Map<number | string, number>();
  readonly #keys: (number | string)[] = [];
  readonly sizes: number[] = [];
  #blockOf = new Uint32Array(1024);
  #count = 0;
  readonly #sampler: Sampler;

  readonly #table: number;

  constructor(table: number, positions: readonly number[]) {
    this.#table = table;
    this.#sampler = createSampler(positions);
  }

  /** Puts the next record into its block. */
  add(hasBit: HasBit): void {
    const key = this.#sampler.keyOf(hasBit);
    let block = this.#numbers.get(key);
    if (block === undefined) {
      block = this.#keys.length;
      this.#numbers.set(key, block);
      this.#keys.push(key);
      this.sizes.push(0);
    }
    if (this.#count === this.#blockOf.length) {
      const grown = new Uint32Array(2 * this.#count);
      grown.set(this.#blockOf);
      this.#blockOf = grown;
    }
    this.sizes[block] = (this.sizes[block] ?? 0) + 1;
    this.#blockOf[this.#count++] = block;
  }

  /** Takes no more. */
  close(): void {
    this.#numbers.clear();
  }

  /** The block id of a record. */
  nameOf(record: number): string {
    return this.#name(this.#blockOf[record] ?? 0);
  }

  /** All records, block by block in the order in which blocks were met. */
  recordsByBlock(): Uint32Array {
    const next = new Uint32Array(this.sizes.length);
    this.sizes.forEach((size, block) => {
      if (block + 1 < next.length) next[block + 1] = (next[block] ?? 0) + size;
    });
    const records = new Uint32Array(this.#count);
    for (let record = 0; record < this.#count; record++) {
      const block = this.#blockOf[record] ?? 0;
      records[next[block] ?? 0] = record;
      next[block] = (next[block] ?? 0) + 1;
    }
    return records;
  }

  /** Blocks in the order in which they were met, each a list of just its length. */
  fill(blocks: Map<string, readonly RecordId[]>, idOf: (record: number) => RecordId): void {
    const records = this.recordsByBlock();
    let start = 0;
    this.sizes.forEach((size, block) => {
      blocks.set(
        this.#name(block),
        Array.from({ length: size }, (_, i) => idOf(records[start + i] ?? 0)),
      );
      start += size;
    });
  }

  #name(block: number): string {
    return `${this.#table}${this.#sampler.digitsOf(this.#keys[block] ?? 0)}`;
  }
}

function* sizesOf(tables: readonly FoldTable[]): Generator<number> {
  for (const { sizes } of tables) yield* sizes;
}

/** The blocks of all tables. They are many, so that whoever wants them as lists gets these when they ask. */
class FoldedBlocks implements CandidateBlocks {
  readonly type = 'lambda-fold';
  readonly compress = false;
  readonly statistics: BlockingStatistics;
  readonly #tables: readonly FoldTable[];
  readonly #idOf: ((record: number) => RecordId) | undefined;
  #lists: Map<string, readonly RecordId[]> | undefined;

  /** @param idOf absent where records are known by their numbers */
  constructor(tables: readonly FoldTable[], idOf: ((record: number) => RecordId) | undefined) {
    this.#tables = tables;
    this.#idOf = idOf;
    this.statistics = blockStatistics(new SizeCounts(sizesOf(tables)));
  }

  get blocks(): BlockIndex {
    if (!this.#lists) {
      this.#lists = new Map();
      for (const table of this.#tables) table.fill(this.#lists, this.#idOf ?? ((record) => record));
    }
    return this.#lists;
  }

  /** Without lists, where records have no identifiers that may be those of others. */
  byRecord(): BlocksByRecord {
    if (this.#idOf) return blocksByRecord(this.blocks);
    const records = this.#tables[0]?.recordsByBlock() ?? new Uint32Array();
    const tables = this.#tables;
    return {
      count: records.length,
      *records() {
        for (const record of records) yield { record, blocks: tables.map((table) => table.nameOf(record)) };
      },
    };
  }
}

/** The tables of a configuration, to be filled with filters of so many bits. */
function openTables(config: LambdaFoldConfig, length: number): FoldTable[] {
  return samplePositions(config, length).map((positions, table) => new FoldTable(table, positions));
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
 * The filters of rows, one after another.
 * @throws BlockingError when the schema does not fit the rows
 */
export function* filteredRows(
  rows: Iterable<readonly string[]>,
  config: LambdaFoldConfig,
  header: readonly string[] | undefined,
): Generator<{ readonly id: RecordId; readonly hasBit: HasBit }> {
  requireFilter(config.filterLength, config.hashFunctions);
  const { columns } = featureColumns(config.blockingFeatures, header);
  const checkColumns = createColumnCheck([...columns, ...identifierColumns(config.recordIdColumn)], header);
  const filterOf = createBigramFilter(config.filterLength, config.hashFunctions);
  let count = 0;
  for (const row of rows) {
    checkColumns(row, count);
    const hasBit = filterOf(columns.map((column) => row[column] ?? '').join(''));
    yield { id: recordId(row, count, config.recordIdColumn), hasBit };
    count++;
  }
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
  const known = config.recordIdColumn === null;
  const ids: RecordId[] = [];
  const tables = openTables(config, config.filterLength);
  for (const { id, hasBit } of filteredRows(rows, config, header)) {
    if (!known) ids.push(id);
    for (const table of tables) table.add(hasBit);
  }
  for (const table of tables) table.close();
  return new FoldedBlocks(tables, known ? undefined : (record) => ids[record] ?? record);
}

/** The filters of CLKs, which are their bits. */
export function* filteredClks({ rows, bits, bytesPerClk }: PackedClks): Generator<HasBit> {
  let start = 0;
  const hasBit: HasBit = (position) => (((bits[start + (position >>> 3)] ?? 0) >>> (7 - (position & 7))) & 1) === 1;
  for (let row = 0; row < rows; row++) {
    start = row * bytesPerClk;
    yield hasBit;
  }
}

/** {@link lambdaFoldBlocks} of CLKs, which serve as filters. */
export function lambdaFoldClkBlocks(clks: PackedClks, config: LambdaFoldConfig): CandidateBlocks {
  const tables = openTables(config, clks.bytesPerClk * 8);
  // Table by table, so that only one of them needs to find its blocks at a time.
  for (const table of tables) {
    for (const hasBit of filteredClks(clks)) table.add(hasBit);
    table.close();
  }
  return new FoldedBlocks(tables, undefined);
}
