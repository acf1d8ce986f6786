import { blockStatistics, SizeCounts } from '../blocking/block-statistics.ts';
import type { LambdaFoldConfig } from '../blocking/blocking-schema.ts';
import type { BlockedRecords } from '../blocking/blocks.ts';
import { filteredClks, filteredRows, type HasBit, samplePositions } from '../blocking/lambda-fold.ts';
import type { PackedClks } from '../clk/clk-file.ts';
import { type SortedTriples, type SorterOptions, TripleSorter } from '../disk/triple-sorter.ts';
import { eachTriple, visitTriples } from '../disk/triples.ts';
import { FoldKeys } from './fold-keys.ts';
import type { RowRequest } from './row-request.ts';

/** Adds the sizes of a table's blocks, and gives each row with the first row of its block to `met`. */
function countTable(table: SortedTriples, sizes: SizeCounts, met: (first: number, row: number) => void): void {
  let [high, low, first, size] = [Number.NaN, Number.NaN, 0, 0];
  visitTriples(table, (a, b, row) => {
    if (a !== high || b !== low) {
      if (size > 0) sizes.add(size);
      [high, low, first, size] = [a, b, row, 0];
    }
    size++;
    met(first, row);
  });
  if (size > 0) sizes.add(size);
}

/** Takes rows in their order, and blocks them as `lambdaFoldBlocks` does; a row may be on disk only. */
class SortedFold {
  readonly #keys: FoldKeys;
  readonly #files: SorterOptions;

  constructor(config: LambdaFoldConfig, filterLength: number, files: SorterOptions) {
    this.#keys = new FoldKeys(samplePositions(config, filterLength), files);
    this.#files = files;
  }

  add(hasBit: HasBit): void {
    this.#keys.add(hasBit);
  }

  finish(): BlockedRecords {
    const keys = this.#keys;
    keys.close();
    const sizes = new SizeCounts();
    const order = new TripleSorter(this.#files);
    for (let table = 0; table < keys.tables; table++) {
      const sorter = new TripleSorter(this.#files);
      keys.sortTable(table, sorter);
      countTable(sorter.finish(), sizes, (first, row) => {
        if (table === 0) order.add(first, row, 0);
      });
    }
    const rows = order.finish();
    return {
      statistics: blockStatistics(sizes),
      count: rows.count,
      *records() {
        const blocksOf = keys.reader();
        for (const [, record] of eachTriple(rows)) yield { record, blocks: blocksOf(record) };
      },
    };
  }
}

/**
 * Blocks of rows as `lambdaFoldBlocks` makes them, of any number of rows.
 * @throws BlockingError when the schema does not fit the rows
 */
export function sortedFoldBlocks(request: RowRequest, config: LambdaFoldConfig): BlockedRecords {
  const fold = new SortedFold(config, config.filterLength, request);
  for (const { hasBit } of filteredRows(request.rows, config, request.header)) fold.add(hasBit);
  return fold.finish();
}

/** Blocks of CLKs as `lambdaFoldClkBlocks` makes them, of CLKs that come in parts. */
export class ClkFold {
  readonly #config: LambdaFoldConfig;
  readonly #files: SorterOptions;
  #fold: SortedFold | undefined;

  constructor(config: LambdaFoldConfig, files: SorterOptions) {
    this.#config = config;
    this.#files = files;
  }

  /** @throws BlockingError when the schema does not fit the CLKs */
  add(clks: PackedClks): void {
    this.#fold ??= new SortedFold(this.#config, clks.bytesPerClk * 8, this.#files);
    for (const hasBit of filteredClks(clks)) this.#fold.add(hasBit);
  }

  /** Undefined where no CLK came. */
  finish(): BlockedRecords | undefined {
    return this.#fold?.finish();
  }
}
