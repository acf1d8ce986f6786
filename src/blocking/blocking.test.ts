import { describe, expect, it } from 'vitest';
import { assessPairs, assessSets } from './assessment.ts';
import { blockStatistics, SizeCounts } from './block-statistics.ts';
import { checkBlockingSchema, readBlockingSchema } from './blocking-schema.ts';
import { type BlockIndex, BlockingError, type CandidateBlocks, finalBlocks } from './blocks.ts';
import { lambdaFoldBlocks } from './lambda-fold.ts';
import { blockId, pSigBlocks } from './p-sig.ts';
import { compileSignatures, type SignaturePart } from './signatures.ts';

const pSigSchema = {
  type: 'p-sig',
  version: 1,
  config: {
    'blocking-features': ['name'],
    filter: { type: 'count', min: 1, max: 10 },
    'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 4, 'bf-len': 2048 },
    signatureSpecs: [[{ type: 'feature-value', feature: 'name' }]],
  },
};

describe('blocking schemas', () => {
  it('name every problem and its place', () => {
    const { schema, problems } = checkBlockingSchema({
      ...pSigSchema,
      config: { ...pSigSchema.config, filter: { type: 'ratio', max: 2 }, signatureSpecs: [[{ type: 'soundex' }]] },
    });
    expect(schema).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual([
      'config.filter.max must be from 0 to 1; use the type "count" for numbers of records.',
      expect.stringContaining('config.signatureSpecs.0.0'),
    ]);
    expect(readBlockingSchema('{').problems[0]?.message).toContain('not JSON');
  });

  it('read the older spelling of features, and warn', () => {
    const { schema, problems } = checkBlockingSchema({
      ...pSigSchema,
      config: { ...pSigSchema.config, signatureSpecs: [[{ type: 'metaphone', 'feature-idx': 1 }]] },
    });
    expect(schema?.type === 'p-sig' && schema.config.signatures).toEqual([[{ type: 'metaphone', feature: 1 }]]);
    expect(problems).toMatchObject([{ severity: 'warning', path: 'config/signatureSpecs' }]);
  });

  it('warn of settings that find nothing', () => {
    const { problems } = checkBlockingSchema({
      type: 'lambda-fold',
      version: 1,
      config: {
        'blocking-features': [],
        Lambda: 0,
        K: 9,
        'bf-len': 8,
        'num-hash-funcs': 1,
        'input-clks': false,
        random_state: 0,
      },
    });
    expect(problems.map(({ path }) => path)).toEqual(['config/blocking-features', 'config/Lambda', 'config/K']);
  });
});

it.each([1e20, '12345678901234567890', -(2 ** 53)])('a random_state that lost digits, %s, is refused', (state) => {
  const config = {
    'blocking-features': [0],
    Lambda: 2,
    K: 2,
    'bf-len': 64,
    'num-hash-funcs': 2,
    'input-clks': false,
  };
  const read = (random: unknown) =>
    checkBlockingSchema({ type: 'lambda-fold', version: 1, config: { ...config, random_state: random } });
  expect(read(state).problems).toEqual([
    expect.objectContaining({ path: 'config/random_state', message: expect.stringContaining('at most 15 digits') }),
  ]);
  expect(read(999_999_999_999_999).problems).toEqual([]);
});

describe('a column that a row lacks', () => {
  const lambda = {
    type: 'lambda-fold',
    version: 1,
    config: {
      'blocking-features': [1],
      Lambda: 2,
      K: 2,
      'bf-len': 64,
      'num-hash-funcs': 2,
      'input-clks': false,
      random_state: 0,
    },
  };
  const block = (given: { config: object }, config: object, rows: string[][], header?: string[]) => {
    const { schema } = checkBlockingSchema({ ...given, config: { ...given.config, ...config } });
    if (schema === undefined) throw new Error('no schema');
    return schema.type === 'p-sig'
      ? pSigBlocks(rows, schema.config, header)
      : lambdaFoldBlocks(rows, schema.config, header);
  };
  const feature = (column: number) => ({
    'blocking-features': [column],
    signatureSpecs: [[{ type: 'feature-value', feature: column }]],
  });
  const rows = [
    ['a', 'b'],
    ['c', 'd'],
  ];

  it.each([
    [
      'beyond the table, p-sig',
      pSigSchema,
      feature(7),
      rows,
      'column 7 (counted from 0), and the table has columns 0 to 1',
    ],
    ['beyond the table, lambda-fold', lambda, { 'blocking-features': [7] }, rows, 'column 7 (counted from 0)'],
    ['below 0, p-sig', pSigSchema, feature(-1), rows, 'column -1 (counted from 0)'],
    ['below 0, lambda-fold', lambda, { 'blocking-features': [-1] }, rows, 'column -1 (counted from 0)'],
    ['of record identifiers', lambda, { 'record-id-col': 9 }, rows, 'column 9 (counted from 0)'],
    ['of a ragged row, p-sig', pSigSchema, feature(1), [...rows, ['e']], 'Row 3 has 1 values'],
    ['of a ragged row, lambda-fold', lambda, {}, [...rows, ['e']], 'Row 3 has 1 values'],
    ['of a blank line', lambda, {}, [...rows, []], 'Row 3 is blank'],
  ] as const)('%s, is an error that says where', (_name, schema, config, table, message) => {
    const given = table.map((row) => [...row]);
    expect(() => block(schema, config, given)).toThrow(BlockingError);
    expect(() => block(schema, config, given)).toThrow(message);
  });
});

describe('signatures', () => {
  const signature = (pos: (number | string)[], value: string): string | undefined => {
    const parts: SignaturePart[] = [{ type: 'characters-at', feature: 0, config: { pos } }];
    return compileSignatures([parts], Number, '')([value])[0];
  };

  it.each([
    [[0, 2], 'abc', '0_ac'],
    [['1:3'], 'abcd', '0_bc'],
    [[':99', '2:', 99], 'abc', '0_abccc'],
    [['-1'], 'abc', '0_c'],
    [['5:9'], 'abc', '0_c'],
    [['5:'], 'abc', '0_'],
    [[1], '😀é', '0_é'],
  ])('characters at %j of %s', (pos, value, expected) => expect(signature(pos, value)).toBe(expected));

  it('leave out records with a missing value, and refuse what is no position', () => {
    expect(signature([0], '')).toBeUndefined();
    expect(() => signature(['a'], 'abc')).toThrow('"a" is no position');
    expect(() => signature(['3:1'], 'abc')).toThrow('starts at or after its end');
    expect(() => compileSignatures([[{ type: 'feature-value', feature: 3 }]], Number, '')(['a'])).toThrow(
      'no column 3',
    );
  });
});

describe('blocks', () => {
  const { schema } = checkBlockingSchema(pSigSchema);
  if (schema?.type !== 'p-sig') throw new Error('the schema is one of p-sig');

  it('need a header where the schema names columns', () => {
    expect(() => pSigBlocks([['a']], schema.config)).toThrow('the table has no header');
    expect(() => pSigBlocks([['a']], schema.config, ['id'])).toThrow('no column "name"');
  });

  it('are refused where no signature passes', () => {
    expect(() => pSigBlocks([['']], schema.config, ['name'])).toThrow(BlockingError);
  });

  it('are common to as many parties as asked for', () => {
    const parties = [
      ['ann', 'bob'],
      ['ann', 'cid'],
      ['ann', 'bob'],
    ].map((names) =>
      pSigBlocks(
        names.map((name) => [name]),
        schema.config,
        ['name'],
      ),
    );
    const ann = blockId('0_ann', 2048, 4);
    const bob = blockId('0_bob', 2048, 4);
    expect(finalBlocks(parties, 3).map((index) => [...index.keys()])).toEqual([[ann], [ann], [ann]]);
    expect(finalBlocks(parties, 2).map((index) => [...index.keys()])).toEqual([[ann, bob], [ann], [ann, bob]]);
    expect(() => finalBlocks(parties, 4)).toThrow('Choose 2 to 3');
    const [first] = parties;
    const other = { type: 'lambda-fold' } as CandidateBlocks;
    expect(() => finalBlocks(first ? [first, other] : [], 2)).toThrow('different ways');
  });

  it('say it when a sample is larger than the filter', () => {
    const config = {
      recordIdColumn: null,
      blockingFeatures: [0],
      nullSentinel: '',
      tables: 1,
      positions: 9,
      filterLength: 8,
      hashFunctions: 2,
      inputClks: false,
      randomState: 0,
    };
    expect(() => lambdaFoldBlocks([['ann']], config)).toThrow('Cannot take 9 of 8 positions');
  });
});

describe('assessment', () => {
  const index = (blocks: Record<string, number[]>): BlockIndex => new Map(Object.entries(blocks));

  it('counts a pair once a block', () => {
    const first = index({ a: [0, 1], b: [0] });
    const second = index({ a: [0], b: [0], c: [1] });
    const result = assessPairs(
      [first, second],
      [
        ['p', 'q'],
        ['p', 'q'],
      ],
    );
    expect(result).toEqual({ reductionRatio: 1 - 3 / 4, completeness: 0.5, comparisons: 3 });
  });

  it('counts sets that one block keeps whole', () => {
    const blocks = [index({ a: [0], b: [1] }), index({ a: [0], b: [1] }), index({ a: [0] })];
    const people = [
      ['p', 'q'],
      ['p', 'q'],
      ['p', 'q'],
    ];
    expect(assessSets(blocks, people)).toEqual({ reductionRatio: 1 - 4 / 12, completeness: 0.5, comparisons: 4 });
    const [first, second] = blocks;
    if (!first || !second) throw new Error('two parties');
    const pair = assessPairs(
      [first, second],
      [
        ['p', 'q'],
        ['p', 'q'],
      ],
    );
    expect(
      assessSets(
        [first, second],
        [
          ['p', 'q'],
          ['p', 'q'],
        ],
      ),
    ).toEqual(pair);
  });

  it('needs records', () => {
    expect(() => assessPairs([index({}), index({})], [[], []])).toThrow('no records');
    expect(() => assessPairs([index({ a: [5] }), index({ a: [0] })], [['p'], ['p']])).toThrow('no row 5');
  });
});

describe('blockStatistics', () => {
  it('has a deviation that is rounded correctly, and zeros without blocks', () => {
    expect(blockStatistics(new SizeCounts([1, 2, 2, 7])).std_size).toBe(2.70801280154532);
    expect(blockStatistics(new SizeCounts())).toEqual({
      num_of_blocks: 0,
      min_size: 0,
      max_size: 0,
      avg_size: 0,
      med_size: 0,
      std_size: 0,
      sum_of_blocks: 0,
    });
  });
});
