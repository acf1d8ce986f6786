import { describe, expect, it } from 'vitest';
import { readResultFile, writeGroups, writeMapping } from './result-file.ts';

const pairs = [
  { first: 0, second: 4, similarity: 0.9 },
  { first: 7, second: 1, similarity: 0.8 },
];
const bare = pairs.map(({ first, second }) => ({ first, second }));

describe('result files', () => {
  it('are read as they are written', () => {
    expect(readResultFile(writeGroups(pairs))).toEqual({ type: 'groups', pairs: bare });
    expect(readResultFile(writeMapping(pairs))).toEqual({ type: 'mapping', pairs: bare });
    const scores = {
      similarity_scores: pairs.map(({ first, second, similarity }) => [[0, first], [1, second], similarity]),
    };
    expect(readResultFile(JSON.stringify(scores))).toEqual({ type: 'similarity scores', pairs });
  });

  it('come in older forms', () => {
    expect(readResultFile('[[0, 4, 0.9]]').pairs).toEqual([pairs[0]]);
    expect(readResultFile('[[[1, 4], [0, 0], 0.9]]').pairs).toEqual([pairs[0]]);
    expect(readResultFile('{"mapping": {"0": "4"}}').pairs).toEqual([bare[0]]);
    expect(readResultFile('{"groups": [[[0, 0], [1, 4], [0, 7]]]}').pairs).toEqual([
      { first: 0, second: 4 },
      { first: 7, second: 4 },
    ]);
  });

  it('are refused with what to do', () => {
    expect(() => readResultFile('{')).toThrow('not JSON');
    expect(() => readResultFile('{"permutation": [1]}')).toThrow('Permutations cannot be held to the truth');
    expect(() => readResultFile('{"groups": [[[0, 0], [2, 1]]]}')).toThrow('party 3');
  });
});
