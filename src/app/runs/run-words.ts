/** How a kept run is called in lists and titles. */
import { studiesOf } from '../../agreement/agreement.ts';
import type { FinishedRun } from '../../storage/finished-run.ts';
import { dateWords } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import { listWords } from '../party/plain-words.ts';

const endOf = (run: FinishedRun) => (run.kind === 'result' ? run.result : run.outcome);

/** The study's title, or what the table is of. */
export function runTitle(run: FinishedRun): string {
  const { agreement } = endOf(run);
  const { owner, researcher } = studiesOf(agreement);
  const title = run.kind === 'result' ? (researcher?.title ?? owner?.title) : (owner?.title ?? researcher?.title);
  if (title !== undefined) return title;
  const { groups, payloads } = agreement.terms;
  const of = payloads.length === 0 ? t('Counts') : listWords(payloads.map(({ name }) => name));
  return groups.length === 0
    ? of
    : t('{{of}} by {{groups}}', { of, groups: listWords(groups.map(({ name }) => name)) });
}

/** On which side and when. */
export function runLine(run: FinishedRun): string {
  const when = dateWords(endOf(run).finishedAt);
  return run.kind === 'result'
    ? t('As the researcher, {{when}}', { when })
    : t('As the data owner, {{when}}', { when });
}

export const DELETE_QUESTION = message('Delete this run from this browser? What you have downloaded stays.');
