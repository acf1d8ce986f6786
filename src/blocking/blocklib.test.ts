import { describe, expect, it } from 'vitest';
import { clksFromBase64 } from '../clk/clk-file.ts';
import { createPythonRandom } from '../python/random.ts';
import { pythonSetOrder } from '../python/set.ts';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import { assessPairs } from './assessment.ts';
import { blockPositions } from './block-filter.ts';
import { statisticsText } from './block-statistics.ts';
import { type BlockingSchema, checkBlockingSchema } from './blocking-schema.ts';
import { type BlockIndex, blocksOfRecords, type CandidateBlocks, finalBlocks } from './blocks.ts';
import { doubleMetaphone } from './double-metaphone.ts';
import missingValues from './fixtures/missing-values.json' with { type: 'json' };
import pythonRandom from './fixtures/python-random.json' with { type: 'json' };
import verdicts from './fixtures/schema-verdicts.json' with { type: 'json' };
import setOrder from './fixtures/set-order.json' with { type: 'json' };
import { lambdaFoldBlocks, lambdaFoldClkBlocks } from './lambda-fold.ts';
import { pSigBlocks } from './p-sig.ts';

interface BlockingCase {
  name: string;
  schema: unknown;
  options?: { header?: null };
  error?: string;
  parties?: string[][][];
  candidate: [string, unknown[]][][];
  stats: object[];
  summary_text_party0: string;
  K: number;
  final: [string, unknown[]][][];
  final_reverse: [unknown, string[]][][];
  reduction_ratio?: number;
  pair_completeness?: number;
}

function schemaOf(value: unknown): BlockingSchema {
  const { schema, problems } = checkBlockingSchema(value);
  if (!schema) throw new Error(JSON.stringify(problems));
  return schema;
}

function block(rows: string[][] | string[], schema: BlockingSchema, header?: string[]): CandidateBlocks {
  if (schema.type === 'lambda-fold' && schema.config.inputClks) {
    return lambdaFoldClkBlocks(clksFromBase64(rows as string[]), schema.config);
  }
  const table = rows as string[][];
  return schema.type === 'p-sig'
    ? pSigBlocks(table, schema.config, header, 'abydos')
    : lambdaFoldBlocks(table, schema.config, header);
}

const entries = (index: BlockIndex): [string, unknown[]][] => [...index].map(([id, records]) => [id, [...records]]);

function expectCase(entry: BlockingCase, allParties: string[][][], header: string[] | null): void {
  const schema = schemaOf(entry.schema);
  const parties = entry.parties ?? allParties;
  const names = entry.options && 'header' in entry.options ? undefined : (header ?? undefined);
  const run = () => parties.map((rows) => block(rows, schema, names));
  if (entry.error) {
    expect(run).toThrow();
    return;
  }
  const candidates = run();
  expect(candidates.map((candidate) => entries(candidate.blocks))).toEqual(entry.candidate);
  expect(candidates.map((candidate) => candidate.statistics)).toEqual(entry.stats);
  expect(candidates[0] && statisticsText(candidates[0].statistics)).toBe(entry.summary_text_party0);
  const final = finalBlocks(candidates, entry.K);
  expect(final.map(entries)).toEqual(entry.final);
  const reverse = final.map((index) =>
    [...blocksOfRecords(index)].map(([record, blocks]) => [record, [...blocks].sort()]),
  );
  expect(reverse).toEqual(entry.final_reverse);
  if (entry.reduction_ratio === undefined) return;
  const [first, second] = final;
  if (!first || !second || !parties[0] || !parties[1]) throw new Error('two parties');
  const people = [parties[0].map((row) => row[0] ?? ''), parties[1].map((row) => row[0] ?? '')] as const;
  const { reductionRatio, completeness } = assessPairs([first, second], people);
  expect(reductionRatio).toBe(entry.reduction_ratio);
  expect(completeness).toBe(entry.pair_completeness);
}

interface BlockingFile {
  readonly cases: readonly BlockingCase[];
  readonly parties: string[][][];
  readonly header: string[] | null;
}

describe.skipIf(!hasVectors)('blocks of blocklib', () => {
  const files = ['psig_lambda_alice_bob_90', 'psig_metaphone_abydos_80', 'lambda_clks'];
  for (const file of files) {
    const { cases, parties, header } = hasVectors
      ? readVectors<BlockingFile>(`blocklib/${file}.json`)
      : { cases: [], parties: [], header: null };
    it.each(cases.map((entry) => [entry.name, entry] as const))(`${file}: %s`, (_, entry) =>
      expectCase(entry, parties, header),
    );
  }
});

describe('blocks of blocklib with missing values', () => {
  const cases = missingValues.cases as unknown as BlockingCase[];
  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', (_, entry) =>
    expectCase(entry, missingValues.parties, missingValues.header),
  );
});

describe("Python's parts", () => {
  interface Samples {
    seed: string;
    samples: [number, number, number[]][];
    random: number[];
    getrandbits: number[];
  }
  const samples = pythonRandom.cases as unknown as Samples[];
  it.each(samples.map((entry) => [entry.seed, entry] as const))('random.seed(%s)', (_, entry) => {
    const random = createPythonRandom(BigInt(entry.seed));
    for (const [population, count, expected] of entry.samples)
      expect(random.sample(population, count)).toEqual(expected);
    expect(entry.random.map(() => random.random())).toEqual(entry.random);
    expect([1, 7, 32].map((bits) => random.randomBits(bits))).toEqual(entry.getrandbits.slice(0, 3));
  });

  const filters = setOrder.cases;
  it.each(filters.map((entry) => [entry.string, entry.bf_len, entry.k, entry] as const))(
    'set of %j, %i, %i',
    (text, length, k, entry) => {
      expect(pythonSetOrder(blockPositions(text, length, k))).toEqual(entry.tuple_of_set);
    },
  );
});

describe.skipIf(!hasVectors)('double metaphone of abydos', () => {
  it('agrees on every word', () => {
    const { rows } = readVectors<{ rows: [string, string, string][] }>('blocklib/double_metaphone_abydos.json');
    expect(rows.map(([word]) => [word, ...doubleMetaphone(word, 'abydos')])).toEqual(rows);
  });
});

describe('blocking schema verdicts of blocklib', () => {
  interface Verdict {
    name: string;
    schema: unknown;
    verdict: string;
    parsed?: { version: number; type: string; config: Record<string, unknown> };
  }
  const { cases } = hasVectors ? readVectors<{ cases: Verdict[] }>('blocklib/schema_verdicts.json') : verdicts;
  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
    const { schema, problems } = checkBlockingSchema(entry.schema);
    const older = problems.some(({ message }) => message.includes('feature-idx'));
    if (entry.verdict === 'invalid') {
      expect(schema === undefined || older).toBe(true);
      return;
    }
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!schema || !entry.parsed) throw new Error('valid');
    const { config } = schema;
    const common = {
      record_id_column: config.recordIdColumn,
      blocking_features: config.blockingFeatures,
      null_sentinel: config.nullSentinel,
    };
    const parsed =
      schema.type === 'p-sig'
        ? {
            ...common,
            filter: schema.config.filter,
            blocking_filter: {
              type: 'bloom filter',
              number_of_hash_functions: schema.config.hashFunctions,
              bloom_filter_length: schema.config.filterLength,
              compress_block_key: schema.config.compressBlockKey,
            },
            signatures: schema.config.signatures,
          }
        : {
            ...common,
            Lambda: schema.config.tables,
            bloom_filter_length: schema.config.filterLength,
            number_of_hash_functions: schema.config.hashFunctions,
            K: schema.config.positions,
            block_encodings: schema.config.inputClks,
            random_state: schema.config.randomState,
          };
    expect({ version: schema.version, type: schema.type, config: parsed }).toEqual(entry.parsed);
  });
});
