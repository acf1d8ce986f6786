import { useMemo } from 'react';
import { useLanguage } from './use-language.ts';

/**
 * What a text is read as: anew when it changes, and when the language of its problems does.
 * @param read one and the same function on every render
 */
export function useReading<T>(text: string, read: (text: string) => T): T {
  const language = useLanguage();
  return useMemo(() => ({ language, reading: read(text) }), [language, text, read]).reading;
}

/** Reads nothing where nothing is written. */
export function ifWritten<T>(read: (text: string) => T): (text: string) => T | undefined {
  return (text) => (text.trim() === '' ? undefined : read(text));
}
