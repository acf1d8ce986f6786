import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { seedTheSource } from '../testing/seeded-source.ts';
import { expectEvenCounts, expectUniform } from '../testing/uniformity.ts';
import { PLAIN_MODULUS } from './parameters.ts';
import { randomBelow, randomElement, randomElements, randomNonzero, randomPermutation } from './random.ts';

beforeAll(seedTheSource);
afterEach(() => vi.restoreAllMocks());

it('elements are uniform in the field', () => {
  expectUniform(randomElements(16_384), 'elements');
  expectUniform(randomElements(16_384), 'elements of the next blocks');
});

it('every place of a list of elements is drawn, the first and the last too', () => {
  const lists = Array.from({ length: 512 }, () => randomElements(5));
  for (let place = 0; place < 5; place++) {
    expectUniform(
      lists.map((values) => values[place] as number),
      `elements at place ${place}`,
    );
  }
});

it('integers below a bound are even, where a remainder alone would favour the first half', () => {
  const counts = new Float64Array(60);
  for (let time = 0; time < 60_000; time++) {
    const cell = Math.floor(randomBelow(3 * 2 ** 30) / ((3 * 2 ** 30) / 60));
    counts[cell] = (counts[cell] as number) + 1;
  }
  expectEvenCounts(counts, 'integers below a bound');
});

it('every permutation is as likely as any other', () => {
  const seen = new Map<string, number>();
  for (let time = 0; time < 12_000; time++) {
    const order = randomPermutation(4).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(24);
  expectEvenCounts([...seen.values()], 'permutations');
});

it('what is not below p, and zero where it may not be, is drawn anew', async () => {
  // A module of its own, whose first block is still to be filled.
  vi.resetModules();
  const fresh = await import('./random.ts');
  const words = [1, PLAIN_MODULUS - 2 ** 32 + 5, 0, 0, 0, 0, 0, 7, 1, PLAIN_MODULUS - 2 ** 32 - 1];
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((target) => {
    (target as Uint32Array).set(words);
    return target;
  });
  // p + 5 is passed over, then zero is as good as any; then zero is passed over.
  expect(fresh.randomElement()).toBe(0);
  expect(fresh.randomNonzero()).toBe(7);
  expect(fresh.randomElement()).toBe(PLAIN_MODULUS - 1);
  expect(randomElement()).toBeLessThan(PLAIN_MODULUS);
  expect(randomNonzero()).toBeGreaterThan(0);
});
