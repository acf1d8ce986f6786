/** The tables of a result one by one: each as a result of its own, for table, charts, files and analyses alike. */
import type { ResearcherResult } from '../../agreement/result.ts';
import { agreementOfTable, tablesOf } from '../../agreement/tables.ts';
import { t } from '../../words/translate.ts';
import { tableWords } from './plain-words.ts';

export interface TableView {
  /** `Table 2: sex by region`; of a single table none. */
  readonly title: string | undefined;
  /** The rows of this table, under an agreement on it alone. */
  readonly result: ResearcherResult;
}

export function tableViews(result: ResearcherResult): TableView[] {
  const { agreement } = result;
  const { terms } = agreement;
  if (terms.tables === undefined) return [{ title: undefined, result }];
  return tablesOf(terms).map((plan, table) => ({
    title: t('Table {{number}}: {{name}}', { number: table + 1, name: tableWords(terms, plan) }),
    result: {
      ...result,
      agreement: agreementOfTable(agreement, plan),
      rows: result.rows.filter((row) => row.table === table),
    },
  }));
}
