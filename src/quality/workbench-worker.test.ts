import { describe, expect, it } from 'vitest';
import { blockRows } from '../blocking/block-rows.ts';
import { checkBlockingSchema } from '../blocking/blocking-schema.ts';
import { workbenchWorker } from './workbench-worker.ts';

const clks = { rows: 3, bytesPerClk: 2, bits: Uint8Array.of(1, 2, 3, 4, 1, 2) };
const source = { text: 'id,name\nx,Ann \ny,Bo\nz,Ann\n', hasHeader: true, clks };

function blockingSchema(value: unknown) {
  const { schema, problems } = checkBlockingSchema(value);
  if (schema === undefined) throw new Error(JSON.stringify(problems));
  return schema;
}

describe('blockRows', () => {
  it('gives each row its blocks, by p-sig', () => {
    const schema = blockingSchema({
      type: 'p-sig',
      version: 1,
      config: {
        'blocking-features': ['name'],
        'record-id-col': 0,
        filter: { type: 'count', max: 10, min: 0 },
        'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 2, 'bf-len': 256 },
        signatureSpecs: [[{ type: 'feature-value', feature: 'name' }]],
      },
    });
    const { blocks, statistics } = blockRows({ ...source, schema });
    expect(blocks).toHaveLength(3);
    expect(blocks[0]).toEqual(blocks[2]);
    expect(blocks[1]).not.toEqual(blocks[0]);
    expect(statistics).toMatchObject({ num_of_blocks: 2, max_size: 2, coverage: 1 });
  });

  it('blocks by CLKs where the schema says so', () => {
    const schema = blockingSchema({
      type: 'lambda-fold',
      version: 1,
      config: {
        'blocking-features': [],
        Lambda: 2,
        'bf-len': 16,
        'num-hash-funcs': 1,
        K: 8,
        'input-clks': true,
        random_state: 0,
      },
    });
    const { blocks } = blockRows({ ...source, schema });
    expect(blocks.map((ids) => ids.length)).toEqual([2, 2, 2]);
    expect(blocks[0]).toEqual(blocks[2]);
  });
});

describe('the workbench worker', () => {
  it('writes CLK files that it reads', async () => {
    const read = await workbenchWorker.readClks(await workbenchWorker.writeClks(clks));
    expect(read.clks).toEqual(clks);
    const blocked = await workbenchWorker.readClks(await workbenchWorker.writeClks(clks, [['a'], [], ['a', 'b']]));
    expect(blocked.blocks).toEqual([['a'], [], ['a', 'b']]);
  });

  it('finds who is who in two files', async () => {
    const file = (prefix: string) => ({
      text: `key,same\n${Array.from({ length: 30 }, (_, i) => `${prefix}${i},x\n`).join('')}`,
      hasHeader: true,
    });
    expect(await workbenchWorker.findTruth(file('a-'), file('b-'))).toEqual({
      first: 0,
      second: 0,
      pattern: String.raw`\d+`,
    });
  });
});

describe('assess', () => {
  const schema = blockingSchema({
    type: 'p-sig',
    version: 1,
    config: {
      'blocking-features': ['name'],
      filter: { type: 'count', max: 10, min: 0 },
      'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 4, 'bf-len': 2048 },
      signatureSpecs: [[{ type: 'feature-value', feature: 'name' }]],
    },
  });
  const party = (name: string, ...rows: string[]) => ({
    name,
    text: `id,name\n${rows.map((row) => `${row}\n`).join('')}`,
    hasHeader: true,
    column: 0,
  });
  const a = party('a.csv', '1,ann', '2,bo', '3,cy');
  const b = party('b.csv', '1,ann', '2,bob', '4,cy');

  it('counts what blocks save and lose', async () => {
    const found = await workbenchWorker.assess({ schema, parties: [a, b], atLeast: 2 });
    expect(found).toMatchObject({ records: [3, 3], comparisons: 2, reductionRatio: 1 - 2 / 9, setCompleteness: 0.5 });
    expect(found.tupleReductionRatio).toBe(found.reductionRatio);
    expect(found.pairs).toEqual([{ parties: [0, 1], comparisons: 2, reductionRatio: 1 - 2 / 9, completeness: 0.5 }]);
    const three = await workbenchWorker.assess({ schema, parties: [a, b, party('c.csv', '1,ann')], atLeast: 3 });
    expect(three.pairs.map(({ parties }) => parties)).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    // One block, with one row of each.
    expect(three).toMatchObject({ comparisons: 3, tupleReductionRatio: 1 - 1 / 9 });
  });

  it.each<[string, ReturnType<typeof party>, string]>([
    [
      'a row that does not say who it is',
      party('c.csv', '1,ann', ',bo'),
      'c.csv, row 2: column 1 does not say who this is',
    ],
    [
      'a table without the column',
      { ...party('c.csv', '1,ann'), text: 'id,surname\n1,ann\n' },
      'c.csv: The table has no column "name"',
    ],
  ])('says which table is wrong: %s', async (_, wrong, words) => {
    await expect(workbenchWorker.assess({ schema, parties: [a, wrong], atLeast: 2 })).rejects.toThrow(words);
  });
});
