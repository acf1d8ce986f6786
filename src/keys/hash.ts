/**
 * Fast keyed 32-bit mixing, in the manner of MurmurHash3 (Appleby, public domain). Not cryptographic: no hash made here is
 * ever revealed, both parties only need equal results for equal values and few coincidences for unequal ones.
 */

export function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** A bijection of 32-bit words in which every input bit changes every output bit with probability close to 1/2. */
export function mix32(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** One round of a running 32-bit hash. */
export function absorb32(state: number, word: number): number {
  const scrambled = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotateLeft(state ^ scrambled, 13), 5) + 0xe6546b64) | 0;
}

/** Hash of a string's UTF-16 code units under a 32-bit key. */
export function hashText(text: string, key: number): number {
  let h = key;
  for (let i = 0; i < text.length; i++) h = absorb32(h, text.charCodeAt(i));
  return mix32(h ^ text.length);
}

/** Hash of a sequence of words under a 32-bit key. */
export function hashWords(words: ArrayLike<number>, key: number): number {
  let h = key;
  for (let i = 0; i < words.length; i++) h = absorb32(h, words[i] ?? 0);
  return mix32(h ^ words.length);
}

/**
 * A 16-byte seed in hex as four words.
 * @throws RangeError for anything else
 */
export function seedWords(seed: string): Uint32Array {
  if (!/^[0-9a-f]{32}$/.test(seed)) throw new RangeError('a key seed is 16 bytes in lower-case hex');
  return Uint32Array.from({ length: 4 }, (_, i) => Number.parseInt(seed.slice(8 * i, 8 * i + 8), 16));
}
