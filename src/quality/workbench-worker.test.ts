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
