import { describe, expect, it } from 'vitest';
import { assessPairs } from '../blocking/assessment.ts';
import { finalBlocks } from '../blocking/blocks.ts';
import { lambdaFoldClkBlocks } from '../blocking/lambda-fold.ts';
import { BlockNames, RowBlocksBuilder } from '../blocking/row-blocks.ts';
import { createEncoder } from '../clk/encoder.ts';
import { checkSchema } from '../clk/schema-reading.ts';
import { groupMembers } from '../linking/run-result.ts';
import { solvePairs } from '../linking/run-solver.ts';
import { csvRows } from '../python/csv-rows.ts';
import { hasVectors, readGzippedVector, readVectors } from '../testing/vectors.ts';
import { comparePairs } from './linkage.ts';
import { openHere } from './threads.ts';

/** Figures of blocklib and anonlink, in the README of the vectors. */
describe.skipIf(!hasVectors)('FEBRL 4 in blocks of lambda-fold on CLKs, three tables of five positions', () => {
  it('is compared and linked as by blocklib and anonlink', { timeout: 60_000 }, async () => {
    const tables = ['febrl4a', 'febrl4b'].map((name) =>
      [...csvRows(readGzippedVector(`data/${name}.csv.gz`))].slice(1),
    );
    const people = tables.map((rows) => rows.map(([id = '']) => /\d+/.exec(id)?.[0] ?? ''));
    const [first, second] = people;
    const { schema } = checkSchema(readVectors<{ sets: { schema: unknown }[] }>('full_sets.json').sets[0]?.schema);
    if (!schema || !first || !second) throw new Error('there are two tables and a schema');
    const clks = tables.map((rows) => createEncoder(schema, 'secret').encodeTable(rows));
    const config = {
      recordIdColumn: null,
      blockingFeatures: [],
      nullSentinel: '',
      tables: 3,
      positions: 5,
      filterLength: 1024,
      hashFunctions: 4,
      inputClks: true,
      randomState: 0,
    };
    const [a, b] = finalBlocks(
      clks.map((set) => lambdaFoldClkBlocks(set, config)),
      2,
    );
    if (!a || !b) throw new Error('there are blocks of both');
    const { comparisons, completeness } = assessPairs([a, b], [first, second]);
    expect([comparisons, completeness]).toEqual([5_604_962, 0.9214]);
    const names = new BlockNames();
    const sets = [a, b].map((index, party) => {
      const set = clks[party];
      if (!set) throw new Error('each party has CLKs');
      const blocks = new RowBlocksBuilder(names);
      for (const [id, records] of index) for (const row of records) blocks.add(Number(row), id);
      return { clks: set, blocks: blocks.build(set.rows) };
    });
    const pairs = await comparePairs(sets, { threshold: 0.8, threads: { cores: 1, open: openHere } });
    const links = [...groupMembers(solvePairs([pairs]))];
    const correct = links.filter((group) => new Set(group.map(([party, row]) => people[party]?.[row])).size === 1);
    expect([links.length, correct.length]).toEqual([4586, 4586]);
  });
});
