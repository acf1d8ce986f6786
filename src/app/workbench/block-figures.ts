/** Block statistics as lines of a table, in plain words. */
import type { BlockingStatistics, BlockStatistics } from '../../blocking/block-statistics.ts';

export interface FigureLine {
  readonly name: string;
  readonly value: string;
}

const whole = (value: number) => value.toLocaleString('en');
const fine = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 });
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function sizes(statistics: BlockStatistics): FigureLine[] {
  return [
    { name: 'Blocks', value: whole(statistics.num_of_blocks) },
    { name: 'Smallest block', value: whole(statistics.min_size) },
    { name: 'Largest block', value: whole(statistics.max_size) },
    { name: 'Average size', value: fine(statistics.avg_size) },
    { name: 'Median size', value: whole(statistics.med_size) },
    { name: 'Standard deviation of sizes', value: fine(statistics.std_size) },
  ];
}

/** All figures of a blocking; coverage and the strategies for p-sig only. */
export function blockFigures(statistics: BlockingStatistics): FigureLine[] {
  const lines = sizes(statistics);
  if (statistics.coverage !== undefined) lines.push({ name: 'Rows in a block', value: percent(statistics.coverage) });
  for (const strategy of statistics.statistics_per_strategy ?? []) {
    lines.push({
      name: `Signature ${strategy.strategy_idx + 1}`,
      value: `${whole(strategy.num_of_blocks)} blocks, ${percent(strategy.coverage)} of the rows, largest ${whole(strategy.max_size)}`,
    });
  }
  return lines;
}
