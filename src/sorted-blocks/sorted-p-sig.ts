import { blockStatistics, SizeCounts, strategyStatistics } from '../blocking/block-statistics.ts';
import type { PSigConfig } from '../blocking/blocking-schema.ts';
import type { BlockedRecords } from '../blocking/blocks.ts';
import type { MetaphoneName } from '../blocking/double-metaphone.ts';
import { allowedSizes, noBlocks, signedRows } from '../blocking/p-sig.ts';
import { type SortedTriples, type SorterOptions, TripleSorter } from '../disk/triple-sorter.ts';
import { eachTriple, visitTriples } from '../disk/triples.ts';
import type { RowRequest } from './row-request.ts';
import { SignatureKeys, type TableShape } from './signature-keys.ts';

const NO_SIGNATURE = -1;

/** A signature with those of its rows that stand in a list. */
interface Signature {
  /** Where it stands among all of them. */
  readonly rank: number;
  readonly code: number;
  readonly start: number;
  readonly end: number;
}

/** Rows of some signatures, one after another. */
class RowList {
  #rows = new Uint32Array(1024);
  length = 0;

  push(row: number): void {
    if (this.length === this.#rows.length) {
      const grown = new Uint32Array(2 * this.length);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows[this.length++] = row;
  }

  between({ start, end }: Signature): Uint32Array {
    return this.#rows.subarray(start, end);
  }
}

/** Puts signatures with the same positions into one block, and gives blocks to be sorted as they were met. */
class BlockCollector {
  readonly #keys: SignatureKeys;
  readonly #allowed: (size: number) => boolean;
  readonly #sizes = new SizeCounts();
  readonly #strategySizes: readonly SizeCounts[];
  readonly #rows: number;
  readonly #list = new RowList();
  #signatures: Signature[] = [];
  /** Block, signature, row; before these block, NO_SIGNATURE, and what the block's id follows from. */
  readonly members: TripleSorter;

  constructor(
    keys: SignatureKeys,
    allowed: (size: number) => boolean,
    { rows, strategies }: TableShape,
    files: SorterOptions,
  ) {
    this.#keys = keys;
    this.#allowed = allowed;
    this.#rows = rows;
    this.#strategySizes = Array.from({ length: strategies }, () => new SizeCounts());
    this.members = new TripleSorter(files);
  }

  collect(signed: SortedTriples): void {
    let [set, signature, rest] = [Number.NaN, Number.NaN, Number.NaN];
    let open: Omit<Signature, 'end'> | undefined;
    visitTriples(signed, (first, second, third) => {
      if (first !== set || second !== signature || this.#keys.rest(third) !== rest) {
        if (open) this.#close(open);
        if (first !== set) this.#join();
        [set, signature, rest] = [first, second, this.#keys.rest(third)];
        open = { rank: this.#keys.rank(third), code: this.#keys.codeOf(second), start: this.#list.length };
      }
      this.#list.push(this.#keys.rowOf(third));
    });
    if (open) this.#close(open);
    this.#join();
  }

  /** Keeps a signature, if its rows are neither too many nor too few. */
  #close(signature: Omit<Signature, 'end'>): void {
    const size = this.#list.length - signature.start;
    if (!this.#allowed(size)) {
      this.#list.length = signature.start;
      return;
    }
    this.#strategySizes[Math.floor(signature.rank / this.#rows)]?.add(size);
    this.#signatures.push({ ...signature, end: this.#list.length });
  }

  /** The signatures that are held are all whose positions have one key; mostly they are one block. */
  #join(): void {
    const blocks = new Map<number | string, Signature[]>();
    const [one] = this.#signatures;
    const alike = this.#signatures.every(({ code }) => code === one?.code);
    for (const signature of this.#signatures) {
      const id = alike ? 0 : this.#keys.blockOf(signature.code);
      const others = blocks.get(id);
      if (others) others.push(signature);
      else blocks.set(id, [signature]);
    }
    for (const signatures of blocks.values()) this.#add(signatures);
    this.#signatures = [];
    this.#list.length = 0;
  }

  #add(signatures: readonly Signature[]): void {
    let [block, code, size] = [Number.POSITIVE_INFINITY, 0, 0];
    for (const signature of signatures) {
      size += signature.end - signature.start;
      if (signature.rank >= block) continue;
      block = signature.rank;
      code = signature.code;
    }
    this.#sizes.add(size);
    this.members.add(block, NO_SIGNATURE, code);
    for (const signature of signatures)
      for (const row of this.#list.between(signature)) this.members.add(block, signature.rank, row);
  }

  statistics(count: number, covered: number): BlockedRecords['statistics'] {
    return {
      ...blockStatistics(this.#sizes),
      statistics_per_strategy: this.#strategySizes.map((sizes, i) => strategyStatistics(sizes, i, count)),
      coverage: covered / count,
    };
  }
}

/** Rows in the order in which they are met block by block, and their blocks in that order: place, block, what its id follows from. */
function placeRows(members: SortedTriples, count: number, files: SorterOptions) {
  const placeOf = new Uint32Array(count);
  const rowAt = new Uint32Array(count);
  const entries = new TripleSorter(files);
  let [places, code] = [0, 0];
  visitTriples(members, (block, signature, last) => {
    if (signature === NO_SIGNATURE) {
      code = last;
      return;
    }
    if (placeOf[last] === 0) {
      rowAt[places++] = last;
      placeOf[last] = places;
    }
    entries.add((placeOf[last] ?? 0) - 1, block, code);
  });
  return { entries: entries.finish(), rows: rowAt.subarray(0, places) };
}

/**
 * Blocks by p-sig as `pSigBlocks` makes them, of any number of rows: of a row 8 bytes are in memory, the rest on disk.
 * @throws BlockingError when the schema does not fit the rows, or no signature passes the filter
 * @throws RangeError when there are more rows than was said
 */
export function sortedPSigBlocks(request: RowRequest, config: PSigConfig, metaphone?: MetaphoneName): BlockedRecords {
  const { rows, atMost, header } = request;
  const shape = { rows: atMost + 1, strategies: config.signatures.length };
  const keys = new SignatureKeys(config.filterLength, config.hashFunctions, shape);
  const sorter = new TripleSorter(request);
  let count = 0;
  for (const { signatures } of signedRows(rows, config, header, metaphone)) {
    signatures.forEach((signature, strategy) => {
      if (signature !== undefined) sorter.add(...keys.keyOf(signature, strategy, count));
    });
    count++;
    // The keys of rows beyond would be those of other signatures.
    if (count > atMost) throw new RangeError(`there are more rows than ${atMost}, as had been said`);
  }
  const collector = new BlockCollector(keys, allowedSizes(config.filter, count), shape, request);
  collector.collect(sorter.finish());
  const placed = placeRows(collector.members.finish(), count, request);
  if (placed.rows.length === 0) throw noBlocks();
  return {
    statistics: collector.statistics(count, placed.rows.length),
    count: placed.rows.length,
    *records() {
      let [place, blocks] = [0, [] as string[]];
      for (const [at, , code] of eachTriple(placed.entries)) {
        if (at !== place) {
          yield { record: placed.rows[place] ?? 0, blocks };
          [place, blocks] = [at, []];
        }
        blocks.push(keys.blockOf(code));
      }
      yield { record: placed.rows[place] ?? 0, blocks };
    },
  };
}
