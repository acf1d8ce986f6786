import { floatText } from '../python/number.ts';

/** Sizes of blocks, under the names that blocklib gives them. */
export interface BlockStatistics {
  readonly num_of_blocks: number;
  readonly min_size: number;
  readonly max_size: number;
  readonly avg_size: number;
  /** Cut to a whole number. */
  readonly med_size: number;
  /** Of a sample. */
  readonly std_size: number;
  readonly sum_of_blocks: number;
}

/** Sizes of the blocks of one signature strategy, and how much of the data is in them. */
export interface StrategyStatistics extends BlockStatistics {
  readonly strategy_idx: number;
  readonly num_filtered_elements: number;
  readonly coverage: number;
}

/** What a run of blocking reports; the last two parts for p-sig only. */
export interface BlockingStatistics extends BlockStatistics {
  readonly statistics_per_strategy?: readonly StrategyStatistics[];
  /** Share of the records that are in at least one block. */
  readonly coverage?: number;
}

const SQRT_SCALE = 128n;

function integerSqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const better = (root + value / root) >> 1n;
    if (better >= root) return root;
    root = better;
  }
}

/** The square root of a fraction, correctly rounded as CPython's `statistics` gives it. */
function sqrtOfFraction(numerator: bigint, denominator: bigint): number {
  const scaled = (numerator << (2n * SQRT_SCALE)) / denominator;
  const root = integerSqrt(scaled);
  const exact = root * root === scaled && (numerator << (2n * SQRT_SCALE)) % denominator === 0n;
  // The last bit only tells that something follows, so that halves are rounded the right way.
  return Number((root << 1n) | (exact ? 0n : 1n)) / 2 ** (Number(SQRT_SCALE) + 1);
}

/** How many blocks there are of each size: few numbers, however many blocks there are. */
export class SizeCounts {
  readonly #counts = new Map<number, number>();

  constructor(sizes: Iterable<number> = []) {
    for (const size of sizes) this.add(size);
  }

  add(size: number): void {
    this.#counts.set(size, (this.#counts.get(size) ?? 0) + 1);
  }

  /** Sizes rising. */
  sorted(): [size: number, count: number][] {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }
}

/** The size at a place among all blocks, smallest first. */
function sizeAt(counts: readonly (readonly [size: number, count: number])[], place: number): number {
  let before = 0;
  for (const [size, count] of counts) {
    before += count;
    if (place < before) return size;
  }
  return 0;
}

/** Statistics of block sizes, equal to the last digit to those of Python's `statistics` module. */
export function blockStatistics(sizes: SizeCounts): BlockStatistics {
  const counts = sizes.sorted();
  let [n, sum, squares] = [0, 0, 0n];
  for (const [size, count] of counts) {
    n += count;
    sum += size * count;
    squares += BigInt(size) * BigInt(size) * BigInt(count);
  }
  const middle = Math.floor(n / 2);
  const median = n % 2 === 1 ? sizeAt(counts, middle) : (sizeAt(counts, middle - 1) + sizeAt(counts, middle)) / 2;
  const spread = BigInt(n) * squares - BigInt(sum) * BigInt(sum);
  return {
    num_of_blocks: n,
    min_size: counts[0]?.[0] ?? 0,
    max_size: counts.at(-1)?.[0] ?? 0,
    avg_size: n === 0 ? 0 : sum / n,
    med_size: n === 0 ? 0 : Math.trunc(median),
    std_size: n <= 1 ? 0 : sqrtOfFraction(spread, BigInt(n) * BigInt(n - 1)),
    sum_of_blocks: sum,
  };
}

/** Statistics of one strategy's blocks; a record is in at most one block of a strategy. */
export function strategyStatistics(sizes: SizeCounts, index: number, records: number): StrategyStatistics {
  const statistics = blockStatistics(sizes);
  const sum = statistics.sum_of_blocks;
  return {
    ...statistics,
    strategy_idx: index,
    num_filtered_elements: records - sum,
    coverage: sum === 0 ? 0 : sum / records,
  };
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

function statisticsLines(statistics: BlockStatistics, coverage: number | undefined): string {
  const { num_of_blocks, min_size, max_size, avg_size, med_size, std_size } = statistics;
  const deviation = num_of_blocks <= 1 ? '0' : floatText(rounded(std_size, 4));
  return [
    `\tNumber of Blocks:   ${num_of_blocks}`,
    `\tMinimum Block Size: ${min_size}`,
    `\tMaximum Block Size: ${max_size}`,
    `\tAverage Block Size: ${rounded(avg_size, 4)}`,
    `\tMedian Block Size:  ${med_size}`,
    `\tStandard Deviation of Block Size:  ${deviation}`,
    ...(coverage === undefined ? [] : [`\tCoverage:           ${floatText(rounded(coverage * 100, 2))}%`]),
    '',
  ].join('\n');
}

/** The text that blocklib prints of a blocking. */
export function statisticsText(statistics: BlockingStatistics): string {
  let text = `Statistics for the generated blocks:\n${statisticsLines(statistics, statistics.coverage)}`;
  if (!statistics.statistics_per_strategy) return text;
  text += 'Individual statistics for each strategy:\n';
  for (const strategy of statistics.statistics_per_strategy) {
    text += `Strategy: ${strategy.strategy_idx}\n${statisticsLines(strategy, strategy.coverage)}`;
  }
  return text;
}
