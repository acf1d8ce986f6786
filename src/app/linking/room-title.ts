import { RUN_STAGES, type RunView } from '../../linking/messages.ts';
import type { Project } from '../../linking/project.ts';
import { t } from '../../words/translate.ts';

/** What is going on in a room, for the title of the tab: its newest run, and the project. */
export function roomTitle(project: Project | undefined, runs: readonly RunView[], ended: boolean): string {
  const name = project?.name ?? t('Link data sets anonymously');
  const run = runs.at(-1);
  if (ended) return t('Over: {{project}}', { project: name });
  return run === undefined ? name : runTitle(run, name);
}

function runTitle({ id, stage, done }: RunView, project: string): string {
  const places = { number: id, project };
  switch (stage) {
    case 'completed':
      return t('Run {{number}} completed, {{project}}', places);
    case 'failed':
      return t('Run {{number}} failed, {{project}}', places);
    case RUN_STAGES[0]:
      return t('Run {{number}} waits for CLKs, {{project}}', places);
    default:
      return t('Run {{number}} {{percent}} %, {{project}}', { ...places, percent: Math.floor(100 * done) });
  }
}
