/** Ratios of two counts by level that never fall as levels rise: neighbours that would are taken together (Ayer and others, An empirical distribution function for sampling with incomplete information, 1955). */
export function risingRatios(above: ArrayLike<number>, below: ArrayLike<number>): Float64Array {
  const pools: { above: number; below: number; levels: number }[] = [];
  for (let level = 0; level < above.length; level++) {
    let pool = { above: above[level] as number, below: below[level] as number, levels: 1 };
    for (let last = pools.at(-1); last && last.above * pool.below > pool.above * last.below; last = pools.at(-1)) {
      pools.pop();
      pool = { above: pool.above + last.above, below: pool.below + last.below, levels: pool.levels + last.levels };
    }
    pools.push(pool);
  }
  return Float64Array.from(pools.flatMap((pool) => new Array<number>(pool.levels).fill(pool.above / pool.below)));
}
