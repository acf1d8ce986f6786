/** The ledger in plain sentences, for its owner. */

import { tableName } from '../../agreement/tables.ts';
import type { Limit, RunEnding } from '../../ledger/entry.ts';
import type { Query } from '../../ledger/query.ts';
import { overlapsOf, type PastRun, type Refusal, type Standing } from '../../ledger/standing.ts';
import { counted, dateWords, numberWords } from '../../words/format.ts';
import { listWords, perturbationWords, statisticsWords } from './plain-words.ts';

const ENDING_WORDS: Readonly<Record<RunEnding, string>> = {
  finished: 'finished',
  cancelled: 'cancelled',
  declined: 'ended before it began',
  'protocol-error': 'ended by an error',
  'connection-lost': 'ended by a lost connection',
  'verification-failed': 'ended by an error',
  'limit-reached': 'refused by the limit',
  error: 'ended by an error',
};

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
  const of = payloads.length === 0 ? '' : ` of ${listWords(payloads.map((p) => `“${p.name}”`))}`;
  const by = groups.length === 0 ? ', no groups' : ` by ${listWords(groups.map((g) => `“${g.name}”`))}`;
  const list = tables?.map((table) => tableName({ groups, payloads }, table)) ?? [];
  const several = tables === undefined ? '' : ` in ${tables.length} tables (${list.join('; ')})`;
  const missing = missingValues === 'each-column' ? ', each column by itself' : '';
  const times = strata === undefined ? '' : `, times the researcher’s ${listWords(strata.map((s) => `“${s.name}”`))}`;
  return `${statisticsWords(statistics)}${of}${by}${several}${times}, minimum ${minimumGroupSize}${missing}, ${perturbationWords(perturbation)}`;
}

/** `“Falls”, approval 12/2026: `, as the owner named it. */
function studyWords({ study }: Query): string {
  const words = [study?.title && `“${study.title}”`, study?.approval && `approval ${study.approval}`].filter(Boolean);
  return words.length === 0 ? '' : `${words.join(', ')}: `;
}

export function runWords({ entry, ending }: PastRun): string {
  const outcome =
    ending === undefined ? 'no ending recorded (under way, or the page was closed)' : ENDING_WORDS[ending];
  return `${dateWords(entry.at)}: ${studyWords(entry.query)}${askedWords(entry.query)}; ${outcome}.`;
}

/** "3 runs in 30 days, and an epsilon of 2 in all". */
export function limitWords({ runs, days, epsilonThousandths }: Limit): string {
  const budget =
    epsilonThousandths === undefined ? '' : `, and an epsilon of ${numberWords(epsilonThousandths / 1000)} in all`;
  return `${counted(runs, 'run')} in ${counted(days, 'day')}${budget}`;
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
      ? `${runs.length === 0 ? 'No run has' : `${counted(runs.length, 'run')} ${runs.length === 1 ? 'has' : 'have'}`} been made with this file. You have set no limit.`
      : `${counted(inPeriod, 'run')} with this file in the last ${counted(limit.days, 'day')}. Your limit: ${limitWords(limit)}.`;
  if (epsilonThousandths === 0) return [made];
  const exact = exactRuns === 0 ? '' : ` No epsilon covers the ${counted(exactRuns, 'run')} without noise.`;
  return [made, `Epsilon of all runs with noise together: ${numberWords(epsilonThousandths / 1000)}.${exact}`];
}

export function refusalWords(refusal: Refusal): string {
  const limit = `You allow ${limitWords(refusal.limit)} with this file`;
  const wayOut = 'or set another limit on the Rules step';
  switch (refusal.kind) {
    case 'runs':
      return `${limit}, and that many have been made. Wait until ${dateWords(refusal.freeAt)}, ${wayOut}.`;
    case 'exact':
      return `${limit}, and this agreement has no noise. Choose “With noise”, ${wayOut}.`;
    case 'epsilon':
      return `${limit}; ${numberWords(refusal.leftThousandths / 1000)} of it is left, and this agreement needs more. Choose a smaller epsilon, ${wayOut}.`;
  }
}

/** Which earlier runs a table under this agreement can be compared with, and what differs. Newest first. */
export function overlapSentences(standing: Standing, query: Query): string[] {
  return overlapsOf(standing, query)
    .slice(0, OVERLAPS_TOLD)
    .map(({ run, overlap }) => {
      const shares =
        overlap.shared.length === 0
          ? 'holds totals of this one'
          : `shares ${listWords(overlap.shared.map((n) => `“${n}”`))}`;
      const differs =
        overlap.differing.length === 0
          ? 'It asked the same under the same rules, so only the lists can differ.'
          : `It differs in: ${listWords(overlap.differing)}.`;
      return `The run of ${dateWords(run.entry.at)} ${shares}. ${differs}`;
    });
}
