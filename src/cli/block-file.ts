import { z } from 'zod';
import type { BlockingStatistics, BlockStatistics } from '../blocking/block-statistics.ts';
import type { BlockingSchema, LambdaFoldConfig, PSigConfig } from '../blocking/blocking-schema.ts';
import type { BlockedRecords } from '../blocking/blocks.ts';
import { featureColumns } from '../blocking/features.ts';
import { type BlockNames, type RowBlocks, RowBlocksBuilder } from '../blocking/row-blocks.ts';
import { checked } from '../parsing/checked.ts';
import { asciiOnly, PythonFloat, pythonJson } from '../python/json.ts';
import { openBytes } from './byte-source.ts';
import { type BlockSink, piecesOf, smallJson } from './clk-source.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

const INDENT = 4;

/** What of blocklib's state a block file tells, under its names and in its order. */
function lambdaFoldState(config: LambdaFoldConfig, columns: readonly number[]): object {
  return {
    K: config.positions,
    bf_len: config.filterLength,
    blocking_features: config.blockingFeatures,
    blocking_features_index: columns,
    config: {
      record_id_column: config.recordIdColumn,
      blocking_features: config.blockingFeatures,
      null_sentinel: config.nullSentinel,
      Lambda: config.tables,
      bloom_filter_length: config.filterLength,
      number_of_hash_functions: config.hashFunctions,
      K: config.positions,
      block_encodings: config.inputClks,
      random_state: config.randomState,
    },
    ent_id_col: null,
    input_clks: config.inputClks,
    mylambda: config.tables,
    num_hash_function: config.hashFunctions,
    random_state: config.randomState,
    rec_dict: null,
    rec_id_col: config.recordIdColumn,
    record_id_col: config.recordIdColumn,
  };
}

function pSigState(config: PSigConfig, columns: readonly number[]): object {
  const share = (value: number) => (config.filter.type === 'ratio' ? new PythonFloat(value) : value);
  const filter = { type: config.filter.type, max: share(config.filter.max), min: share(config.filter.min) };
  const blockingFilter = {
    type: 'bloom filter',
    number_of_hash_functions: config.hashFunctions,
    bloom_filter_length: config.filterLength,
    compress_block_key: config.compressBlockKey,
  };
  const signatures = config.signatures.map((strategy) =>
    strategy.map((part) => ({
      type: part.type,
      feature: part.feature,
      ...(part.type === 'characters-at' ? { config: { pos: part.config.pos } } : {}),
    })),
  );
  return {
    blocking_config: blockingFilter,
    blocking_features: config.blockingFeatures,
    blocking_features_index: columns,
    config: {
      record_id_column: config.recordIdColumn,
      blocking_features: config.blockingFeatures,
      null_sentinel: config.nullSentinel,
      filter,
      blocking_filter: blockingFilter,
      signatures,
    },
    ent_id_col: null,
    filter_config: filter,
    null_sentinel: config.nullSentinel,
    rec_dict: null,
    rec_id_col: config.recordIdColumn,
    signature_strategies: signatures,
  };
}

/** Statistics with the numbers that are floats in Python marked as such. */
function statisticsOf<S extends BlockStatistics & { readonly coverage?: number }>(statistics: S): object {
  return {
    ...statistics,
    ...(statistics.num_of_blocks > 1 ? { std_size: new PythonFloat(statistics.std_size) } : {}),
    ...(statistics.coverage === undefined ? {} : { coverage: new PythonFloat(statistics.coverage) }),
  };
}

/** Characters of a part, or some more. */
const PART_LENGTH = 1 << 18;

/**
 * The text of a block file, in parts: the blocks of each record, the state and configuration they were made with, and
 * statistics.
 * @param given the blocking schema as it stands in its file
 * @param records how many there are, with or without blocks
 */
export function* blockFileParts(
  blocks: BlockedRecords,
  schema: BlockingSchema,
  given: unknown,
  records: number,
  header: readonly string[] | undefined,
): Generator<string> {
  yield `{\n${' '.repeat(INDENT)}"blocks": {`;
  const line = `\n${' '.repeat(2 * INDENT)}`;
  let text = '';
  let comma = '';
  for (const { record, blocks: ids } of blocks.records()) {
    const name = asciiOnly(JSON.stringify(String(record)));
    text += `${comma}${line}${name}: ${pythonJson(ids, INDENT, 2)}`;
    comma = ',';
    if (text.length < PART_LENGTH) continue;
    yield text;
    text = '';
  }
  yield text;
  yield blocks.count === 0 ? '},' : `\n${' '.repeat(INDENT)}},`;
  const meta = metaOf(blocks.statistics, schema, given, records, header);
  yield `\n${' '.repeat(INDENT)}"meta": ${pythonJson(meta, INDENT, 1)}\n}`;
}

function metaOf(
  statistics: BlockingStatistics,
  schema: BlockingSchema,
  given: unknown,
  records: number,
  header: readonly string[] | undefined,
): object {
  const columns =
    schema.type === 'lambda-fold' && schema.config.inputClks
      ? schema.config.blockingFeatures
      : featureColumns(schema.config.blockingFeatures, header).columns;
  const indices = columns.filter((column) => typeof column === 'number');
  const { statistics_per_strategy: strategies, coverage, ...sizes } = statistics;
  return {
    state: schema.type === 'p-sig' ? pSigState(schema.config, indices) : lambdaFoldState(schema.config, indices),
    config: given,
    source: { clk_count: [records] },
    stats: {
      ...statisticsOf(sizes),
      ...(strategies ? { statistics_per_strategy: strategies.map(statisticsOf) } : {}),
      ...(coverage === undefined ? {} : { coverage: new PythonFloat(coverage) }),
    },
  };
}

const blockIds = z.array(z.union([z.string(), z.number()]));
const emptyFile = z.object({ blocks: z.strictObject({}) });

/**
 * The blocks of each row, from a block file.
 * @param argument the argument's name in the usage
 * @param rows how many CLKs, or rows of a table, the blocks belong to
 * @param names numbers for the ids of blocks
 * @throws CommandError when it is none, or belongs to another number of rows
 */
export async function readBlockFile(
  terminal: Terminal,
  file: string,
  argument: string,
  rows: number,
  names: BlockNames,
  things = 'CLKs',
): Promise<RowBlocks> {
  const found = new RowBlocksBuilder(names);
  await eachRowBlock(terminal, file, argument, rows, found, things);
  return found.build(rows);
}

/** Reads a block file as {@link readBlockFile} does, and keeps none of it. */
export async function eachRowBlock(
  terminal: Terminal,
  file: string,
  argument: string,
  rows: number,
  blocks: BlockSink,
  things = 'CLKs',
): Promise<void> {
  const source = await openBytes(terminal, file, argument);
  const { name } = source;
  const seen = new Uint8Array(rows);
  let any = false;
  let stray: string | undefined;
  for (const { path, value } of piecesOf(source, ['$.blocks.*', '$.meta.source.clk_count.*'])) {
    const [part, record] = path;
    if (part === 'meta') {
      if (path.at(-1) !== 0 || value === rows) continue;
      throw new CommandError(
        `${name} was made from ${JSON.stringify(value)} records, and there are ${rows} ${things}. Take the two that belong together.`,
      );
    }
    any = true;
    const parsed = checked(blockIds, value);
    if (typeof record !== 'string') throw noBlockFile(name);
    if ('problem' in parsed) {
      throw new CommandError(`${name}: the blocks of record "${record}" are no list of texts. Write the file again.`);
    }
    const row = /^\d+$/.test(record) && Number(record) < rows ? Number(record) : undefined;
    if (row === undefined || seen[row] === 1) {
      stray ??= record;
      continue;
    }
    seen[row] = 1;
    for (const id of parsed.data) blocks.add(row, String(id));
  }
  if (!any && 'problem' in checked(emptyFile, smallJson(source))) throw noBlockFile(name);
  if (stray !== undefined) {
    throw new CommandError(
      `${name} has blocks for record "${stray}", and there are ${things} 0 to ${rows - 1}, each once. Block by row numbers (leave record-id-col out).`,
    );
  }
}

const noBlockFile = (name: string): CommandError =>
  new CommandError(
    `${name} is no block file: {"blocks": {...}} is missing in it. Choose a file that block has written.`,
  );
