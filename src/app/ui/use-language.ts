import { useSyncExternalStore } from 'react';
import { type Language, language, onLanguage } from '../../words/translate.ts';

/** Shows a component anew when the language changes: the one that holds all others, and each that `memo` would keep as it is. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, language);
}
