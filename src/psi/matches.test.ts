import { describe, expect, it } from 'vitest';
import { chooseGeometry } from './geometry.ts';
import { joinKeys } from './key-points.ts';
import { matchedSlots } from './labels.ts';
import { falseCandidates, MAX_FALSE, SightingCollector } from './matches.ts';

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

it('a label counts once for each band that shows it, in whatever order bands and values come', () => {
  const collector = new SightingCollector(2);
  // Record 1 stands first in the second bundle, and its values fall.
  collector.add(4, { places: Uint32Array.of(1, 0), values: Float64Array.of(90, 30, 20, 10) });
  collector.add(0, { places: Uint32Array.of(0, 1, 3), values: Float64Array.of(50, 20, 70, 90, 30, 90) });
  expect(collector.candidates(2)).toEqual([
    { list: 0, data: 20, bands: 2, inBands: Uint8Array.of(0, 4) },
    { list: 1, data: 30, bands: 2, inBands: Uint8Array.of(1, 4) },
    { list: 1, data: 90, bands: 3, inBands: Uint8Array.of(0, 1, 4) },
  ]);
  expect(new SightingCollector(3).candidates(2)).toEqual([]);
});

it('keys of several bands stand one band after the other', () => {
  const bands = [Uint32Array.of(1, 2, 3, 4), Uint32Array.of(5, 6, 7, 8, 9, 10, 11, 12), new Uint32Array()];
  expect([...joinKeys(bands)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

it('a matched row stands in the slot that its label stands for', () => {
  const matched = { labels: Float64Array.of(8_000_000_007, 12, 5), strata: Uint32Array.of(2, 0, 1) };
  expect(matchedSlots(matched, 10)).toEqual([
    { slot: 7, label: 8_000_000_007, stratum: 2 },
    { slot: 2, label: 12, stratum: 0 },
    { slot: 5, label: 5, stratum: 1 },
  ]);
});
