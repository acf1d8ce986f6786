/**
 * What people read, in their language. A sentence is written in English where it is said, and is its own key: the catalogue of a
 * language, `de.json` for German, holds what it is there. What is not in the catalogue stays English. The command line, and all that
 * programs read, is sent or is hashed, is English always.
 */
import { createInstance, type i18n as Translator } from 'i18next';

/** By its code in ISO 639: `en`, and each of which there is a catalogue. */
export type Language = string;

/** English sentences and what they are in another language; of counted ones a form for each plural, `_one` and `_other` in German. */
export type Catalogue = Readonly<Record<string, string>>;

/** What stands in a sentence's places, `{{name}}`: numbers and dates are made words of before. */
export type Values<English extends string> = string extends English
  ? Readonly<Record<string, string | number>>
  : { readonly [Name in PlaceOf<English>]: string | number };

type PlaceOf<English> = English extends `${string}{{${infer Name}}}${infer Rest}` ? Name | PlaceOf<Rest> : never;

/** No values where a sentence has no places; of one that is not known here it is not known either. */
type Given<English extends string> = string extends English
  ? [values?: Values<string>]
  : [PlaceOf<English>] extends [never]
    ? []
    : [values: Values<English>];

/** For components that put elements into sentences; all others call `t`. */
export const i18n: Translator = createInstance({
  lng: 'en',
  resources: {},
  initAsync: false,
  // Sentences have dots and colons of their own.
  keySeparator: false,
  nsSeparator: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false, skipOnVariables: true },
});
void i18n.init();

/** Counts what is being made in English whatever the person speaks. */
let inEnglishAlone = 0;

export function language(): Language {
  if (inEnglishAlone > 0) return 'en';
  return i18n.language;
}

/** From now on sentences are in this language, in this thread and in workers that begin later. */
export function speak(language: Language, catalogue: Catalogue): void {
  i18n.addResourceBundle(language, 'translation', catalogue);
  void i18n.changeLanguage(language);
}

/** What another thread must be told to speak as this one does. */
export interface Spoken {
  readonly language: Language;
  readonly catalogue: Catalogue;
}

export function spoken(): Spoken {
  return { language: language(), catalogue: i18n.getResourceBundle(language(), 'translation') ?? {} };
}

const inBrowser = 'window' in globalThis || 'WorkerGlobalScope' in globalThis;

/**
 * Whose formats numbers and dates have: the browser's own, unless the person chose a language that is not the browser's. Undefined
 * is the browser's own.
 */
export function locale(): string | undefined {
  if (!inBrowser || isEnglishAlone()) return language() === 'en' ? 'en-GB' : language();
  const own = navigator.languages.find((each) => each.split('-')[0] === language());
  return own ?? (language() === 'en' ? undefined : language());
}

/** A fraction that was put in as it is has the language's decimal mark at least. In English it stays as it is. */
function written(values: Values<string>): Values<string> {
  if (language() === 'en') return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asWritten(value)]));
}

function asWritten(value: string | number): string | number {
  if (typeof value === 'string' || !Number.isFinite(value) || Number.isInteger(value)) return value;
  return value.toLocaleString(locale(), { maximumSignificantDigits: 15, useGrouping: false });
}

/** Calls `changed` when another language is spoken from now on. Returns what stops it. */
export function onLanguage(changed: () => void): () => void {
  i18n.on('languageChanged', changed);
  return () => i18n.off('languageChanged', changed);
}

/**
 * The sentence in the person's language. Not at the top of a module, which is read before the language is known: there `message`
 * marks a sentence, and `t` is called where it is shown.
 */
export function t<const English extends string>(english: English, ...[values]: Given<English>): string {
  return i18n.t(english, { lng: language(), defaultValue: english, replace: written(values ?? {}) });
}

/** As `t`, and English whatever the person speaks: for what is sent to another page. */
export function inEnglish<const English extends string>(english: English, ...[values]: Given<English>): string {
  return i18n.t(english, { lng: 'en', defaultValue: english, replace: values ?? {} });
}

/** The sentence, for a count of one or of many; `{{count}}` is put in as people read numbers. */
export function tCount<const One extends string, const Many extends string>(
  one: One,
  many: Many,
  count: number,
  values: Values<string>,
): string {
  return i18n.t(many, {
    lng: language(),
    count,
    defaultValue_one: one,
    defaultValue_other: many,
    replace: written(values),
  });
}

/** Marks a sentence that is translated later, by `t`, and leaves it as it is. */
export function message<const English extends string>(english: English): English {
  return english;
}

/**
 * A sentence that came in from elsewhere: in the person's language where it is one of our own, else as it came. Whoever wrote it
 * cannot name places in it, or other entries.
 */
export function tKnown(sentence: string): string {
  return i18n.exists(sentence, { lng: language() }) ? i18n.t(sentence, { lng: language(), replace: {} }) : sentence;
}

/**
 * What programs read, made in English and with numbers as in Britain, whatever the person speaks: two sides that speak two
 * languages make the same files. `make` must not be asynchronous.
 */
export function forPrograms<T>(make: () => T): T {
  inEnglishAlone += 1;
  try {
    return make();
  } finally {
    inEnglishAlone -= 1;
  }
}

/** Whether `forPrograms` is under way. */
export function isEnglishAlone(): boolean {
  return inEnglishAlone > 0;
}
