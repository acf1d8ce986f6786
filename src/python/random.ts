/**
 * CPython's `random.Random` seeded with an integer: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) and
 * `random.sample` of CPython 3.11.
 */
export interface PythonRandom {
  /** `random.random()`, in [0, 1). */
  readonly random: () => number;
  /** `random.getrandbits(bits)` for 1 to 32 bits. */
  readonly randomBits: (bits: number) => number;
  /** `random.sample(range(population), count)`. */
  readonly sample: (population: number, count: number) => number[];
}

const N = 624;
const M = 397;

function initialState(seed: number): Uint32Array {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const before = state[i - 1] ?? 0;
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  return state;
}

/** The state of a seed: the 32-bit words of its magnitude, least first, mixed into the state. */
function seededState(seed: bigint): Uint32Array {
  const words: number[] = [];
  for (let rest = seed < 0n ? -seed : seed; rest > 0n || words.length === 0; rest >>= 32n) {
    words.push(Number(rest & 0xffffffffn));
  }
  const state = initialState(19650218);
  const mixed = (i: number, factor: number): number => {
    const before = state[i - 1] ?? 0;
    return (state[i] ?? 0) ^ Math.imul(before ^ (before >>> 30), factor);
  };
  let i = 1;
  const advance = (): void => {
    i++;
    if (i < N) return;
    state[0] = state[N - 1] ?? 0;
    i = 1;
  };
  for (let k = 0, j = 0; k < Math.max(N, words.length); k++, j = (j + 1) % words.length) {
    state[i] = mixed(i, 1664525) + (words[j] ?? 0) + j;
    advance();
  }
  for (let k = 0; k < N - 1; k++) {
    state[i] = mixed(i, 1566083941) - i;
    advance();
  }
  state[0] = 0x80000000;
  return state;
}

function regenerate(state: Uint32Array): void {
  for (let i = 0; i < N; i++) {
    const y = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % N] ?? 0) & 0x7fffffff);
    state[i] = (state[(i + M) % N] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

/** Population up to which CPython samples from a shrinking list rather than with a set of what was taken. */
function listLimit(count: number): number {
  return count > 5 ? 21 + 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 21;
}

/**
 * A generator in the state of `random.seed(seed)`.
 * @param seed a whole number of any size; its sign does not count
 */
export function createPythonRandom(seed: number | bigint): PythonRandom {
  const state = seededState(BigInt(seed));
  let next = N;
  const word = (): number => {
    if (next === N) {
      regenerate(state);
      next = 0;
    }
    let y = state[next++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  const randomBits = (bits: number): number => word() >>> (32 - bits);
  const below = (limit: number): number => {
    const bits = 32 - Math.clz32(limit);
    let value = randomBits(bits);
    while (value >= limit) value = randomBits(bits);
    return value;
  };
  return {
    random: () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992,
    randomBits,
    sample: (population, count) => {
      if (count < 0 || count > population) {
        throw new Error(`Cannot take ${count} of ${population} positions. Make K smaller or the filter longer.`);
      }
      if (population <= listLimit(count)) {
        const pool = Array.from({ length: population }, (_, i) => i);
        return Array.from({ length: count }, (_, i) => {
          const index = below(population - i);
          const chosen = pool[index] ?? 0;
          pool[index] = pool[population - i - 1] ?? 0;
          return chosen;
        });
      }
      const taken = new Set<number>();
      while (taken.size < count) taken.add(below(population));
      return [...taken];
    },
  };
}
