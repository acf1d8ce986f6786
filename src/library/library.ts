/**
 * What the package `blindjoin` gives programs: CLKs, blocks, comparison and solving, byte for byte those of the Python packages clkhash,
 * blocklib and anonlink. Rows are arrays of texts, one value a feature; everything counts from 0.
 */

import { type BlockingSchema, checkBlockingSchema } from '../blocking/blocking-schema.ts';
import { blocksOfRecords, type CandidateBlocks } from '../blocking/blocks.ts';
import { lambdaFoldBlocks, lambdaFoldClkBlocks } from '../blocking/lambda-fold.ts';
import { pSigBlocks } from '../blocking/p-sig.ts';
import { BlockNames, RowBlocksBuilder as Builder, type RowBlocks } from '../blocking/row-blocks.ts';
import { createEncoder } from '../clk/encoder.ts';
import { checkSchema } from '../clk/schema-reading.ts';
import { findCandidates as search } from '../compare/candidate-search.ts';
import { filtersOf } from '../compare/filters.ts';
import { solveGreedily } from '../compare/greedy-solver.ts';

/** CLKs of many rows. */
export interface EncodedTable {
  readonly rows: number;
  /** Row by row, `bytesPerClk` bytes each; the first bit is the highest of the first byte. */
  readonly bits: Uint8Array;
  readonly bytesPerClk: number;
  /** Bits set, of each row. */
  readonly popcounts: Uint32Array;
}

/** Rows of different tables that may be one person, the most alike first. Columns of equal length, pair by pair. */
export interface CandidatePairs {
  /** Dice similarity, 0 to 1. */
  readonly similarities: Float64Array;
  /** The first table's number is the lower one. */
  readonly firstDataset: Uint16Array;
  readonly secondDataset: Uint16Array;
  readonly firstRecord: Uint32Array;
  readonly secondRecord: Uint32Array;
}

export interface SearchOptions {
  /** Least similarity of a pair, 0 to 1. */
  readonly threshold: number;
  /** At most so many pairs of each record with another table. */
  readonly top?: number;
  /** Of each table the blocks of each row: only rows that share one are compared. */
  readonly blocks?: readonly (readonly (readonly string[])[])[];
}

/** A row of a table, by their numbers. */
export interface GroupedRecord {
  readonly dataset: number;
  readonly record: number;
}

export interface BlockOptions {
  /** The names of the columns, where the schema names its features. */
  readonly header?: readonly string[];
  /** The rows' CLKs, where the schema blocks by them (lambda-fold with `input-clks`). */
  readonly clks?: EncodedTable;
}

/** A schema that cannot be used, and all that is wrong with it. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  constructor(readonly problems: readonly string[]) {
    super(`The schema is not valid. ${problems.join(' ')}`);
  }
}

/** @throws SchemaError unless there is a schema */
function usable<Schema>(
  schema: Schema | undefined,
  problems: readonly { readonly severity: string; readonly message: string }[],
): Schema {
  if (schema !== undefined) return schema;
  throw new SchemaError(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message));
}

/**
 * The CLKs of rows, as clkhash 0.18.3 makes them. Values are not checked against the schema but for what cannot be hashed.
 * @param rows one value a feature of the schema, in its order
 * @param schema a linkage schema of version 1, 2 or 3, parsed from JSON
 * @param secret what the data providers share; text is taken as UTF-8
 * @throws SchemaError for a schema that is not valid; an Error that names row and feature for a value that cannot be encoded
 */
export function encodeTable(
  rows: Iterable<readonly string[]>,
  schema: unknown,
  secret: string | Uint8Array,
): EncodedTable {
  const read = checkSchema(schema);
  return createEncoder(usable(read.schema, read.problems), secret).encodeTable(rows);
}

/**
 * Candidate pairs among the tables, as anonlink finds them: similarity falling, then first table, second table, first row, second row.
 * @throws Error for tables that do not fit together (CLKs of other lengths, blocks for some tables only), or options without sense
 */
export function findCandidates(
  tables: readonly EncodedTable[],
  { threshold, top, blocks }: SearchOptions,
): CandidatePairs {
  const numbered = blocks && numbersOf(blocks);
  const sets = tables.map((table, i) => ({ filters: filtersOf(table), blocks: numbered?.[i] }));
  return search(sets, { threshold, top });
}

/** Numbers for the ids of blocks, with one meaning in all tables. */
function numbersOf(tables: NonNullable<SearchOptions['blocks']>): RowBlocks[] {
  const names = new BlockNames();
  return tables.map((rows) => {
    const builder = new Builder(names);
    for (const [row, ids] of rows.entries()) for (const id of ids) builder.add(row, id);
    return builder.build(rows.length);
  });
}

/**
 * Groups of rows that are one person, by anonlink's greedy solver: from the most alike pair down, two groups become one as soon as every
 * pair between them has been seen. With two tables each row is linked to the most alike one that is still free.
 * @param pairs each pair of rows at most once, similarity falling
 * @returns groups of two rows or more, sorted by their first row
 */
export function solveGreedy(pairs: CandidatePairs): GroupedRecord[][] {
  const { group, dataset, record } = solveGreedily(pairs);
  const groups: GroupedRecord[][] = [];
  group.forEach((number, i) => {
    const members = groups[number] ?? [];
    groups[number] = members;
    members.push({ dataset: dataset[i] ?? 0, record: record[i] ?? 0 });
  });
  return groups;
}

/**
 * The blocks of each row, as blocklib 0.1.11 makes them.
 * @param rows values by column; blanks around them do not count
 * @param schema a blocking schema (p-sig or lambda-fold), parsed from JSON
 * @returns the ids of the blocks of each row; none where the row is in no block
 * @throws SchemaError for a schema that is not valid; an Error where it does not fit the rows
 */
export function blockTable(
  rows: readonly (readonly string[])[],
  schema: unknown,
  { header, clks }: BlockOptions = {},
): string[][] {
  const read = checkBlockingSchema(schema);
  const found = blocksOfRecords(
    candidates(rows, usable(read.schema, read.problems), { ...(header && { header }), ...(clks && { clks }) }).blocks,
  );
  return rows.map((_, row) => [...(found.get(row) ?? [])]);
}

function candidates(
  rows: readonly (readonly string[])[],
  schema: BlockingSchema,
  { header, clks }: BlockOptions,
): CandidateBlocks {
  const stripped = rows.map((row) => row.map((value) => value.trim()));
  if (schema.type === 'p-sig') return pSigBlocks(stripped, { ...schema.config, recordIdColumn: null }, header);
  const config = { ...schema.config, recordIdColumn: null };
  if (!config.inputClks) return lambdaFoldBlocks(stripped, config, header);
  if (clks === undefined) throw new SchemaError(['It blocks by CLKs: give those of the rows as clks.']);
  return lambdaFoldClkBlocks(clks, config);
}
