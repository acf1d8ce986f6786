/**
 * Folds a filter in half by XOR, again and again (Schnell and Borgs 2016): hardens CLKs, and halves them.
 * @param words bit 0 is the top bit of word 0; afterwards its first `bits / 2^folds` bits hold the result
 * @param bits length before folding, a multiple of 2^folds
 */
export function foldWords(words: Int32Array, bits: number, folds: number): void {
  let length = bits;
  for (let f = 0; f < folds; f++) {
    length /= 2;
    if (length % 32 === 0) {
      const half = length / 32;
      for (let i = 0; i < half; i++) words[i] = (words[i] ?? 0) ^ (words[half + i] ?? 0);
      continue;
    }
    for (let i = 0; i < length; i++) {
      const other = length + i;
      const bit = ((words[other >>> 5] ?? 0) >>> (31 - (other & 31))) & 1;
      words[i >>> 5] = (words[i >>> 5] ?? 0) ^ (bit << (31 - (i & 31)));
    }
  }
  if (length % 32 !== 0) words[length >>> 5] = (words[length >>> 5] ?? 0) & ~(0xffffffff >>> (length & 31));
}
