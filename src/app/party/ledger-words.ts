/** The ledger in plain sentences, for its owner. */

import type { Limit, RunEnding } from '../../ledger/entry.ts';
import type { Query, Rule } from '../../ledger/query.ts';
import { overlapsOf, type PastRun, type Refusal, type Standing } from '../../ledger/standing.ts';
import { counted, dateWords, numberWords, tCounted } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import { listWords, perturbationWords, quoted, statisticsWords, tableWords } from './plain-words.ts';

const ENDING_WORDS: Readonly<Record<RunEnding, string>> = {
  finished: message('finished'),
  cancelled: message('cancelled'),
  declined: message('ended before it began'),
  'protocol-error': message('ended by an error'),
  'connection-lost': message('ended by a lost connection'),
  'verification-failed': message('ended by an error'),
  'limit-reached': message('refused by the limit'),
  error: message('ended by an error'),
};

/** The rules as an overlap names them, marked here for their translation. */
const RULE_WORDS = {
  'minimum group size': message('minimum group size'),
  statistics: message('statistics'),
  groups: message('groups'),
  'columns to average': message('columns to average'),
  tables: message('tables'),
  'matching fields': message('matching fields'),
  'matching keys': message('matching keys'),
  bands: message('bands'),
  'agreeing bands': message('agreeing bands'),
  'list size': message('list size'),
  'noise or rounding': message('noise or rounding'),
  'missing values': message('missing values'),
  'groups of the researcher': message('groups of the researcher'),
} as const satisfies Readonly<Record<Rule, string>>;

/** How many overlapping runs are spelled out; the list above them holds all. */
const OVERLAPS_TOLD = 5;

function askedWords({
  statistics,
  payloads,
  groups,
  minimumGroupSize,
  perturbation,
  missingValues,
  strata,
  tables,
}: Query): string {
  const names = (columns: readonly { readonly name: string }[]) => listWords(columns.map(({ name }) => quoted(name)));
  const figures = statisticsWords(statistics);
  const of = payloads.length === 0 ? figures : t('{{figures}} of {{names}}', { figures, names: names(payloads) });
  const by =
    groups.length === 0 ? t('{{of}}, no groups', { of }) : t('{{of}} by {{groups}}', { of, groups: names(groups) });
  const list = tables?.map((table) => tableWords({ groups, payloads }, table)) ?? [];
  return [
    tables === undefined
      ? by
      : t('{{what}} in {{tables}} tables ({{list}})', { what: by, tables: tables.length, list: list.join('; ') }),
    ...(strata === undefined ? [] : [t('times the researcher’s {{names}}', { names: names(strata) })]),
    t('minimum {{size}}', { size: minimumGroupSize }),
    ...(missingValues === 'each-column' ? [t('each column by itself')] : []),
    perturbationWords(perturbation),
  ].join(', ');
}

/** `“Falls”, approval 12/2026: `, as the owner named it. */
function studyWords({ study }: Query): string {
  const words = [
    study?.title && quoted(study.title),
    study?.approval && t('approval {{approval}}', { approval: study.approval }),
  ].filter(Boolean);
  return words.length === 0 ? '' : `${words.join(', ')}: `;
}

export function runWords({ entry, ending }: PastRun): string {
  const outcome =
    ending === undefined ? t('no ending recorded (under way, or the page was closed)') : t(ENDING_WORDS[ending]);
  return `${dateWords(entry.at)}: ${studyWords(entry.query)}${askedWords(entry.query)}; ${outcome}.`;
}

/** "3 runs in 30 days, and an epsilon of 2 in all". */
export function limitWords({ runs, days, epsilonThousandths }: Limit): string {
  const limit = tCounted('{{runs}} in {{count}} day', '{{runs}} in {{count}} days', days, {
    runs: counted(runs, 'run'),
  });
  if (epsilonThousandths === undefined) return limit;
  const epsilon = numberWords(epsilonThousandths / 1000);
  return t('{{limit}}, and an epsilon of {{epsilon}} in all', { limit, epsilon });
}

function madeWords(runs: number): string {
  if (runs === 0) return t('No run has been made with this file.');
  return tCounted('{{count}} run has been made with this file.', '{{count}} runs have been made with this file.', runs);
}

/** Where the file stands: runs made, limit, epsilon spent. */
export function standingSentences({
  runs,
  limit,
  counted: inPeriod,
  epsilonThousandths,
  exactRuns,
}: Standing): string[] {
  const made =
    limit === undefined
      ? [madeWords(runs.length), t('You have set no limit.')].join(' ')
      : tCounted(
          '{{runs}} with this file in the last {{count}} day. Your limit: {{limit}}.',
          '{{runs}} with this file in the last {{count}} days. Your limit: {{limit}}.',
          limit.days,
          { runs: counted(inPeriod, 'run'), limit: limitWords(limit) },
        );
  if (epsilonThousandths === 0) return [made];
  const spent = t('Epsilon of all runs with noise together: {{epsilon}}.', {
    epsilon: numberWords(epsilonThousandths / 1000),
  });
  if (exactRuns === 0) return [made, spent];
  const exact = tCounted(
    'No epsilon covers the {{count}} run without noise.',
    'No epsilon covers the {{count}} runs without noise.',
    exactRuns,
  );
  return [made, `${spent} ${exact}`];
}

export function refusalWords(refusal: Refusal): string {
  const limit = limitWords(refusal.limit);
  switch (refusal.kind) {
    case 'runs':
      return t(
        'You allow {{limit}} with this file, and that many have been made. Wait until {{when}}, or set another limit on the Rules step.',
        { limit, when: dateWords(refusal.freeAt) },
      );
    case 'exact':
      return t(
        'You allow {{limit}} with this file, and this agreement has no noise. Choose “With noise”, or set another limit on the Rules step.',
        { limit },
      );
    case 'epsilon':
      return t(
        'You allow {{limit}} with this file; {{left}} of it is left, and this agreement needs more. Choose a smaller epsilon, or set another limit on the Rules step.',
        { limit, left: numberWords(refusal.leftThousandths / 1000) },
      );
  }
}

/** Which earlier runs a table under this agreement can be compared with, and what differs. Newest first. */
export function overlapSentences(standing: Standing, query: Query): string[] {
  return overlapsOf(standing, query)
    .slice(0, OVERLAPS_TOLD)
    .map(({ run, overlap }) => {
      const when = dateWords(run.entry.at);
      const shares =
        overlap.shared.length === 0
          ? t('The run of {{when}} holds totals of this one.', { when })
          : t('The run of {{when}} shares {{names}}.', { when, names: listWords(overlap.shared.map(quoted)) });
      const differs =
        overlap.differing.length === 0
          ? t('It asked the same under the same rules, so only the lists can differ.')
          : t('It differs in: {{rules}}.', { rules: listWords(overlap.differing.map((rule) => t(RULE_WORDS[rule]))) });
      return `${shares} ${differs}`;
    });
}
