/** An assessment of blocks as lines of a table, in plain words. */
import type { PartiesAssessment } from '../../blocking/assessment.ts';
import { numberWords, percentWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { FigureLine } from './block-figures.ts';

/** To four decimals as a percentage, and exact beside it, as other programs of the family print it. */
const share = (value: number): string => `${percentWords(value, 2)} (${value})`;

/** All figures; of two parties the formula by tuples is the one by pairs, and is left out. */
export function assessmentFigures(found: PartiesAssessment): FigureLine[] {
  const several = found.records.length > 2;
  const lines: FigureLine[] = [
    { name: t('Rows of each party'), value: found.records.map((rows) => numberWords(rows)).join(', ') },
    { name: t('Comparisons in blocks'), value: numberWords(found.comparisons) },
    { name: t('Reduction ratio'), value: share(found.reductionRatio) },
  ];
  if (several) {
    lines.push(
      { name: t('Reduction ratio by tuples of all parties'), value: share(found.tupleReductionRatio) },
      { name: t('Set completeness'), value: share(found.setCompleteness) },
    );
  }
  for (const { parties, reductionRatio, completeness } of found.pairs) {
    const [first, second] = [parties[0] + 1, parties[1] + 1];
    if (several) {
      lines.push(
        {
          name: t('Reduction ratio, parties {{first}} and {{second}}', { first, second }),
          value: share(reductionRatio),
        },
        {
          name: t('Pair completeness, parties {{first}} and {{second}}', { first, second }),
          value: share(completeness),
        },
      );
    } else lines.push({ name: t('Pair completeness'), value: share(completeness) });
  }
  return lines;
}
