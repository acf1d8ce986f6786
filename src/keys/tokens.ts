import type { FieldType } from '../agreement/match-field.ts';
import { BIGRAMS, FIELD_TYPE_RULES } from './field-types.ts';

/** The tokens of a normalised value: what two spellings of it have in common. An empty value has none. `grams`: of a spelled type. */
export function fieldTokens(type: FieldType, value: string, grams = BIGRAMS): string[] {
  return value === '' ? [] : FIELD_TYPE_RULES[type].tokens(value, grams);
}

/** The tokens of many values, dictionary-coded: value `v` has tokens `ids[offsets[v]]` up to `ids[offsets[v + 1]]`. */
export interface TokenTable {
  readonly tokens: readonly string[];
  readonly offsets: Uint32Array;
  readonly ids: Uint16Array | Uint32Array;
}

export function tokenTable(type: FieldType, values: readonly string[], grams = BIGRAMS): TokenTable {
  const index = new Map<string, number>();
  const offsets = new Uint32Array(values.length + 1);
  let ids = new Uint32Array(Math.max(16, values.length * 8));
  let used = 0;
  values.forEach((value, v) => {
    for (const token of fieldTokens(type, value, grams)) {
      let id = index.get(token);
      if (id === undefined) {
        id = index.size;
        index.set(token, id);
      }
      if (used === ids.length) {
        const larger = new Uint32Array(ids.length * 2);
        larger.set(ids);
        ids = larger;
      }
      ids[used++] = id;
    }
    offsets[v + 1] = used;
  });
  const filled = ids.subarray(0, used);
  return {
    tokens: [...index.keys()],
    offsets,
    ids: index.size <= 0x10000 ? Uint16Array.from(filled) : filled.slice(),
  };
}
