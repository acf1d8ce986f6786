import { t } from '../../words/translate.ts';
import { SecretInput } from '../ui/secret-input.tsx';
import { useWorkbench } from './workbench-state.ts';

/** The secret that the data providers share. It goes to this page's workers only. */
export function SecretField() {
  const { state, update } = useWorkbench();
  return (
    <SecretInput
      label={t('Secret')}
      description={t('All providers enter the same one; without it nobody can make these CLKs')}
      value={state.secret}
      onChange={(secret) => update({ secret })}
      maw="26rem"
    />
  );
}
