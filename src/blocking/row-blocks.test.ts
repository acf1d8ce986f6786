import { describe, expect, it } from 'vitest';
import { createPythonRandom } from '../python/random.ts';
import { blocksByRecord, blocksOfRecords } from './blocks.ts';
import { lambdaFoldClkBlocks } from './lambda-fold.ts';
import { BlockNames, blocksOfRow, RowBlocksBuilder } from './row-blocks.ts';

describe('blocks in few and large lists', () => {
  it('are the blocks of each record, in the same order', () => {
    const index = new Map<string, readonly (number | string)[]>([
      ['x', [3, 1, 1]],
      ['y', ['a', 3]],
      ['z', [1]],
    ]);
    const { count, records } = blocksByRecord(index);
    const expected = [...blocksOfRecords(index)].map(([record, blocks]) => ({ record, blocks: [...blocks] }));
    expect([...records()]).toEqual(expected);
    expect(count).toBe(expected.length);
  });

  it('are gathered by row in any order', () => {
    const names = new BlockNames();
    const other = names.numberOf('z');
    const builder = new RowBlocksBuilder(names);
    for (const [row, id] of [
      [2, 'x'],
      [0, 'y'],
      [2, 'z'],
    ] as const)
      builder.add(row, id);
    const blocks = builder.build(4);
    expect([0, 1, 2, 3].map((row) => blocksOfRow(blocks, row))).toEqual([['y'], [], ['x', 'z'], []]);
    expect(blocks.ids[2]).toBe(other);
  });

  it.each([3, 53, 54, 70])('of %i positions tell by all of them', (positions) => {
    const config = {
      recordIdColumn: null,
      blockingFeatures: [],
      nullSentinel: '',
      tables: 2,
      positions,
      filterLength: 128,
      hashFunctions: 1,
      inputClks: true,
      randomState: 3,
    };
    const rows = 60;
    // Filters that differ in one bit each from the first.
    const bits = new Uint8Array(rows * 16).fill(0x5a);
    for (let row = 1; row < rows; row++) {
      const at = row * 16 + (row >> 3);
      bits[at] = (bits[at] ?? 0) ^ (1 << (row & 7));
    }
    const { blocks } = lambdaFoldClkBlocks({ rows, bits, bytesPerClk: 16 }, config);
    for (const [id, members] of blocks) {
      expect(id).toHaveLength(1 + positions);
      const table = Number(id[0]);
      const random = createPythonRandom(3);
      let sample: number[] = [];
      for (let t = 0; t <= table; t++) sample = random.sample(128, positions);
      for (const row of members) {
        const own = sample.map(
          (position) => ((bits[Number(row) * 16 + (position >> 3)] ?? 0) >> (7 - (position & 7))) & 1,
        );
        expect(own.join('')).toBe(id.slice(1));
      }
    }
    expect([...blocks.values()].flat()).toHaveLength(2 * rows);
  });
});
