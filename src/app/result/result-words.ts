/** The released figures as the page writes them. */
import type { ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { STATISTICS } from '../../agreement/statistics.ts';
import { isOneOfSeveral } from '../../agreement/tables.ts';
import { counted, fixedWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { hiddenWords } from './result-files.ts';

/** `1,234.50`; a dash where there is no figure. */
export function figureShown(value: number | undefined, digits: number): string {
  return value === undefined ? '–' : fixedWords(value, digits);
}

export function meanWords(mean: number | undefined, decimals: number): string {
  return mean === undefined ? t('no value') : figureShown(mean, STATISTICS.mean.decimals(decimals));
}

/** Whether a row does not say the figures of a payload: its group is hidden, or its values are. */
export function isHidden(row: ResultRow, payload: number): boolean {
  const figures = row.payloads[payload];
  return row.count === undefined || figures === undefined || figures.suppressed;
}

const people = (count: number) => counted(count, 'person', 'people');

/**
 * What the rows that are shown come to, for a line below the table, with what they leave out; undefined with fewer than
 * two of them, and under noise or rounding, where sums of the figures would add up their errors.
 */
export function openTotal({ agreement, rows }: Pick<ResearcherResult, 'agreement' | 'rows'>): string | undefined {
  const open = rows.flatMap(({ count }) => count ?? []);
  if (open.length < 2 || agreement.terms.perturbation !== undefined) return undefined;
  const total = people(open.reduce((sum, count) => sum + count, 0));
  const hidden = rows.length - open.length;
  const said = t('Total of the {{rows}} open rows: {{total}}.', { rows: open.length, total });
  if (hidden === 0) return said;
  const left = tCounted('{{count}} hidden row is not in it.', '{{count}} hidden rows are not in it.', hidden);
  return `${said} ${left}`;
}

/** What is to be known of hidden groups; undefined where none is withheld. */
export function withheldSentence({
  agreement,
  rows,
}: Pick<ResearcherResult, 'agreement' | 'rows'>): string | undefined {
  if (isOneOfSeveral(agreement.terms)) return wholeSentence(agreement);
  const hides = agreement.terms.perturbation?.kind !== 'noise' && rows.some(({ count }) => count === undefined);
  if (!hides) return undefined;
  return t(
    'Of the groups that are “{{hidden}}” at least one may have reached the minimum. It was withheld by lot, because the count of a sealed group could follow from it and the number of matches. Another run may withhold others: do not publish the tables of two runs over the same people.',
    { hidden: hiddenWords(agreement.terms) },
  );
}

/** How several tables open. */
function wholeSentence({ terms, list }: ResearcherResult['agreement']): string {
  const minimum = terms.minimumGroupSize;
  return list.strata
    ? t(
        'Each table opens whole or stays sealed, within each group of the researcher’s: in a sealed one some group has somebody, but fewer than {{minimum}} people. Otherwise it would follow from the other tables.',
        { minimum },
      )
    : t(
        'Each table opens whole or stays sealed: in a sealed one some group has somebody, but fewer than {{minimum}} people. Otherwise it would follow from the other tables.',
        { minimum },
      );
}
