import { z } from 'zod';
import type { BlockStatistics } from '../blocking/block-statistics.ts';
import type { BlockingSchema, LambdaFoldConfig, PSigConfig } from '../blocking/blocking-schema.ts';
import { blocksOfRecords, type CandidateBlocks } from '../blocking/blocks.ts';
import { featureColumns } from '../blocking/features.ts';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { PythonFloat, pythonJson } from '../python/json.ts';
import { CommandError } from './command-error.ts';

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

/**
 * The text of a block file: the blocks of each record, the state and configuration they were made with, and statistics.
 * @param given the blocking schema as it stands in its file
 * @param records how many there are, with or without blocks
 */
export function writeBlockFile(
  candidates: CandidateBlocks,
  schema: BlockingSchema,
  given: unknown,
  records: number,
  header: readonly string[] | undefined,
): string {
  const { statistics, blocks } = candidates;
  const columns =
    schema.type === 'lambda-fold' && schema.config.inputClks
      ? schema.config.blockingFeatures
      : featureColumns(schema.config.blockingFeatures, header).columns;
  const indices = columns.filter((column) => typeof column === 'number');
  const { statistics_per_strategy: strategies, coverage, ...sizes } = statistics;
  return pythonJson(
    {
      blocks: new Map([...blocksOfRecords(blocks)].map(([record, ids]) => [record, [...ids]])),
      meta: {
        state: schema.type === 'p-sig' ? pSigState(schema.config, indices) : lambdaFoldState(schema.config, indices),
        config: given,
        source: { clk_count: [records] },
        stats: {
          ...statisticsOf(sizes),
          ...(strategies ? { statistics_per_strategy: strategies.map(statisticsOf) } : {}),
          ...(coverage === undefined ? {} : { coverage: new PythonFloat(coverage) }),
        },
      },
    },
    4,
  );
}

const blockFile = z.object({
  blocks: z.record(z.string(), z.array(z.union([z.string(), z.number()]))),
  meta: z
    .object({ source: z.object({ clk_count: z.array(z.number()) }) })
    .partial()
    .optional(),
});

/**
 * The block ids of each row, from a block file.
 * @param name the file's, for messages
 * @param rows how many CLKs the blocks belong to
 * @throws CommandError when it is none, or belongs to another number of rows
 */
export function readBlockFile(text: string, name: string, rows: number): string[][] {
  const json = readJson(text);
  if ('problem' in json) throw new CommandError(`${name} is not JSON: ${json.problem}.`);
  const parsed = checked(blockFile, json.data);
  if ('problem' in parsed) throw new CommandError(`${name} is no block file: {"blocks": {...}} is missing in it.`);
  const count = parsed.data.meta?.source?.clk_count[0];
  if (count !== undefined && count !== rows) {
    throw new CommandError(
      `${name} was made from ${count} records, and there are ${rows} CLKs. Take the two that belong together.`,
    );
  }
  const found: string[][] = Array.from({ length: rows }, () => []);
  for (const [record, ids] of Object.entries(parsed.data.blocks)) {
    const blocks = /^\d+$/.test(record) ? found[Number(record)] : undefined;
    if (!blocks) {
      throw new CommandError(
        `${name} has blocks for record "${record}", and there are CLKs 0 to ${rows - 1}. Block by row numbers (leave record-id-col out).`,
      );
    }
    blocks.push(...ids.map(String));
  }
  return found;
}
