/** The result as files: a CSV for a spreadsheet and a JSON that carries the agreement with it. */
import { type Agreement, agreementHash, type Perturbation, type Terms } from '../../agreement/agreement.ts';
import type { MatchScores, OwnerOutcome, ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { askedNames, type Statistic } from '../../agreement/statistics.ts';
import { isOneOfSeveral, tableName } from '../../agreement/tables.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { roundCount } from '../../tally/rounding.ts';
import { forPrograms, t } from '../../words/translate.ts';
import { certaintySentences } from '../party/certainty-words.ts';
import { perturbationSentences } from '../party/plain.ts';

/** Label columns stand in the CSV beside `group` only where a group has two labels. */
const LABEL_JOINT = ' / ';

/** The researcher's labels of a row, then the owner's; nothing for `(all)` beside others. */
export function rowLabels({ agreement, strata }: LabelledResult, row: ResultRow): readonly string[] {
  if (strata === undefined) return row.labels;
  return [...(row.strata ?? []), ...(agreement.terms.groups.length === 0 ? [] : row.labels)];
}

/** The columns of these labels. */
export function labelNames({ agreement, strata = [] }: LabelledResult): string[] {
  return [...strata, ...agreement.terms.groups].map(({ name }) => name);
}

export type LabelledResult = Pick<ResearcherResult, 'agreement' | 'strata'>;

export function groupName(result: LabelledResult, row: ResultRow): string {
  return rowLabels(result, row).join(LABEL_JOINT);
}

/** Without noise a hidden figure may have been withheld beside a sealed one; which of the two it is, nothing says. */
const mayBeWithheld = ({ perturbation }: Terms) => perturbation?.kind !== 'noise';
/** One of several tables stays sealed as a whole, whatever its other groups hold. */
const hiddenMark = (terms: Terms) =>
  isOneOfSeveral(terms) ? 'sealed' : `<${terms.minimumGroupSize}${mayBeWithheld(terms) ? ' or withheld' : ''}`;
/** What a hidden cell says on the page. */
export function hiddenWords(terms: Terms): string {
  if (isOneOfSeveral(terms)) return t('sealed');
  const minimum = terms.minimumGroupSize;
  return mayBeWithheld(terms)
    ? t('fewer than {{minimum}} or withheld', { minimum })
    : t('fewer than {{minimum}}', { minimum });
}

function payloadCells(row: ResultRow, payload: number, asked: readonly Statistic[], hidden: string) {
  const figures = row.payloads[payload];
  return asked.map((figure) => {
    if (row.count !== undefined && figures !== undefined && !figures.suppressed) return figures[figure] ?? '';
    if (figure !== 'count') return '';
    return hidden;
  });
}

/** Name and value of the column that says how figures were changed; none where they are exact. */
function perturbationColumn(perturbation: Perturbation | undefined): [string[], number[]] {
  if (perturbation === undefined) return [[], []];
  return perturbation.kind === 'noise'
    ? [['epsilon'], [perturbation.epsilonThousandths / 1000]]
    : [['rounded_to'], [perturbation.base]];
}

/**
 * `group,count,<payload>_count,<payload>_mean,<payload>_sum,<payload>_sd`, those asked for; several group columns, the
 * researcher's first, also stand in columns of their own after `group`. A hidden cell is empty and its count reads `<k or withheld`, under noise, where nothing is withheld,
 * `<k`. Of several tables each line begins with the number of its table and its group columns, and figures that its table does not have are empty. Text that a spreadsheet would run as a formula is escaped. The last column says how figures were changed: `epsilon` or `rounded_to`.
 */
export function resultCsv(result: ResearcherResult): string {
  if (isOneOfSeveral(result.agreement.terms)) return tablesCsv(result);
  const { agreement, rows } = result;
  const { payloads, statistics, perturbation } = agreement.terms;
  const hidden = hiddenMark(agreement.terms);
  const asked = askedNames(statistics);
  const names = labelNames(result);
  const labelColumns = names.length > 1 ? names : [];
  const [mark, marked] = perturbationColumn(perturbation);
  const header = [
    'group',
    ...labelColumns,
    'count',
    ...payloads.flatMap((p) => asked.map((f) => `${p.name}_${f}`)),
    ...mark,
  ];
  const lines = rows.map((row) => [
    groupName(result, row),
    ...(labelColumns.length > 0 ? rowLabels(result, row) : []),
    row.count ?? hidden,
    ...payloads.flatMap((_, i) => payloadCells(row, i, asked, hidden)),
    ...marked,
  ]);
  return writeCsv(header, lines);
}

function tablesCsv(result: ResearcherResult): string {
  const { terms } = result.agreement;
  const asked = askedNames(terms.statistics);
  const [mark, marked] = perturbationColumn(terms.perturbation);
  const strata = result.strata ?? [];
  const header = [
    'table',
    'grouped_by',
    ...strata.map(({ name }) => name),
    'group',
    'count',
    ...terms.payloads.flatMap((p) => asked.map((f) => `${p.name}_${f}`)),
    ...mark,
  ];
  const lines = result.rows.map((row) => {
    const plan = terms.tables?.[row.table ?? 0] ?? { groups: [], payloads: [] };
    const hidden = hiddenMark(terms);
    return [
      (row.table ?? 0) + 1,
      tableName(terms, plan),
      ...(row.strata ?? []),
      row.labels.join(LABEL_JOINT),
      row.count ?? hidden,
      ...terms.payloads.flatMap((_, payload) => {
        const place = plan.payloads.indexOf(payload);
        return place < 0 ? asked.map(() => '') : payloadCells(row, place, asked, hidden);
      }),
      ...marked,
    ];
  });
  return writeCsv(header, lines);
}

/** What is published beside rounded counts is rounded as well. */
function publishedCount({ terms: { perturbation } }: Agreement): (count: number) => number {
  return (count) => (perturbation?.kind === 'rounding' ? roundCount(count, perturbation.base) : count);
}

/** The scores as files tell them. */
export function publishedScores({ agreement, scores }: ResearcherResult): MatchScores {
  const count = publishedCount(agreement);
  const steps = scores.steps.map((step) => ({
    ...step,
    candidates: count(step.candidates),
    matches: count(step.matches),
  }));
  return { ...scores, steps };
}

/**
 * The whole result: rows, how figures were changed in words, agreement, its hash, the counts of own records, how sure
 * the matches are in words, their weights with the threshold taken and the estimates at it, measures, version.
 */
export function resultJson(result: ResearcherResult): string {
  const {
    agreement,
    agreementHash: hash,
    version,
    finishedAt,
    rows,
    records,
    recordsWithKey,
    matches,
    strata,
    strataMatches,
    strataRecords,
    measures,
  } = result;
  const count = publishedCount(agreement);
  const published = publishedScores(result);
  return JSON.stringify(
    {
      version,
      finishedAt,
      agreementHash: hash,
      agreement,
      rows,
      notes: forPrograms(() => perturbationSentences(agreement)),
      records,
      recordsWithKey,
      matches: count(matches),
      ...(strata && { strata, strataMatches: strataMatches?.map(count) }),
      ...(strataRecords && { strataRecords }),
      certainty: forPrograms(() => certaintySentences(published)),
      scores: published,
      measures,
    },
    null,
    2,
  );
}

/** The agreement, before anybody has accepted it, and its hash. */
export function proposedJson(agreement: Agreement): string {
  return JSON.stringify({ agreementHash: agreementHash(agreement), agreement }, null, 2);
}

/** What the owner keeps: the agreement under which something was released, its hash, and what the run took. */
export function agreementJson({ agreement, version, finishedAt, records, leftOut, measures }: OwnerOutcome): string {
  const hash = agreementHash(agreement);
  return JSON.stringify({ version, finishedAt, agreementHash: hash, agreement, records, leftOut, measures }, null, 2);
}
