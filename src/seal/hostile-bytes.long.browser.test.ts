/** Mutated bytes for everything of SEAL that reads a peer's: an error or an object, and good bytes work afterwards. */
import { expect, it } from 'vitest';
import { hostileSides } from '../testing/hostile-bytes.ts';
import { testContexts, watchMemory } from '../testing/seal-contexts.ts';

const INPUTS = 25;
const MAX_GROWTH = 64 * 1024 * 1024;

it('hostile ciphertexts, answers and keys are refused with an error that says why, or read', async () => {
  const heap = watchMemory();
  const sides = hostileSides(await testContexts());
  let refusedInAll = 0;
  for (const side of sides) {
    for (const reader of side.readers) {
      side.readHostile(reader, 3, 1);
      const before = heap();
      const { refused } = side.readHostile(reader, INPUTS, Math.floor(Math.random() * 2 ** 31));
      refusedInAll += refused;
      expect(heap() - before, reader.name).toBeLessThan(MAX_GROWTH);
    }
    side.checkAlive();
  }
  expect(refusedInAll).toBeGreaterThan(sides.length);
});
