/** The agreement on one screen: what somebody must know who agrees. The clauses below it say the rest. */
import { type Agreement, studiesOf } from '../../agreement/agreement.ts';
import { groupsOf, type TablePlan, tableName } from '../../agreement/tables.ts';
import { numberWords } from '../../words/format.ts';
import { listWords, perturbationWords, statisticsWords } from './plain-words.ts';
import { studySentences } from './study-words.ts';

export interface SummaryLine {
  readonly term: string;
  readonly sentences: readonly string[];
}

const quoted = (columns: readonly { readonly name: string }[]) => listWords(columns.map(({ name }) => `“${name}”`));

function parties(agreement: Agreement): string {
  const { owner, researcher } = studiesOf(agreement);
  const named = (role: string, organisation: string | undefined) =>
    organisation === undefined ? role : `${role} of ${organisation}`;
  const { list, terms } = agreement;
  return `The ${named('researcher', researcher?.organisation)}, with a list of at most ${numberWords(list.listRows)} people, and the ${named('data owner', owner?.organisation)}, with data of at most ${numberWords(terms.dataRows)} rows.`;
}

function released({ terms, list }: Agreement): string {
  if (terms.tables) return releasedTables({ terms, list }, terms.tables);
  const { groups, payloads, statistics, perturbation } = terms;
  const of = payloads.length === 0 ? '' : ` of ${quoted(payloads)}`;
  const by = [...(list.strata ?? []), ...groups];
  const lines = by.reduce((product, { labels }) => product * labels.length, 1);
  const each =
    by.length === 0
      ? 'for everybody who matches, in one line'
      : `by ${quoted(by)}, in ${numberWords(lines)} ${lines === 1 ? 'line' : 'lines'}`;
  return `One table: ${statisticsWords(statistics)}${of}, ${each}. Figures: ${perturbationWords(perturbation)}.`;
}

function releasedTables({ terms, list }: Pick<Agreement, 'terms' | 'list'>, tables: readonly TablePlan[]): string {
  const { payloads, statistics, perturbation } = terms;
  const size = (columns: readonly { readonly labels: readonly string[] }[]) =>
    columns.reduce((product, { labels }) => product * labels.length, 1);
  const strata = list.strata ?? [];
  const lines = size(strata) * tables.reduce((sum, table) => sum + size(groupsOf(terms, table)), 0);
  const of = payloads.length === 0 ? '' : ` of ${quoted(payloads)}`;
  const times = strata.length === 0 ? '' : `, each by ${quoted(strata)}`;
  const names = listWords(tables.map((table) => tableName(terms, table)));
  return `${tables.length} tables: ${statisticsWords(statistics)}${of}, ${names}${times}, in ${numberWords(lines)} lines together. Figures: ${perturbationWords(perturbation)}.`;
}

/** Term by term, in the order in which people ask. */
export function agreementSummary(agreement: Agreement): SummaryLine[] {
  const study = studySentences(agreement);
  const { terms } = agreement;
  const { owner, researcher } = studiesOf(agreement);
  const lastDay = owner?.until ?? researcher?.until;
  return [
    ...(study.length === 0 ? [] : [{ term: 'Study', sentences: study }]),
    { term: 'Parties', sentences: [parties(agreement)] },
    { term: 'Matched by', sentences: [`${quoted(terms.fields)}.`] },
    { term: 'Released', sentences: [released(agreement)] },
    { term: 'To whom', sentences: ['To the researcher alone.'] },
    {
      term: 'Minimum',
      sentences: [`A figure over fewer than ${terms.minimumGroupSize} matched people stays sealed, for everybody.`],
    },
    {
      term: 'The researcher learns',
      sentences: [
        'This table, which records of the list found a match, and in which fields the two agree. Nothing else of the data.',
      ],
    },
    {
      term: 'The data owner learns',
      sentences: [
        'That the run took place, about how long the list is, and how often it lacks a value in each field. No name, no figure, and not who matched.',
      ],
    },
    ...(lastDay === undefined ? [{ term: 'Until', sentences: ['No last day is set.'] }] : []),
  ];
}
