import type { ListValues } from '../scores/list-values.ts';

/** For tests: a list in which no two records share a value. */
export function distinctValues(records: number, fields = 1): ListValues {
  const codes = Uint32Array.from({ length: records }, (_, record) => record + 1);
  return Array.from({ length: fields }, () => ({ codes, shares: new Float64Array(records + 1) }));
}
