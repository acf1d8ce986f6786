import { RUN_STAGES, type RunView } from '../../linking/messages.ts';
import type { Project } from '../../linking/project.ts';

/** What is going on in a room, for the title of the tab: its newest run, and the project. */
export function roomTitle(project: Project | undefined, runs: readonly RunView[], ended: boolean): string {
  const name = project?.name ?? 'Link data sets anonymously';
  const run = runs.at(-1);
  if (ended) return `Over: ${name}`;
  return run === undefined ? name : `Run ${run.id} ${runState(run)}, ${name}`;
}

function runState({ stage, done }: RunView): string {
  switch (stage) {
    case 'completed':
      return 'completed';
    case 'failed':
      return 'failed';
    case RUN_STAGES[0]:
      return 'waits for CLKs';
    default:
      return `${Math.floor(100 * done)} %`;
  }
}
