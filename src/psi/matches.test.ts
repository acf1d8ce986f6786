import { describe, expect, it } from 'vitest';
import { chooseGeometry } from './geometry.ts';
import { falseCandidates, MAX_FALSE } from './matches.ts';

describe('candidates by chance alone', () => {
  it('are pairs of values over p, or triples over its square', () => {
    expect(falseCandidates(3, 64, 2)).toBeCloseTo((192 * 191) / 2 / 8589475841, 15);
    expect(falseCandidates(24, 64, 3)).toBeCloseTo((1536 * 1535 * 1534) / 6 / 8589475841 ** 2, 20);
  });

  it('are too many at the extreme, with 64 segments and 128 bands, and few at usual sizes', () => {
    expect(falseCandidates(64, 128, 2)).toBeGreaterThan(MAX_FALSE);
    expect(falseCandidates(64, 128, 3)).toBeLessThan(1e-6);
    for (const data of [5000, 100_000, 1_000_000]) {
      expect(falseCandidates(chooseGeometry(5000, data, 64).segments, 64, 2)).toBeLessThan(MAX_FALSE / 5);
    }
  });
});
