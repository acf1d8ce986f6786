import { describe, expect, it } from 'vitest';
import { randomElements } from '../seal/random.ts';
import { confirmed, labelKeys, matchedLabels } from './label-check.ts';

const salt = Uint8Array.from({ length: 16 }, (_, i) => i);

describe('keys of labels', () => {
  const labels = randomElements(5000);

  it('are equal for equal labels under one salt only', () => {
    const keys = labelKeys(labels, salt);
    expect(labelKeys(labels, salt)).toEqual(keys);
    const words = (of: Uint32Array) => Array.from(labels, (_, row) => of.subarray(4 * row, 4 * row + 4).join());
    expect(new Set(words(keys)).size).toBe(new Set(labels).size);
    const others = new Set(words(labelKeys(labels, salt.toReversed())));
    expect(words(keys).filter((key) => others.has(key))).toEqual([]);
    // Labels have 33 bits: these share the lower 32.
    const [low, high] = [labelKeys(Float64Array.of(7), salt), labelKeys(Float64Array.of(7 + 2 ** 32), salt)];
    expect(high.every((word, i) => word !== low[i])).toBe(true);
  });

  it('have independent halves: each bit is set in half of them', () => {
    const keys = labelKeys(labels, salt);
    for (let bit = 0; bit < 128; bit++) {
      const set = labels.reduce(
        (sum, _, row) => sum + (((keys[4 * row + (bit >> 5)] as number) >>> (bit & 31)) & 1),
        0,
      );
      // Beyond seven deviations once in 10^11.
      expect(Math.abs(set - 2500)).toBeLessThan(7 * Math.sqrt(1250));
    }
  });
});

it('labels seen in two bands are doubtful, those of three and more certain', () => {
  const matches = [2, 3, 2, 7].map((bands, i) => ({ bands, data: 10 + i, list: 3 * i }));
  expect(matchedLabels(matches)).toEqual({
    labels: Float64Array.of(10, 11, 12, 13),
    records: Uint32Array.of(0, 3, 6, 9),
    doubtful: Uint8Array.of(1, 0, 1, 0),
  });
});

it('a label is confirmed where the answer to its own key shows it', () => {
  const shown = { places: Uint32Array.of(0, 2, 3), values: Float64Array.of(5, 10, 10, 11, 12, 13) };
  expect(confirmed(Float64Array.of(10, 11, 11, 14), shown)).toEqual([true, false, true, false]);
  // Each of these stands in the answer to another's key.
  expect(confirmed(Float64Array.of(11, 11, 5, 10), shown)).toEqual([false, false, false, false]);
  expect(confirmed(new Float64Array(), { places: new Uint32Array(), values: new Float64Array() })).toEqual([]);
});
