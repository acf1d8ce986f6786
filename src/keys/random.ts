import { hashWords } from './hash.ts';

/**
 * A seeded generator of uniform numbers (sfc32 of PractRand): the same numbers on every machine, for designs and sample
 * data that must come out the same. Never for secrets.
 */
export interface SeededRandom {
  /** A uniform 32-bit word. */
  word(): number;
  /** A uniform integer from 0 to `bound - 1`. */
  below(bound: number): number;
  /** A uniform number from 0 (included) to 1 (excluded). */
  unit(): number;
  /** One of the items; `items` must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** The items in random order, as a new array. */
  shuffle<T>(items: readonly T[]): T[];
}

export function seededRandom(seed: ArrayLike<number>): SeededRandom {
  let a = hashWords(seed, 1);
  let b = hashWords(seed, 2);
  let c = hashWords(seed, 3);
  let counter = 1;
  const word = () => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) word();
  const unit = () => word() / 2 ** 32;
  const below = (bound: number) => Math.floor(unit() * bound);
  return {
    word,
    unit,
    below,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[below(items.length)] as T;
    },
    shuffle<T>(items: readonly T[]): T[] {
      const shuffled = [...items];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
      }
      return shuffled;
    },
  };
}
