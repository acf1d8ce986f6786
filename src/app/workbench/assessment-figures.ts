/** An assessment of blocks as lines of a table, in plain words. */
import type { PartiesAssessment } from '../../blocking/assessment.ts';
import { numberWords, percentWords } from '../../words/format.ts';
import type { FigureLine } from './block-figures.ts';

/** To four decimals as a percentage, and exact beside it, as other programs of the family print it. */
const share = (value: number): string => `${percentWords(value, 2)} (${value})`;

/** All figures; of two parties the formula by tuples is the one by pairs, and is left out. */
export function assessmentFigures(found: PartiesAssessment): FigureLine[] {
  const several = found.records.length > 2;
  const lines: FigureLine[] = [
    { name: 'Rows of each party', value: found.records.map((rows) => numberWords(rows)).join(', ') },
    { name: 'Comparisons in blocks', value: numberWords(found.comparisons) },
    { name: 'Reduction ratio', value: share(found.reductionRatio) },
  ];
  if (several) {
    lines.push(
      { name: 'Reduction ratio by tuples of all parties', value: share(found.tupleReductionRatio) },
      { name: 'Set completeness', value: share(found.setCompleteness) },
    );
  }
  for (const { parties, reductionRatio, completeness } of found.pairs) {
    const of = several ? `, parties ${parties.map((party) => party + 1).join(' and ')}` : '';
    if (several) lines.push({ name: `Reduction ratio${of}`, value: share(reductionRatio) });
    lines.push({ name: `Pair completeness${of}`, value: share(completeness) });
  }
  return lines;
}
