import type { FieldType } from '../agreement/match-field.ts';
import type { FieldDigester } from './field-digester.ts';
import { absorb32, hashText, hashWords, mix32 } from './hash.ts';
import { tokenTable } from './tokens.ts';

/** Winners kept per field, in bytes; beyond it the oldest are computed anew. */
const MEMO_BYTES = 16 * 2 ** 20;

/**
 * MinHash of a field's values (Broder, On the resemblance and containment of documents, 1997): function number `pick` orders
 * all tokens at random and takes a value's first. Two values agree on it with a probability equal to the Jaccard similarity of their
 * token sets. `key` (words from seed and field) selects the family. `grams`: as in `fieldTokens`.
 */
export function minHashDigester(
  type: FieldType,
  values: readonly string[],
  key: ArrayLike<number>,
  grams?: number,
): FieldDigester {
  const { tokens, offsets, ids } = tokenTable(type, values, grams);
  const keyLow = hashWords(key, 0x6d696e31);
  const keyHigh = hashWords(key, 0x6d696e32);
  const tokenLow = Uint32Array.from(tokens, (token) => hashText(token, keyLow));
  const tokenHigh = Uint32Array.from(tokens, (token) => hashText(token, keyHigh));
  const memo = new Map<number, Uint32Array>();

  const winners = (pick: number): Uint32Array => {
    const known = memo.get(pick);
    if (known) return known;
    const functionKey = hashWords([keyLow, keyHigh, pick], 0x66756e63);
    const rank = tokenLow.map((low, i) => mix32(absorb32(functionKey ^ low, tokenHigh[i] ?? 0)));
    const first = new Uint32Array(values.length);
    for (let v = 1; v < first.length; v++) {
      const end = offsets[v + 1] as number;
      let best = -1;
      let bestRank = 2 ** 32;
      for (let i = offsets[v] as number; i < end; i++) {
        const id = ids[i] as number;
        const r = rank[id] as number;
        if (r < bestRank) {
          bestRank = r;
          best = id;
        }
      }
      first[v] = best;
    }
    if ((memo.size + 1) * first.byteLength > MEMO_BYTES) {
      const oldest = memo.keys().next();
      if (!oldest.done) memo.delete(oldest.value);
    }
    memo.set(pick, first);
    return first;
  };

  return (pick, low, high) => {
    const first = winners(pick);
    for (let v = 1; v < first.length; v++) {
      const token = first[v] as number;
      low[v] = absorb32(low[v] as number, tokenLow[token] as number);
      high[v] = absorb32(high[v] as number, tokenHigh[token] as number);
    }
  };
}
