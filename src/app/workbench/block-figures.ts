/** Block statistics as lines of a table, in plain words. */
import type { BlockingStatistics, BlockStatistics } from '../../blocking/block-statistics.ts';
import { numberWords, percentWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

export interface FigureLine {
  readonly name: string;
  readonly value: string;
}

const fine = (value: number) => numberWords(value, { maximumFractionDigits: 2 });

function sizes(statistics: BlockStatistics): FigureLine[] {
  return [
    { name: t('Blocks'), value: numberWords(statistics.num_of_blocks) },
    { name: t('Smallest block'), value: numberWords(statistics.min_size) },
    { name: t('Largest block'), value: numberWords(statistics.max_size) },
    { name: t('Average size'), value: fine(statistics.avg_size) },
    { name: t('Median size'), value: numberWords(statistics.med_size) },
    { name: t('Standard deviation of sizes'), value: fine(statistics.std_size) },
  ];
}

/** All figures of a blocking; coverage and the strategies for p-sig only. */
export function blockFigures(statistics: BlockingStatistics): FigureLine[] {
  const lines = sizes(statistics);
  if (statistics.coverage !== undefined)
    lines.push({ name: t('Rows in a block'), value: percentWords(statistics.coverage) });
  for (const strategy of statistics.statistics_per_strategy ?? []) {
    lines.push({
      name: t('Signature {{number}}', { number: strategy.strategy_idx + 1 }),
      value: t('{{blocks}} blocks, {{share}} of the rows, largest {{largest}}', {
        blocks: numberWords(strategy.num_of_blocks),
        share: percentWords(strategy.coverage),
        largest: numberWords(strategy.max_size),
      }),
    });
  }
  return lines;
}
