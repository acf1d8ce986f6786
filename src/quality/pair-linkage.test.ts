import { describe, expect, it } from 'vitest';
import { diceOf } from './linkage-quality.ts';
import { linkPairs } from './pair-linkage.ts';

const clks = (...bytes: readonly number[]) => ({ rows: bytes.length, bytesPerClk: 1, bits: Uint8Array.from(bytes) });

describe('linkPairs', () => {
  it('lists candidates by similarity and links each row once', () => {
    const first = clks(0b1111, 0b0111, 0);
    const second = clks(0b0111, 0b1111, 0);
    const { candidates, linked } = linkPairs(first, second, 0.5);
    expect([...candidates.similarity]).toEqual([1, 1, 6 / 7, 6 / 7]);
    expect([...candidates.first]).toEqual([0, 1, 0, 1]);
    expect([...candidates.second]).toEqual([1, 0, 0, 1]);
    expect([...linked.first]).toEqual([0, 1]);
    candidates.similarity.forEach((similarity, i) => {
      expect(similarity).toBe(diceOf(first, second, candidates.first[i] ?? 0, candidates.second[i] ?? 0));
    });
  });

  it('refuses CLKs of different lengths', () => {
    expect(() => linkPairs(clks(1), { rows: 1, bytesPerClk: 2, bits: new Uint8Array(2) }, 0.5)).toThrow('one schema');
  });
});
