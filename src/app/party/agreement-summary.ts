/** The agreement on one screen: what somebody must know who agrees. The clauses below it say the rest. */
import { type Agreement, studiesOf } from '../../agreement/agreement.ts';
import type { AskedStatistics } from '../../agreement/statistics.ts';
import { groupsOf, type TablePlan } from '../../agreement/tables.ts';
import { numberWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { listWords, perturbationWords, quoted, statisticsWords, tableWords } from './plain-words.ts';
import { studySentences } from './study-words.ts';

export interface SummaryLine {
  readonly term: string;
  readonly sentences: readonly string[];
}

const names = (columns: readonly { readonly name: string }[]) => listWords(columns.map(({ name }) => quoted(name)));

function parties(agreement: Agreement): string {
  const { owner, researcher } = studiesOf(agreement);
  const { list, terms } = agreement;
  return t(
    'The {{researcher}}, with a list of at most {{people}} people, and the {{owner}}, with data of at most {{rows}} rows.',
    {
      researcher: researcher?.organisation
        ? t('researcher of {{organisation}}', { organisation: researcher.organisation })
        : t('researcher'),
      people: numberWords(list.listRows),
      owner: owner?.organisation
        ? t('data owner of {{organisation}}', { organisation: owner.organisation })
        : t('data owner'),
      rows: numberWords(terms.dataRows),
    },
  );
}

/** `counts and means of “days”`. */
function figuresWords(statistics: AskedStatistics, payloads: readonly { readonly name: string }[]): string {
  const figures = statisticsWords(statistics);
  return payloads.length === 0 ? figures : t('{{figures}} of {{names}}', { figures, names: names(payloads) });
}

function released({ terms, list }: Agreement): string {
  if (terms.tables) return releasedTables({ terms, list }, terms.tables);
  const { groups, payloads, statistics, perturbation } = terms;
  const by = [...(list.strata ?? []), ...groups];
  const lines = by.reduce((product, { labels }) => product * labels.length, 1);
  const each =
    by.length === 0
      ? t('for everybody who matches, in one line')
      : tCounted('by {{names}}, in {{count}} line', 'by {{names}}, in {{count}} lines', lines, { names: names(by) });
  return t('One table: {{what}}, {{each}}. Figures: {{protection}}.', {
    what: figuresWords(statistics, payloads),
    each,
    protection: perturbationWords(perturbation),
  });
}

function releasedTables({ terms, list }: Pick<Agreement, 'terms' | 'list'>, tables: readonly TablePlan[]): string {
  const { payloads, statistics, perturbation } = terms;
  const size = (columns: readonly { readonly labels: readonly string[] }[]) =>
    columns.reduce((product, { labels }) => product * labels.length, 1);
  const strata = list.strata ?? [];
  const lines = size(strata) * tables.reduce((sum, table) => sum + size(groupsOf(terms, table)), 0);
  const values = {
    count: tables.length,
    what: figuresWords(statistics, payloads),
    tables: listWords(tables.map((table) => tableWords(terms, table))),
    lines: numberWords(lines),
    protection: perturbationWords(perturbation),
  };
  return strata.length === 0
    ? t('{{count}} tables: {{what}}, {{tables}}, in {{lines}} lines together. Figures: {{protection}}.', values)
    : t(
        '{{count}} tables: {{what}}, {{tables}}, each by {{strata}}, in {{lines}} lines together. Figures: {{protection}}.',
        {
          ...values,
          strata: names(strata),
        },
      );
}

/** Term by term, in the order in which people ask. */
export function agreementSummary(agreement: Agreement): SummaryLine[] {
  const study = studySentences(agreement);
  const { terms } = agreement;
  const { owner, researcher } = studiesOf(agreement);
  const lastDay = owner?.until ?? researcher?.until;
  return [
    ...(study.length === 0 ? [] : [{ term: t('Study'), sentences: study }]),
    { term: t('Parties'), sentences: [parties(agreement)] },
    { term: t('Matched by'), sentences: [`${names(terms.fields)}.`] },
    { term: t('Released'), sentences: [released(agreement)] },
    { term: t('To whom'), sentences: [t('To the researcher alone.')] },
    {
      term: t('Minimum'),
      sentences: [
        t('A figure over fewer than {{minimum}} matched people stays sealed, for everybody.', {
          minimum: terms.minimumGroupSize,
        }),
      ],
    },
    {
      term: t('The researcher learns'),
      sentences: [
        t(
          'This table, which records of the list found a match, and in which fields the two agree. Nothing else of the data.',
        ),
      ],
    },
    {
      term: t('The data owner learns'),
      sentences: [
        t(
          'That the run took place, about how long the list is, and how often it lacks a value in each field. No name, no figure, and not who matched.',
        ),
      ],
    },
    ...(lastDay === undefined ? [{ term: t('Until'), sentences: [t('No last day is set.')] }] : []),
  ];
}
