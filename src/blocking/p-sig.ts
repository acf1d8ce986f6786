import { pythonSetOrder, pythonTuple } from '../python/set.ts';
import { t } from '../words/translate.ts';
import { blockPositions, requireFilter } from './block-filter.ts';
import { blockStatistics, SizeCounts, strategyStatistics } from './block-statistics.ts';
import type { PSigConfig } from './blocking-schema.ts';
import { BlockingError, type CandidateBlocks, type RecordId } from './blocks.ts';
import type { MetaphoneName } from './double-metaphone.ts';
import { createColumnCheck, featureColumns, identifierColumns, recordId } from './features.ts';
import { compileSignatures } from './signatures.ts';

/** How many records a signature may have among so many, ends included. */
export function allowedSizes(filter: PSigConfig['filter'], records: number): (size: number) => boolean {
  const factor = filter.type === 'ratio' ? records : 1;
  return (size) => factor * filter.max >= size && size >= factor * filter.min;
}

/** A block's id: the text of the tuple of the set of positions that its signature sets. */
export function blockId(signature: string, filterLength: number, hashFunctions: number): string {
  return pythonTuple(pythonSetOrder(blockPositions(signature, filterLength, hashFunctions)));
}

/** By each strategy: the records that have a signature, in their order. */
type SignatureIndex = Map<string, RecordId[]>;

/**
 * Rows with their signatures, one a strategy.
 * @throws BlockingError when the schema does not fit the rows
 */
export function* signedRows(
  rows: Iterable<readonly string[]>,
  config: PSigConfig,
  header: readonly string[] | undefined,
  metaphone: MetaphoneName | undefined,
): Generator<{ readonly id: RecordId; readonly signatures: readonly (string | undefined)[] }> {
  requireFilter(config.filterLength, config.hashFunctions);
  const columns = featureColumns(config.blockingFeatures, header);
  const signaturesOf = compileSignatures(config.signatures, columns.column, config.nullSentinel, metaphone);
  const read = config.signatures.flatMap((parts) => parts.map(({ feature }) => columns.column(feature)));
  const needed = [...columns.columns, ...read, ...identifierColumns(config.recordIdColumn)];
  const checkColumns = createColumnCheck(needed, header);
  let count = 0;
  for (const row of rows) {
    checkColumns(row, count);
    yield { id: recordId(row, count, config.recordIdColumn), signatures: signaturesOf(row) };
    count++;
  }
}

/** No signature is left. */
export const noBlocks = (): BlockingError =>
  new BlockingError(t('P-Sig: All records are filtered out! Widen the filter, or choose other signatures.'));

/** Signatures that set the same positions share a block. */
function joinBlocks(kept: readonly SignatureIndex[], { filterLength, hashFunctions }: PSigConfig): SignatureIndex {
  const blocks: SignatureIndex = new Map();
  for (const [signature, records] of kept.flatMap((index) => [...index])) {
    const block = blockId(signature, filterLength, hashFunctions);
    const others = blocks.get(block);
    if (others) for (const record of records) others.push(record);
    else blocks.set(block, [...records]);
  }
  return blocks;
}

const sizesOf = (index: SignatureIndex) => new SizeCounts([...index.values()].map((records) => records.length));

/**
 * One party's blocks by p-sig, the probability signatures of Zhang, Wang, Cai and Yang (2018): records that share a
 * signature of an allowed frequency share a block.
 * @param rows values without blanks around them
 * @param header names of the columns, needed where the schema names them
 * @param metaphone whose codes of Double Metaphone are taken, those of blocklib unless given
 * @throws BlockingError when the schema does not fit the rows, or no signature passes the filter
 */
export function pSigBlocks(
  rows: Iterable<readonly string[]>,
  config: PSigConfig,
  header?: readonly string[],
  metaphone?: MetaphoneName,
): CandidateBlocks {
  const perStrategy = config.signatures.map((): SignatureIndex => new Map());
  let count = 0;
  for (const { id, signatures } of signedRows(rows, config, header, metaphone)) {
    signatures.forEach((signature, strategy) => {
      if (signature === undefined) return;
      const index = perStrategy[strategy];
      const records = index?.get(signature);
      if (records) records.push(id);
      else index?.set(signature, [id]);
    });
    count++;
  }
  const allowed = allowedSizes(config.filter, count);
  const kept = perStrategy.map((index) => new Map([...index].filter(([, records]) => allowed(records.length))));
  const strategies = kept.map((index, i) => strategyStatistics(sizesOf(index), i, count));
  const covered = new Set(kept.flatMap((index) => [...index.values()].flat()));
  const blocks = joinBlocks(kept, config);
  if (blocks.size === 0) throw noBlocks();
  return {
    type: 'p-sig',
    blocks,
    compress: config.compressBlockKey,
    statistics: {
      ...blockStatistics(sizesOf(blocks)),
      statistics_per_strategy: strategies,
      coverage: covered.size / count,
    },
  };
}
