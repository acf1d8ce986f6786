/** Work of the workbench on whole files, beside the page's thread. */

import type { BlockingStatistics } from '../blocking/block-statistics.ts';
import type { BlockingSchema } from '../blocking/blocking-schema.ts';
import { blocksOfRecords } from '../blocking/blocks.ts';
import { lambdaFoldBlocks, lambdaFoldClkBlocks } from '../blocking/lambda-fold.ts';
import { pSigBlocks } from '../blocking/p-sig.ts';
import { type ClkFile, type PackedClks, readClkFile, writeBlockedClkFile, writeClkFile } from '../clk/clk-file.ts';
import { csvRows } from '../clk/csv-rows.ts';
import { guessTruth, type TruthGuess } from '../quality/truth.ts';

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

export interface WorkbenchWorkerApi {
  /** Reads a CLK file, with or without blocks. Throws ClkFileError. */
  readClks(file: Blob): Promise<ClkFile>;
  /** A CLK file; with blocks where they are given. */
  writeClks(clks: PackedClks, blocks?: readonly (readonly string[])[]): Promise<Blob>;
  /** The candidate blocks of each row. Throws BlockingError. */
  block(request: BlockRequest): Promise<BlockedRows>;
  /** The columns that tell who is who. */
  findTruth(first: CsvSource, second: CsvSource): Promise<TruthGuess | undefined>;
}

/** Rows that are looked at for the truth. */
const TRUTH_ROWS = 200_000;

function columnsOf({ text, hasHeader }: CsvSource): string[][] {
  const columns: string[][] = [];
  let rows = hasHeader ? -1 : 0;
  for (const row of csvRows(text)) {
    if (rows === TRUTH_ROWS) break;
    if (columns.length === 0) columns.push(...row.map((): string[] => []));
    const number = rows++;
    if (number < 0) continue;
    columns.forEach((values, i) => {
      values.push(row[i] ?? '');
    });
  }
  return columns;
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

export const workbenchWorker: WorkbenchWorkerApi = {
  readClks: async (file) => readClkFile(await file.text()),
  writeClks: async (clks, blocks) =>
    new Blob([blocks === undefined ? writeClkFile(clks) : writeBlockedClkFile(clks, blocks)], {
      type: 'application/json',
    }),
  block: async (request) => blockRows(request),
  findTruth: async (first, second) => guessTruth(columnsOf(first), columnsOf(second)),
};
