/** Makes the cryptographic source of a test file a generator with a seed, so that what failed once can be seen again. */

/** sfc32 (Chris Doty-Humphrey, PractRand): uniform 32-bit words. */
export function seededWords(seed: number): () => number {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0];
  const word = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 20; i++) word();
  return word;
}

/** From here on `crypto.getRandomValues` gives words of a generator. Prints the seed; `VITE_SEED` in the environment sets it. */
export function seedTheSource(): void {
  const set = import.meta.env.VITE_SEED as string | undefined;
  const seed = set === undefined ? (crypto.getRandomValues(new Uint32Array(1))[0] as number) : Number(set);
  console.info(`VITE_SEED=${seed}`);
  const word = seededWords(seed);
  Object.defineProperty(crypto, 'getRandomValues', {
    configurable: true,
    value: <T extends ArrayBufferView>(target: T): T => {
      const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
      for (let i = 0; i < bytes.length; i += 4) {
        const drawn = word();
        for (let j = i; j < Math.min(bytes.length, i + 4); j++) bytes[j] = drawn >>> (8 * (j - i));
      }
      return target;
    },
  });
}
