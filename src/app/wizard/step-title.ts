import { otherRole } from '../../net/room-api.ts';
import { roleName } from '../party/endings.ts';
import { type PartyState, STEPS } from '../party/state.ts';

/** Step and progress in a few words, for the title of the tab. */
export function stepTitle({ step, run, role }: PartyState): string {
  const where = `Step ${step + 1} of ${STEPS.length}: ${STEPS[step]}`;
  switch (run.kind) {
    case 'running': {
      if (run.choosing) return 'Waiting for you: matches';
      const { linkage, table } = run.stages;
      const [name, stage] = linkage.done < 1 ? (['Linkage', linkage] as const) : (['Table', table] as const);
      if (stage.waiting) return `Waiting for the ${roleName(otherRole(role))}`;
      return `${Math.floor(100 * stage.done)} %, ${name}`;
    }
    case 'result':
    case 'outcome':
      return 'Finished';
    case 'ended':
      return run.ending.title;
    case 'idle':
      return where;
  }
}
