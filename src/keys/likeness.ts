import type { FieldType } from '../agreement/match-field.ts';
import { fieldTokens } from './tokens.ts';

/** Token likeness of two values of one field, by their codes: shared tokens over all tokens of both (Jaccard), 0 to 1. */
export type Likeness = (a: number, b: number) => number;

/** Makes the likeness of one field's values. Tokens are those of `fieldTokens`; `values[0]` is the empty value, like nothing. */
export function fieldLikeness(type: FieldType, values: readonly string[]): Likeness {
  const ids = new Map<string, number>();
  const offsets = new Uint32Array(values.length + 1);
  let tokens = new Uint32Array(Math.max(16, 10 * values.length));
  let used = 0;
  for (const [v, value] of values.entries()) {
    const own = new Set(fieldTokens(type, value));
    if (used + own.size > tokens.length) {
      const larger = new Uint32Array(2 * tokens.length + own.size);
      larger.set(tokens);
      tokens = larger;
    }
    const start = used;
    for (const token of own) {
      const id = ids.get(token) ?? ids.size;
      ids.set(token, id);
      tokens[used++] = id;
    }
    tokens.subarray(start, used).sort();
    offsets[v + 1] = used;
  }
  return (a, b) => {
    if (a === b) return a === 0 ? 0 : 1;
    return jaccard(tokens, offsets[a] ?? 0, offsets[a + 1] ?? 0, offsets[b] ?? 0, offsets[b + 1] ?? 0);
  };
}

/** Of two ascending runs of different numbers. */
function jaccard(tokens: Uint32Array, startA: number, endA: number, startB: number, endB: number): number {
  let i = startA;
  let j = startB;
  let shared = 0;
  while (i < endA && j < endB) {
    const a = tokens[i] as number;
    const b = tokens[j] as number;
    if (a === b) shared++;
    if (a <= b) i++;
    if (b <= a) j++;
  }
  const all = endA - startA + (endB - startB) - shared;
  return all === 0 ? 0 : shared / all;
}
