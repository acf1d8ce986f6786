import type { FieldType } from '../agreement/match-field.ts';
import type { FieldDigester } from './field-digester.ts';
import { absorb32, hashText, hashWords, mix32 } from './hash.ts';
import { tokenTable } from './tokens.ts';

/** Sizes of filters: one of size class c is half full with 2^c tokens, where a bit tells most. */
const SIZE_CLASSES = 8;

/** The pick of a bit: its position, and the size class that suits values of `tokens` tokens. */
export function bitPick(position: number, tokens: number): number {
  const sizeClass = Math.min(SIZE_CLASSES - 1, Math.max(0, Math.round(Math.log2(Math.max(1, tokens)))));
  return position * SIZE_CLASSES + sizeClass;
}

/** Positions that `bitPick` takes. */
export const BIT_POSITIONS = 0x10000 / SIZE_CLASSES;

/**
 * Bits of Bloom filters, one filter a field, for lambda-fold keys (Karapiperis and Verykios, An LSH-based blocking approach,
 * TKDE 2015): `pick` is a bit's position and its filter's size class. A token sets each position with a fixed probability; only the
 * positions that a band samples are ever computed.
 */
export function filterBitDigester(type: FieldType, values: readonly string[], key: ArrayLike<number>): FieldDigester {
  const { tokens, offsets, ids } = tokenTable(type, values);
  const keyLow = hashWords(key, 0x626c6f6f);
  const keyHigh = hashWords(key, 0x626c6f70);
  const tokenLow = Uint32Array.from(tokens, (token) => hashText(token, keyLow));

  return (pick, low, high) => {
    const limit = (1 - 0.5 ** (1 / 2 ** (pick % SIZE_CLASSES))) * 2 ** 32;
    const positionKey = hashWords([keyLow, keyHigh, pick], 0x62697473);
    const sets = Uint8Array.from(tokenLow, (hash) => (mix32(absorb32(positionKey, hash)) >>> 0 < limit ? 1 : 0));
    for (let v = 1; v < low.length; v++) {
      const end = offsets[v + 1] as number;
      let bit = 0;
      for (let i = offsets[v] as number; i < end && bit === 0; i++) bit = sets[ids[i] as number] as number;
      low[v] = absorb32(low[v] as number, bit);
      high[v] = absorb32(high[v] as number, ~bit);
    }
  };
}
