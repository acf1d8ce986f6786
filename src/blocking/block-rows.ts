/** The candidate blocks of the rows of a CSV text. */
import type { PackedClks } from '../clk/clk-file.ts';
import { csvRows } from '../python/csv-rows.ts';
import type { BlockingStatistics } from './block-statistics.ts';
import type { BlockingSchema } from './blocking-schema.ts';
import { blocksOfRecords, type CandidateBlocks } from './blocks.ts';
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

/** Candidate blocks of rows, which are known by their numbers whatever column the schema would know them by. */
export function candidateBlocks({ schema, text, hasHeader, clks }: BlockRequest): CandidateBlocks {
  const rows = strippedRows(text);
  const header = hasHeader ? (rows.next().value ?? []) : undefined;
  if (schema.type === 'p-sig') return pSigBlocks(rows, { ...schema.config, recordIdColumn: null }, header);
  const config = { ...schema.config, recordIdColumn: null };
  return config.inputClks ? lambdaFoldClkBlocks(clks, config) : lambdaFoldBlocks(rows, config, header);
}

function* strippedRows(text: string): Generator<string[], undefined> {
  for (const row of csvRows(text)) yield row.map((value) => value.trim());
  return undefined;
}

/** Candidate blocks by row. */
export function blockRows(request: BlockRequest): BlockedRows {
  const { type, blocks, statistics } = candidateBlocks(request);
  const byRow = blocksOfRecords(blocks);
  let count = request.hasHeader ? -1 : 0;
  for (const _ of csvRows(request.text)) count++;
  return {
    type,
    statistics,
    blocks: Array.from({ length: Math.max(0, count) }, (_, row) => [...(byRow.get(row) ?? [])]),
  };
}
