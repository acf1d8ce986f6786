import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { t } from '../../words/translate.ts';

interface SecretInputProps extends Pick<PasswordInputProps, 'label' | 'description' | 'miw' | 'maw' | 'w'> {
  readonly value: string;
  onChange(secret: string): void;
}

/** The secret that all data providers share, hidden until it is to be seen. */
export function SecretInput({ label = t('Linkage secret'), onChange, ...props }: SecretInputProps) {
  return (
    <PasswordInput
      label={label}
      {...props}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': t('Show the secret'), tabIndex: 0 }}
    />
  );
}
