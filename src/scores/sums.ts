/** Sums of `values` by group. */
export function sums(values: ArrayLike<number>, groupOf: Uint32Array, groups: number): Float64Array {
  const all = new Float64Array(groups);
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i] as number;
    all[group] = (all[group] as number) + (values[i] as number);
  }
  return all;
}
