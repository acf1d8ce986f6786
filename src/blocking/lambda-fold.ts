import type { PackedClks } from '../clk/clk-file.ts';
import { createPythonRandom } from '../python/random.ts';
import { blockPositions } from './block-filter.ts';
import { blockStatistics } from './block-statistics.ts';
import type { LambdaFoldConfig } from './blocking-schema.ts';
import { BlockingError, type CandidateBlocks, type RecordId } from './blocks.ts';
import { featureColumns, identifierColumns, recordIds, requireColumns } from './features.ts';

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

/**
 * Puts records into the blocks of all tables.
 * @param filterOf makes a record the present one and gives its bits
 */
function foldTables(
  config: LambdaFoldConfig,
  ids: readonly RecordId[],
  length: number,
  filterOf: (record: number) => HasBit,
): CandidateBlocks {
  const tables = samplePositions(config, length).map((positions, table) => ({
    positions,
    name: String(table),
    blocks: new Map<string, RecordId[]>(),
  }));
  ids.forEach((id, record) => {
    const hasBit = filterOf(record);
    for (const { positions, name, blocks } of tables) {
      let block = name;
      for (const position of positions) block += hasBit(position) ? '1' : '0';
      const records = blocks.get(block);
      if (records) records.push(id);
      else blocks.set(block, [id]);
    }
  });
  const blocks = new Map(tables.flatMap((table) => [...table.blocks]));
  const statistics = blockStatistics([...blocks.values()].map((records) => records.length));
  return { type: 'lambda-fold', blocks, statistics, compress: false };
}

/** Sets the bits of the bigrams of texts in one filter, anew for each text; bigrams repeat and are remembered. */
function createBigramFilter(length: number, hashes: number): (text: string) => HasBit {
  const filter = new Uint8Array(length);
  const known = new Map<string, number[]>();
  return (text) => {
    filter.fill(0);
    const chars = [...text];
    for (let i = 0; i + 1 < chars.length; i++) {
      const bigram = `${chars[i]}${chars[i + 1]}`;
      const positions = known.get(bigram) ?? blockPositions(bigram, length, hashes);
      known.set(bigram, positions);
      for (const position of positions) filter[position] = 1;
    }
    return (position) => filter[position] === 1;
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
  rows: readonly (readonly string[])[],
  config: LambdaFoldConfig,
  header?: readonly string[],
): CandidateBlocks {
  const { columns } = featureColumns(config.blockingFeatures, header);
  requireColumns(rows, [...columns, ...identifierColumns(config.recordIdColumn)], header);
  const filterOf = createBigramFilter(config.filterLength, config.hashFunctions);
  return foldTables(config, recordIds(rows, config.recordIdColumn), config.filterLength, (record) =>
    filterOf(columns.map((column) => rows[record]?.[column] ?? '').join('')),
  );
}

/** {@link lambdaFoldBlocks} of CLKs, which serve as filters. */
export function lambdaFoldClkBlocks(clks: PackedClks, config: LambdaFoldConfig): CandidateBlocks {
  const { rows, bits, bytesPerClk } = clks;
  const ids = Array.from({ length: rows }, (_, row) => row);
  return foldTables(config, ids, bytesPerClk * 8, (record) => (position) => {
    const byte = bits[record * bytesPerClk + (position >>> 3)] ?? 0;
    return ((byte >>> (7 - (position & 7))) & 1) === 1;
  });
}
