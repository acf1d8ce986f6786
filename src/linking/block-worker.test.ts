import { expect, it } from 'vitest';
import { blockRows } from '../blocking/block-rows.ts';
import { readBlockingSchema } from '../blocking/blocking-schema.ts';
import { peopleCsv } from '../sample/people-files.ts';
import { numberBlocks } from './block-ids.ts';
import { linkingWorker } from './block-worker.ts';

const { schema } = readBlockingSchema(
  JSON.stringify({
    type: 'p-sig',
    version: 1,
    config: {
      'blocking-features': [1, 2],
      filter: { type: 'count', max: 100, min: 1 },
      'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 4, 'bf-len': 2048 },
      signatureSpecs: [[{ type: 'metaphone', feature: 2 }], [{ type: 'feature-value', feature: 1 }]],
    },
  }),
);
function request(kind: 'list' | 'data') {
  if (!schema) throw new Error('no schema');
  const text = [...peopleCsv(kind, { seed: 5, listRows: 60, dataRows: 60, overlap: 40 })].join('');
  return { schema, text, hasHeader: true, clks: { rows: 60, bits: new Uint8Array(60), bytesPerClk: 1 } };
}

it('names blocks so that providers with one secret agree on which rows share one, and nobody else', async () => {
  const [list, data] = [request('list'), request('data')];
  const named = await Promise.all([list, data].map((one) => linkingWorker.block(one, 'secret')));
  const [a, b] = numberBlocks(named.map(({ blocks }) => blocks));
  const [plainA, plainB] = [blockRows(list).blocks, blockRows(data).blocks];
  const blocksOf = (numbered: typeof a, row: number) => [
    ...(numbered?.ids.subarray(numbered.starts[row] ?? 0, numbered.starts[row + 1] ?? 0) ?? []),
  ];
  let shared = 0;
  for (let i = 0; i < 60; i++) {
    for (let j = 0; j < 60; j++) {
      const plainly = plainA[i]?.some((id) => plainB[j]?.includes(id)) ?? false;
      expect(blocksOf(a, i).some((id) => blocksOf(b, j).includes(id))).toBe(plainly);
      if (plainly) shared++;
    }
  }
  expect(shared).toBeGreaterThan(30);
  const [own, other] = [named[0], await linkingWorker.block(list, 'another')];
  expect(own?.blocks.counts).toEqual(other.blocks.counts);
  expect(own?.blocks.ids).not.toEqual(other.blocks.ids);
});
