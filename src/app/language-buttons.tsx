import { Button } from '@mantine/core';
import { languageWords } from '../words/format.ts';
import { language } from '../words/translate.ts';
import { chooseLanguage, LANGUAGES } from './language.ts';

/** Switches to another language, whose name it bears in that language. */
export function LanguageButtons() {
  return LANGUAGES.filter((other) => other !== language()).map((other) => (
    <Button key={other} variant="subtle" size="compact-sm" lang={other} onClick={() => void chooseLanguage(other)}>
      {languageWords(other)}
    </Button>
  ));
}
