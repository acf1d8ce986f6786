/** Words and numbers of the agreement's sentences. */
import type { Perturbation } from '../../agreement/agreement.ts';
import { type AskedStatistics, askedNames, STATISTICS } from '../../agreement/statistics.ts';
import { groupsOf, type TablePlan, type tableName } from '../../agreement/tables.ts';
import { ERROR_MODEL, HARD_MODEL } from '../../keys/expectation.ts';
import { numberWords, roundedWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

export interface ClauseTable {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Clause {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly table?: ClauseTable;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return t('{{first}} and {{last}}', { first: words.slice(0, -1).join(', '), last: words.at(-1) ?? '' });
}

/** A name in quotation marks. */
export const quoted = (name: string) => t('“{{name}}”', { name });

/** Labels, each in quotation marks where one holds a comma or an “and”, so that they can be told apart. */
export function labelWords(labels: readonly string[]): string {
  const blurred = labels.some((label) => label.includes(',') || label.includes(t(' and ')));
  return listWords(blurred ? labels.map(quoted) : labels);
}

/** `counts, means, sums and standard deviations`: those asked for. */
export function statisticsWords(asked: AskedStatistics): string {
  return listWords(askedNames(asked).map((name) => t(STATISTICS[name].plural)));
}

/** `exact`, `noise with epsilon 0.5`, `counts rounded to 5`. */
export function perturbationWords(perturbation: Perturbation | undefined): string {
  if (perturbation === undefined) return t('exact');
  return perturbation.kind === 'noise'
    ? t('noise with epsilon {{epsilon}}', {
        epsilon: numberWords(perturbation.epsilonThousandths / 1000),
      })
    : t('counts rounded to {{base}}', { base: perturbation.base });
}

/** `99.2 %`, rounded down: it is not to promise too much. */
export function recallWords(share: number): string {
  return `${numberWords(Math.floor(1000 * share) / 10)} %`;
}

/** `rows`: of other people that a row agrees with in enough bands, on average. */
export function strangersWords(rows: number): string {
  const each = Math.round(1 / rows);
  if (rows >= 1.05)
    return t('A row is also compared with about {{rows}} rows of other people.', { rows: roundedWords(rows, 2) });
  if (rows < 1e-6) return t('Hardly any row is compared with that of another person.');
  return each <= 1
    ? t('Nearly every row is also compared with a stranger’s row.')
    : t('About 1 in {{rows}} rows is also compared with a stranger’s row.', { rows: numberWords(each) });
}

function percentOf(share: number): string {
  return `${numberWords(100 * share)} %`;
}

/** What the figures of expectations assume. */
export const errorModelWords = () =>
  t(
    '{{other}} of a person’s values are quite different in the other file, and {{slip}} of the characters are mistyped',
    {
      other: percentOf(ERROR_MODEL.other),
      slip: percentOf(ERROR_MODEL.slip),
    },
  );
export const hardModelWords = () =>
  t(
    '{{other}} and {{slip}}, and for {{together}} of the people half of the fields differ at once, as after moving house',
    {
      other: percentOf(HARD_MODEL.other),
      slip: percentOf(HARD_MODEL.slip),
      together: percentOf(HARD_MODEL.together),
    },
  );

/** What a table is of: `sex by region`, `everybody`. */
export function tableWords(terms: Parameters<typeof tableName>[0], table: TablePlan): string {
  const [first, ...others] = groupsOf(terms, table).map(({ name }) => name);
  if (first === undefined) return t('everybody');
  return others.reduce((all, name) => t('{{of}} by {{groups}}', { of: all, groups: name }), first);
}
