import { describe, expect, it } from 'vitest';
import { matchChance, valuesOfDesign } from './match-chance.ts';

describe('matchChance', () => {
  it('is the binomial tail where all bands are alike', () => {
    const p = 0.5 ** 2;
    const none = (1 - p) ** 4;
    const one = 4 * p * (1 - p) ** 3;
    expect(matchChance(0.5, [2, 2, 2, 2], 1)).toBeCloseTo(1 - none, 12);
    expect(matchChance(0.5, [2, 2, 2, 2], 2)).toBeCloseTo(1 - none - one, 12);
  });

  it('runs from 0 to 1 and rises', () => {
    const values = Array.from({ length: 64 }, () => 5);
    const curve = [0, 0.25, 0.5, 0.75, 1].map((s) => matchChance(s, values, 2));
    expect(curve[0]).toBe(0);
    expect(curve[4]).toBeCloseTo(1, 12);
    expect(curve).toEqual(curve.toSorted((a, b) => a - b));
  });

  it('takes bands of different strength', () => {
    expect(matchChance(0.5, [1, 2], 2)).toBeCloseTo(0.5 * 0.25, 12);
  });
});

describe('values of a band', () => {
  it('come from the design', () => {
    const bands = [
      {
        fields: [
          { field: 0, picks: [1] },
          { field: 2, picks: [4, 9, 3] },
        ],
      },
      {
        fields: [
          { field: 0, picks: [2, 5] },
          { field: 1, picks: [] },
        ],
      },
    ];
    expect(valuesOfDesign({ source: 'minhash', seed: '', bands })).toEqual([4, 2]);
  });
});
