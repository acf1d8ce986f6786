/** Work of the workbench on whole files, beside the page's thread. */

import { assessParties, type PartiesAssessment } from '../blocking/assessment.ts';
import {
  type BlockedRows,
  type BlockRequest,
  blockRows,
  type CsvSource,
  candidateBlocks,
} from '../blocking/block-rows.ts';
import type { BlockingSchema } from '../blocking/blocking-schema.ts';
import { BlockingError } from '../blocking/blocks.ts';
import { type ClkFile, type PackedClks, readClkFile, writeBlockedClkFile, writeClkFile } from '../clk/clk-file.ts';
import { csvRows } from '../python/csv-rows.ts';
import { t } from '../words/translate.ts';
import { guessTruth, type TruthGuess } from './truth.ts';

/** Tables of two parties or more. */
export interface AssessRequest {
  readonly schema: BlockingSchema;
  /** `column` says who each row is, from 0. */
  readonly parties: readonly (CsvSource & { readonly name: string; readonly column: number })[];
  /** Parties that must have a block for it to be compared. */
  readonly atLeast: number;
}

export interface WorkbenchWorkerApi {
  /**
   * Reads a CLK file, with or without blocks.
   * @throws ClkFileError
   */
  readClks(file: Blob): Promise<ClkFile>;
  /** A CLK file; with blocks where they are given. */
  writeClks(clks: PackedClks, blocks?: readonly (readonly string[])[]): Promise<Blob>;
  /**
   * The candidate blocks of each row.
   * @throws BlockingError
   */
  block(request: BlockRequest): Promise<BlockedRows>;
  /**
   * How many comparisons a blocking saves and how many people it loses.
   * @throws BlockingError
   */
  assess(request: AssessRequest): Promise<PartiesAssessment>;
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

const NO_CLKS: PackedClks = { rows: 0, bytesPerClk: 0, bits: new Uint8Array() };

function peopleOf({ name, text, hasHeader, column }: AssessRequest['parties'][number]): string[] {
  const people: string[] = [];
  let header = hasHeader;
  for (const row of csvRows(text)) {
    if (header) {
      header = false;
      continue;
    }
    const person = row[column]?.trim();
    if (!person) {
      throw new BlockingError(
        t("{{file}}, row {{row}}: column {{column}} does not say who this is. Every row needs the person's number.", {
          file: name,
          row: people.length + 1,
          column: column + 1,
        }),
      );
    }
    people.push(person);
  }
  return people;
}

function assess({ schema, parties, atLeast }: AssessRequest): PartiesAssessment {
  if (schema.type === 'lambda-fold' && schema.config.inputClks) {
    throw new BlockingError(
      t(
        'This schema blocks by CLKs, and here are tables. Block the CLKs with "blindjoin block", and assess the files with "blindjoin assess-blocks".',
      ),
    );
  }
  const assessed = parties.map((party) => {
    const people = peopleOf(party);
    try {
      return { people, blocks: candidateBlocks({ schema, ...party, clks: NO_CLKS }).blocks };
    } catch (error) {
      if (error instanceof BlockingError) throw new BlockingError(`${party.name}: ${error.message}`);
      throw error;
    }
  });
  return assessParties(assessed, atLeast);
}

export const workbenchWorker: WorkbenchWorkerApi = {
  readClks: async (file) => readClkFile(await file.text()),
  writeClks: async (clks, blocks) =>
    new Blob([blocks === undefined ? writeClkFile(clks) : writeBlockedClkFile(clks, blocks)], {
      type: 'application/json',
    }),
  block: async (request) => blockRows(request),
  assess: async (request) => assess(request),
  findTruth: async (first, second) => guessTruth(columnsOf(first), columnsOf(second)),
};
