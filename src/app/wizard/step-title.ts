import { otherRole } from '../../net/room-api.ts';
import { t } from '../../words/translate.ts';
import { roleName } from '../party/endings.ts';
import { type PartyState, STEPS } from '../party/state.ts';

/** Step and progress in a few words, for the title of the tab. */
export function stepTitle({ step, run, role }: PartyState): string {
  const where = t('Step {{number}} of {{steps}}: {{name}}', {
    number: step + 1,
    steps: STEPS.length,
    name: t(STEPS[step]),
  });
  switch (run.kind) {
    case 'running': {
      if (run.choosing) return t('Waiting for you: matches');
      const { linkage, table } = run.stages;
      const [name, stage] = linkage.done < 1 ? ([t('Linkage'), linkage] as const) : ([t('Table'), table] as const);
      if (stage.waiting) return t('Waiting for the {{other}}', { other: roleName(otherRole(role)) });
      return `${Math.floor(100 * stage.done)} %, ${name}`;
    }
    case 'result':
    case 'outcome':
      return t('Finished');
    case 'ended':
      return run.ending.title;
    case 'idle':
      return where;
  }
}
