/** How many bits the CLKs of a table have set. */
export interface PopcountStatistics {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Standard deviation of a sample, as Python's `statistics.stdev`; 0 of a single CLK. */
  readonly deviation: number;
}

/** Statistics that grow as CLKs are made. */
export interface PopcountTally {
  readonly add: (popcounts: Uint32Array) => void;
  /** Of everything added so far; all 0 before. */
  readonly statistics: () => PopcountStatistics;
}

export function createPopcountTally(): PopcountTally {
  let count = 0;
  let sum = 0;
  let squares = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = 0;
  return {
    add: (popcounts) => {
      count += popcounts.length;
      for (const popcount of popcounts) {
        sum += popcount;
        squares += popcount * popcount;
        minimum = Math.min(minimum, popcount);
        maximum = Math.max(maximum, popcount);
      }
    },
    statistics: () => {
      if (count === 0) return { count, minimum: 0, maximum: 0, mean: 0, deviation: 0 };
      const mean = sum / count;
      const variance = count === 1 ? 0 : Math.max(0, (squares - mean * sum) / (count - 1));
      return { count, minimum, maximum, mean, deviation: Math.sqrt(variance) };
    },
  };
}

/** Statistics of one table's CLKs. */
export function popcountStatistics(popcounts: Uint32Array): PopcountStatistics {
  const tally = createPopcountTally();
  tally.add(popcounts);
  return tally.statistics();
}
