/** The page's part of fuzzing SEAL: reads hostile bytes where SEAL runs, and says how much memory is held. */

import { hostileSides } from '../../testing/hostile-bytes.ts';
import { testContexts, watchMemory } from '../../testing/seal-contexts.ts';

const heap = watchMemory();
const sides = hostileSides(await testContexts());

export const targets = sides.flatMap(({ readers }) =>
  readers.map(({ name, sample, fullSize }) => ({ name, bytes: sample.length, fullSize })),
);

/**
 * Reads `inputs` hostile inputs; `held`: bytes of SEAL's memory afterwards.
 * @throws on a finding
 */
export function readHostile(name: string, inputs: number, seed: number): { refused: number; held: number } {
  for (const side of sides) {
    const reader = side.readers.find((one) => one.name === name);
    if (!reader) continue;
    const { refused } = side.readHostile(reader, inputs, seed);
    side.checkAlive();
    return { refused, held: heap() };
  }
  throw new RangeError(`there is no target "${name}"`);
}
