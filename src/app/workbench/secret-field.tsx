import { PasswordInput } from '@mantine/core';
import { useWorkbench } from './workbench-state.ts';

/** The secret that the data providers share. It goes to this page's workers only. */
export function SecretField() {
  const { state, update } = useWorkbench();
  return (
    <PasswordInput
      label="Secret"
      description="All providers enter the same one; without it nobody can make these CLKs"
      value={state.secret}
      onChange={({ currentTarget }) => update({ secret: currentTarget.value })}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': 'Show the secret', tabIndex: 0 }}
      maw="26rem"
    />
  );
}
