import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LambdaFoldConfig, PSigConfig } from '../blocking/blocking-schema.ts';
import { type BlockedRecords, blocksByRecord, type CandidateBlocks } from '../blocking/blocks.ts';
import { lambdaFoldBlocks, lambdaFoldClkBlocks } from '../blocking/lambda-fold.ts';
import { blockId, pSigBlocks } from '../blocking/p-sig.ts';
import { TemporaryFile } from '../disk/temporary-files.ts';
import type { SorterOptions } from '../disk/triple-sorter.ts';
import { ClkFold, sortedFoldBlocks } from './sorted-lambda-fold.ts';
import { sortedPSigBlocks } from './sorted-p-sig.ts';

/** Everything that is told of blocks, or the words of the error. */
function told(make: () => BlockedRecords): unknown {
  try {
    const { statistics, count, records } = make();
    return { statistics, count, records: [...records()].map(({ record, blocks }) => [record, ...blocks]) };
  } catch (error) {
    return String(error);
  }
}

function inMemory(candidates: CandidateBlocks): BlockedRecords {
  return { statistics: candidates.statistics, ...blocksByRecord(candidates.blocks) };
}

/** @param held triples in memory: few, so that most lie in files */
function onDisk<T>(work: (files: SorterOptions) => T, held = 5): T {
  const opened: TemporaryFile[] = [];
  const open = (): TemporaryFile => {
    const file = new TemporaryFile(tmpdir());
    opened.push(file);
    return file;
  };
  try {
    return work({ files: { open }, held });
  } finally {
    for (const file of opened) file.close();
  }
}

const rows = fc.array(
  fc.array(fc.constantFrom('ann', 'bob', 'eve', 'x', '', '\u{1f600}', 'smith'), { minLength: 3, maxLength: 3 }),
  {
    maxLength: 60,
  },
);

const value = (feature: number) => ({ type: 'feature-value', feature }) as const;
const pSig = fc.record({
  recordIdColumn: fc.constant(null),
  blockingFeatures: fc.constant([0, 1]),
  nullSentinel: fc.constantFrom(null, '', 'bob'),
  filter: fc.constantFrom(
    { type: 'count', min: 1, max: 1000 } as const,
    { type: 'count', min: 2, max: 5 } as const,
    { type: 'ratio', min: 0.02, max: 0.2 } as const,
  ),
  hashFunctions: fc.integer({ min: 1, max: 6 }),
  // Of few positions signatures share blocks, also such whose sets are equal in another order.
  filterLength: fc.constantFrom(1, 3, 8, 9, 40, 4096, 2 ** 26),
  compressBlockKey: fc.constant(false),
  signatures: fc.constantFrom(
    [[value(0)]],
    [[value(0), value(1)], [value(2)], [value(0)]],
    [[value(0), value(1), value(2)], [{ type: 'metaphone', feature: 1 } as const]],
  ),
});

/** Blocks of equal values of the first column. */
const ONE_COLUMN = {
  recordIdColumn: null,
  blockingFeatures: [0],
  nullSentinel: null,
  filter: { type: 'count', min: 1, max: 9 },
  compressBlockKey: false,
  signatures: [[value(0)]],
} as const;

it('blocks rows by p-sig on disk as in memory: order, ids and statistics', () => {
  fc.assert(
    fc.property(rows, pSig, (table, config: PSigConfig) => {
      const expected = told(() => inMemory(pSigBlocks(table, config)));
      const found = onDisk((files) => told(() => sortedPSigBlocks({ rows: table, atMost: 70, ...files }, config)));
      expect(found).toEqual(expected);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('refuses more rows than was said, whose keys would be those of others', () => {
  const table = ['a', 'b', 'c'].map((name) => [name]);
  const config: PSigConfig = { ...ONE_COLUMN, hashFunctions: 3, filterLength: 64 };
  const blocksOf = (atMost: number) =>
    onDisk((files) => told(() => sortedPSigBlocks({ rows: table, atMost, ...files }, config)));
  expect(blocksOf(3)).toEqual(told(() => inMemory(pSigBlocks(table, config))));
  expect(blocksOf(2)).toMatch(/^RangeError: there are more rows than 2/);
});

it('tells blocks of the same positions in another order apart', () => {
  const valueIn = (id: string): string => {
    const found = Array.from({ length: 2000 }, (_, i) => `v${i}`).find((text) => blockId(`0_${text}`, 9, 2) === id);
    return found ?? expect.fail(`no value has the block ${id}`);
  };
  const table = [[valueIn('(0, 8)')], [valueIn('(8, 0)')]];
  const config: PSigConfig = { ...ONE_COLUMN, hashFunctions: 2, filterLength: 9 };
  const found = onDisk((files) => told(() => sortedPSigBlocks({ rows: table, atMost: 2, ...files }, config)));
  expect(found).toEqual(told(() => inMemory(pSigBlocks(table, config))));
});

const fold = fc.record({
  recordIdColumn: fc.constant(null),
  blockingFeatures: fc.constant([0, 1]),
  nullSentinel: fc.constant(null),
  tables: fc.integer({ min: 0, max: 4 }),
  // Of 96 bits and more a hash is sorted; 300 are more than a filter has.
  positions: fc.constantFrom(0, 1, 8, 30, 48, 49, 96, 97, 130, 300),
  filterLength: fc.constant(256),
  hashFunctions: fc.constant(2),
  inputClks: fc.constant(false),
  randomState: fc.integer({ min: 0, max: 9 }),
});

it('blocks rows by lambda-fold on disk as in memory', () => {
  fc.assert(
    fc.property(rows, fold, fc.constantFrom(5, 10_000), (table, config: LambdaFoldConfig, held) => {
      const expected = told(() => inMemory(lambdaFoldBlocks(table, config)));
      const found = onDisk(
        (files) => told(() => sortedFoldBlocks({ rows: table, atMost: 70, ...files }, config)),
        held,
      );
      expect(found).toEqual(expected);
    }),
    { seed: 1, numRuns: 100 },
  );
});

it('blocks CLKs that come in parts as those that come at once', () => {
  const clks = fc.uint8Array({ minLength: 4, maxLength: 200, max: 3 });
  fc.assert(
    fc.property(clks, fold, (bytes, config: LambdaFoldConfig) => {
      const count = Math.floor(bytes.length / 4);
      const clksOf = (first: number, end: number) => ({
        rows: end - first,
        bytesPerClk: 4,
        bits: bytes.slice(4 * first, 4 * end),
      });
      const found = onDisk((files) =>
        told(() => {
          const parts = new ClkFold(config, files);
          parts.add(clksOf(0, 1));
          parts.add(clksOf(1, count));
          return parts.finish() ?? expect.fail('there are CLKs');
        }),
      );
      expect(found).toEqual(told(() => inMemory(lambdaFoldClkBlocks(clksOf(0, count), config))));
    }),
    { seed: 1, numRuns: 100 },
  );
});
