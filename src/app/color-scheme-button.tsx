import { Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { t } from '../words/translate.ts';

/** Switches between light and dark; until it is pressed the system decides. */
export function ColorSchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => setColorScheme(other)}>
      {other === 'dark' ? t('Dark colours') : t('Light colours')}
    </Button>
  );
}
