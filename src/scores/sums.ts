/** Sums of `values` by group. */
export function sums(values: ArrayLike<number>, groupOf: Uint32Array, groups: number): Float64Array {
  const all = new Float64Array(groups);
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i] as number;
    all[group] = (all[group] as number) + (values[i] as number);
  }
  return all;
}

/** The chance that a record or a row, whose candidates have these odds in all, belongs to another than the one with `own`. */
export function belongs(all: number, own = 0): number {
  return Math.max(0, all - own) / (1 + all);
}

/** How many of them belong to some candidate. */
export function belonging(odds: Float64Array): number {
  return odds.reduce((sum, all) => sum + belongs(all), 0);
}
