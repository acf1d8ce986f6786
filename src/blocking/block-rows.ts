/** The candidate blocks of the rows of a CSV text. */
import type { PackedClks } from '../clk/clk-file.ts';
import { csvRows } from '../python/csv-rows.ts';
import type { BlockingStatistics } from './block-statistics.ts';
import type { BlockingSchema } from './blocking-schema.ts';
import { blocksOfRecords } from './blocks.ts';
import { lambdaFoldBlocks, lambdaFoldClkBlocks } from './lambda-fold.ts';
import { pSigBlocks } from './p-sig.ts';

export interface CsvSource {
  readonly text: string;
  readonly hasHeader: boolean;
}

export interface BlockRequest extends CsvSource {
  readonly schema: BlockingSchema;
  /** The CLKs of its rows, where the schema blocks by them. */
  readonly clks: PackedClks;
}

export interface BlockedRows {
  readonly type: BlockingSchema['type'];
  readonly statistics: BlockingStatistics;
  /** The block ids of each row. */
  readonly blocks: readonly (readonly string[])[];
}

/** Candidate blocks by row, whatever column the schema would know records by. */
export function blockRows({ schema, text, hasHeader, clks }: BlockRequest): BlockedRows {
  const [first, ...rest] = csvRows(text);
  const header = hasHeader ? first : undefined;
  const rows = (hasHeader || first === undefined ? rest : [first, ...rest]).map((row) => row.map((v) => v.trim()));
  const candidates =
    schema.type === 'p-sig'
      ? pSigBlocks(rows, { ...schema.config, recordIdColumn: null }, header)
      : schema.config.inputClks
        ? lambdaFoldClkBlocks(clks, { ...schema.config, recordIdColumn: null })
        : lambdaFoldBlocks(rows, { ...schema.config, recordIdColumn: null }, header);
  const byRow = blocksOfRecords(candidates.blocks);
  const blocks = rows.map((_, row) => [...(byRow.get(row) ?? [])]);
  return { type: candidates.type, statistics: candidates.statistics, blocks };
}
