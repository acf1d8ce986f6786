/** Work of the workbench on whole files, beside the page's thread. */

import { type BlockedRows, type BlockRequest, blockRows, type CsvSource } from '../blocking/block-rows.ts';
import { type ClkFile, type PackedClks, readClkFile, writeBlockedClkFile, writeClkFile } from '../clk/clk-file.ts';
import { csvRows } from '../python/csv-rows.ts';
import { guessTruth, type TruthGuess } from './truth.ts';

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

export const workbenchWorker: WorkbenchWorkerApi = {
  readClks: async (file) => readClkFile(await file.text()),
  writeClks: async (clks, blocks) =>
    new Blob([blocks === undefined ? writeClkFile(clks) : writeBlockedClkFile(clks, blocks)], {
      type: 'application/json',
    }),
  block: async (request) => blockRows(request),
  findTruth: async (first, second) => guessTruth(columnsOf(first), columnsOf(second)),
};
