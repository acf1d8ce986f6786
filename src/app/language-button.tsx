import { Button } from '@mantine/core';
import { language } from '../words/translate.ts';
import { chooseLanguage } from './language.ts';

/** Switches to the other language, whose name it bears in that language. */
export function LanguageButton() {
  const [other, name] = language() === 'en' ? (['de', 'Deutsch'] as const) : (['en', 'English'] as const);
  return (
    <Button variant="subtle" size="compact-sm" lang={other} onClick={() => void chooseLanguage(other)}>
      {name}
    </Button>
  );
}
