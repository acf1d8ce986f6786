/** How long a stage will still take, judged by how long its finished share took. */

import { fixedWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { StageView } from './state.ts';

/** Milliseconds left, or undefined while too little is done to tell. */
export function millisecondsLeft(stage: StageView): number | undefined {
  if (stage.startedAt === undefined || stage.reportedAt === undefined) return undefined;
  const elapsed = stage.reportedAt - stage.startedAt;
  if (stage.done < 0.02 || elapsed < 500) return undefined;
  return (elapsed * (1 - stage.done)) / stage.done;
}

/** `about 2 minutes left`, `a few seconds left`. */
export function timeLeftWords(stage: StageView): string {
  if (stage.done >= 1) return t('done');
  if (stage.waiting) return t('waiting for the other side');
  if (stage.startedAt === undefined) return t('not started yet');
  const left = millisecondsLeft(stage);
  if (left === undefined) return t('estimating the time left');
  const seconds = left / 1000;
  if (seconds < 10) return t('a few seconds left');
  if (seconds < 90) return t('about {{seconds}} seconds left', { seconds: Math.ceil(seconds / 10) * 10 });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return t('about {{minutes}} minutes left', { minutes });
  return t('about {{hours}} hours left', { hours: Math.ceil(minutes / 60) });
}

/** Bytes as MB with one decimal, `0 MB` for none. */
export function megabytes(bytes: number): string {
  if (bytes === 0) return '0 MB';
  return bytes < 50_000 ? t('less than 0.1 MB') : `${fixedWords(bytes / 1e6, 1)} MB`;
}
