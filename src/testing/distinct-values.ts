import { LIKENESS_BINS } from '../scores/likeness.ts';
import type { ListField, ListValues } from '../scores/list-values.ts';

/** For tests: a list in which no two records share a value, or have similar ones. */
export function distinctValues(records: number, fields = 1): ListValues {
  const codes = Uint32Array.from({ length: records }, (_, record) => record + 1);
  const field = plainField(codes, new Float64Array(records + 1));
  return {
    fields: Array.from({ length: fields }, () => field),
    people: records,
    within: { records: 0, pairs: [] },
    equalRows: 0,
  };
}

/** For tests: a field of which no values are similar, and that hangs on no other. */
export function plainField(codes: Uint32Array, shares: Float64Array): ListField {
  return {
    codes,
    shares,
    one: 1 / Math.max(1, codes.length),
    likeness: {
      shares: new Float32Array(shares.length * LIKENESS_BINS),
      tokens: new Uint16Array(shares.length).fill(7),
      changed: 2,
    },
    parent: -1,
    withParent: new Float32Array(),
    sharing: new Float32Array(),
    kept: 0,
  };
}
