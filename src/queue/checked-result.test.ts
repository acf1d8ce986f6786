import { describe, expect, it } from 'vitest';
import type { CandidatePairs } from '../compare/candidates.ts';
import { dumpCandidates } from '../compare/serialisation.ts';
import { checkedResult } from './checked-result.ts';
import { packResult, type QueuePart, type RunManifest } from './messages.ts';

const manifest: RunManifest = {
  sets: [
    { rows: 10, bytesPerClk: 8 },
    { rows: 10, bytesPerClk: 8 },
  ],
  rowsPerSlice: 10,
  threshold: 0.5,
  measure: 'dice',
};
const part: QueuePart = { kind: 'rows', firstDataset: 0, secondDataset: 1, first: [0, 5], second: [2, 10] };

type Pair = readonly [similarity: number, firstDataset: number, secondDataset: number, first: number, second: number];

function resultOf(...pairs: Pair[]): Uint8Array {
  const columns: CandidatePairs = {
    similarities: Float64Array.from(pairs, ([similarity]) => similarity),
    firstDataset: Uint16Array.from(pairs, (pair) => pair[1]),
    secondDataset: Uint16Array.from(pairs, (pair) => pair[2]),
    firstRecord: Uint32Array.from(pairs, (pair) => pair[3]),
    secondRecord: Uint32Array.from(pairs, (pair) => pair[4]),
  };
  return packResult({ worker: 'w', seconds: 1, pairs: dumpCandidates(columns) });
}

describe('a result from the queue', () => {
  it('is taken where it can be that of the part', () => {
    const { pairs } = checkedResult(resultOf([1, 0, 1, 4, 2], [0.5, 0, 1, 0, 9], [0.5, 0, 1, 1, 2]), part, manifest);
    expect([...pairs.firstRecord]).toEqual([4, 0, 1]);
  });

  it.each<[string, Pair[]]>([
    ['a pair is of other parties', [[1, 1, 0, 4, 2]]],
    ['a pair has a row that was not to be compared', [[1, 0, 1, 5, 2]]],
    ['a pair has a row that was not to be compared', [[1, 0, 1, 4, 1]]],
    ['a pair is below the threshold', [[0.49, 0, 1, 4, 2]]],
    [
      'its pairs are in no order',
      [
        [0.5, 0, 1, 1, 2],
        [0.6, 0, 1, 0, 2],
      ],
    ],
  ])('is refused: %s', (why, pairs) => {
    expect(() => checkedResult(resultOf(...pairs), part, manifest)).toThrow(why);
  });
});
