/** Whether an agreement is within what the data owner's study file allows: what is answered without a person asking one. */

import { type Agreement, studiesOf, type Terms } from '../agreement/agreement.ts';
import { askedNames } from '../agreement/statistics.ts';
import { pastDay } from '../agreement/study.ts';
import { groupsOf, payloadsOf, tablesOf } from '../agreement/tables.ts';
import type { StudyFile } from '../app/party/study-file.ts';

type Columns = ReadonlyMap<string, StudyFile['columns'][number]>;
type Rules = NonNullable<StudyFile['rules']>;

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** A study file that can be answered by: one of the data owner, with rules. */
export type OwnerStudy = StudyFile & { readonly rules: Rules };

/** Why not, in sentences for both people; empty where it is within the study. `now`: by the clock of this computer. */
export function beyondStudy(agreement: Agreement, study: OwnerStudy, now: Date): string[] {
  const columns = new Map(study.columns.map((column) => [column.name, column]));
  return [
    ...columnProblems(agreement.terms, columns),
    ...tableProblems(agreement.terms, study),
    ...ruleProblems(agreement.terms, study.rules),
    ...studyProblems(agreement, study, now),
    ...listProblems(agreement, study),
  ];
}

function columnProblems({ fields, groups, payloads }: Terms, columns: Columns): string[] {
  return [
    ...fields
      .filter(({ name, type }) => columns.get(name)?.use !== type)
      .map(({ name, type }) => `The study does not match “${name}” as ${type}.`),
    ...groups
      .filter(({ name, edges }) => {
        const column = columns.get(name);
        return column === undefined || !same(column.edges, edges) || (column.use !== 'group' && edges === undefined);
      })
      .map(({ name }) => `The study does not group by “${name}” in this way.`),
    ...payloads
      .filter(({ name, minimum, maximum, decimals }) => {
        const { use, range } = columns.get(name) ?? {};
        return use !== 'average' || (range !== undefined && !same(range, { minimum, maximum, decimals }));
      })
      .map(({ name }) => `The study does not average “${name}” in this range.`),
  ];
}

/** By names of columns, whatever their order. */
const tableKey = (groups: readonly string[], payloads: readonly string[]) =>
  JSON.stringify([groups.toSorted(), payloads.toSorted()]);

function tableProblems(terms: Terms, { tables }: StudyFile): string[] {
  if (tables === undefined) return terms.tables === undefined ? [] : ['The study has one table, not several.'];
  const allowed = new Set(tables.map(({ groups, payloads }) => tableKey(groups, payloads)));
  const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);
  const asked = tablesOf(terms).map((plan) => tableKey(names(groupsOf(terms, plan)), names(payloadsOf(terms, plan))));
  return asked.every((table) => allowed.has(table)) ? [] : ['The study does not have these tables.'];
}

function ruleProblems(terms: Terms, rules: Rules): string[] {
  const { minimumGroupSize, statistics, missingValues = 'complete-cases' } = terms;
  const more = askedNames(statistics).filter((name) => !rules.statistics[name]);
  return [
    ...(minimumGroupSize < rules.minimumGroupSize
      ? [`The minimum group size is ${minimumGroupSize}; the study asks for ${rules.minimumGroupSize} at least.`]
      : []),
    ...(more.length > 0 ? [`The study does not release: ${more.join(', ')}.`] : []),
    ...(missingValues === rules.missingValues ? [] : ['The study counts rows without a value otherwise.']),
    ...protectionProblems(terms, rules),
  ];
}

function protectionProblems({ perturbation }: Terms, { protection, epsilon, roundingBase }: Rules): string[] {
  if (protection === 'noise') {
    if (perturbation?.kind !== 'noise') return ['The study releases figures with noise only.'];
    return perturbation.epsilonThousandths <= Math.round(epsilon * 1000)
      ? []
      : [`Epsilon is ${perturbation.epsilonThousandths / 1000}; the study allows ${epsilon} at most.`];
  }
  if (protection === 'rounding' && (perturbation?.kind !== 'rounding' || perturbation.base < roundingBase))
    return [`The study releases counts rounded to ${roundingBase} only.`];
  return [];
}

function studyProblems(agreement: Agreement, { study, limits }: StudyFile, now: Date): string[] {
  const { owner, researcher } = studiesOf(agreement);
  const past = pastDay({ owner: study, researcher }, now);
  const organisation = researcher?.organisation;
  const isKnown = organisation !== undefined && limits?.organisations?.includes(organisation);
  return [
    ...(past === undefined ? [] : [`The study holds until ${past}, and that day is over.`]),
    ...(same(owner ?? {}, study) ? [] : ['The words about the study are not those of the study file.']),
    ...(limits?.organisations === undefined || isKnown
      ? []
      : [`The study is open to ${limits.organisations.join(', ')}, and the researcher does not say to be of these.`]),
  ];
}

function listProblems({ list: { listRows, strata = [] } }: Agreement, { limits }: StudyFile): string[] {
  const { least = 1, most = Number.POSITIVE_INFINITY } = limits?.listRows ?? {};
  const groups = strata.reduce((product, { labels }) => product * labels.length, 1);
  const allowed = limits?.researcherGroups ?? 1;
  return [
    ...(listRows < least ? [`The list has up to ${listRows} rows; the study asks for ${least} at least.`] : []),
    ...(listRows > most ? [`The list has up to ${listRows} rows; the study allows ${most} at most.`] : []),
    ...(groups > allowed
      ? [
          allowed === 1
            ? 'The study does not let the researcher divide the table into groups of their own.'
            : `The researcher divides the table into ${groups} groups of their own; the study allows ${allowed}.`,
        ]
      : []),
  ];
}
