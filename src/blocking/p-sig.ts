import { pythonSetOrder, pythonTuple } from '../python/set.ts';
import { blockPositions } from './block-filter.ts';
import { blockStatistics, strategyStatistics } from './block-statistics.ts';
import type { PSigConfig } from './blocking-schema.ts';
import { BlockingError, type CandidateBlocks, type RecordId } from './blocks.ts';
import { featureColumns, identifierColumns, recordIds, requireColumns } from './features.ts';
import { compileSignatures } from './signatures.ts';

/** How many records a signature may have among so many, ends included. */
function allowedSizes(filter: PSigConfig['filter'], records: number): (size: number) => boolean {
  const factor = filter.type === 'ratio' ? records : 1;
  return (size) => factor * filter.max >= size && size >= factor * filter.min;
}

/** A block's id: the text of the tuple of the set of positions that its signature sets. */
export function blockId(signature: string, filterLength: number, hashFunctions: number): string {
  return pythonTuple(pythonSetOrder(blockPositions(signature, filterLength, hashFunctions)));
}

/**
 * One party's blocks by p-sig, the probability signatures of Zhang, Wang, Cai and Yang (2018): records that share a
 * signature of an allowed frequency share a block.
 * @param rows values without blanks around them
 * @param header names of the columns, needed where the schema names them
 * @throws BlockingError when the schema does not fit the rows, or no signature passes the filter
 */
export function pSigBlocks(
  rows: readonly (readonly string[])[],
  config: PSigConfig,
  header?: readonly string[],
): CandidateBlocks {
  const columns = featureColumns(config.blockingFeatures, header);
  const signaturesOf = compileSignatures(config.signatures, columns.column, config.nullSentinel);
  const read = config.signatures.flatMap((parts) => parts.map(({ feature }) => columns.column(feature)));
  requireColumns(rows, [...columns.columns, ...read, ...identifierColumns(config.recordIdColumn)], header);
  const ids = recordIds(rows, config.recordIdColumn);
  const perStrategy = config.signatures.map(() => new Map<string, RecordId[]>());
  rows.forEach((row, r) => {
    signaturesOf(row).forEach((signature, strategy) => {
      if (signature === undefined) return;
      const index = perStrategy[strategy];
      const records = index?.get(signature);
      if (records) records.push(ids[r] ?? r);
      else index?.set(signature, [ids[r] ?? r]);
    });
  });
  const allowed = allowedSizes(config.filter, rows.length);
  const kept = perStrategy.map((index) => new Map([...index].filter(([, records]) => allowed(records.length))));
  const strategies = kept.map((index, i) =>
    strategyStatistics(
      [...index.values()].map((records) => records.length),
      i,
      rows.length,
    ),
  );
  const blocks = new Map<string, RecordId[]>();
  const covered = new Set<RecordId>();
  for (const [signature, records] of kept.flatMap((index) => [...index])) {
    for (const record of records) covered.add(record);
    const block = blockId(signature, config.filterLength, config.hashFunctions);
    const others = blocks.get(block);
    if (others) others.push(...records);
    else blocks.set(block, records);
  }
  if (blocks.size === 0) {
    throw new BlockingError('P-Sig: All records are filtered out! Widen the filter, or choose other signatures.');
  }
  return {
    type: 'p-sig',
    blocks,
    compress: config.compressBlockKey,
    statistics: {
      ...blockStatistics([...blocks.values()].map((records) => records.length)),
      statistics_per_strategy: strategies,
      coverage: covered.size / ids.length,
    },
  };
}
