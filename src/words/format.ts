/**
 * Numbers, dates and counts as people read them: in the browser's own format on pages and in their workers, in British English where there
 * is no browser. Files that programs read are written without it.
 */
import { isEnglishAlone, type Language, locale, onLanguage, t, tCount, type Values } from './translate.ts';

/** To make a format takes longer than to use it. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

onLanguage(() => {
  numberFormats.clear();
  dateFormats.clear();
});

function formatOf<Format>(formats: Map<string, Format>, options: object, make: () => Format): Format {
  const key = `${isEnglishAlone()} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? make();
  formats.set(key, format);
  return format;
}

/** `1,234.5`. Without `options` with up to six decimals. */
export function numberWords(value: number, options: Intl.NumberFormatOptions = { maximumFractionDigits: 6 }): string {
  return formatOf(numberFormats, options, () => new Intl.NumberFormat(locale(), options)).format(value);
}

/** With so many decimals, `1,234.50`. */
export function fixedWords(value: number, decimals: number): string {
  return numberWords(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** With so many digits that count, and no more. */
export function roundedWords(value: number, digits: number): string {
  return numberWords(value, { maximumSignificantDigits: digits });
}

/** `99.4 %` of a share between 0 and 1. */
export function percentWords(share: number, decimals = 1): string {
  return `${fixedWords(100 * share, decimals)} %`;
}

/** `1 row`, `2,000 rows`. `many`: left out, `one` with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return tCounted(`{{count}} ${one}`, `{{count}} ${many}`, count);
}

/** A sentence about `{{count}}` things, written for one and for many; its other places are in `values`. */
export function tCounted(one: string, many: string, count: number, values: Values<string> = {}): string {
  return tCount(one, many, count, { ...values, count: numberWords(count) });
}

/** `“text”`, in the quotation marks of the language. */
export function inQuotes(text: string): string {
  return t('“{{text}}”', { text });
}

function dateFormat(at: string | number | Date, options: Intl.DateTimeFormatOptions): string {
  return formatOf(dateFormats, options, () => new Intl.DateTimeFormat(locale(), options)).format(new Date(at));
}

/** Day and time of a moment, or of its ISO 8601 text. */
export function dateWords(at: string | Date): string {
  return dateFormat(at, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Hour and minute of a moment, milliseconds since 1970. */
export function timeWords(at: number): string {
  return dateFormat(at, { timeStyle: 'short' });
}

/** `14 January 2020`, of a moment in UTC. */
export function dayWords(at: Date): string {
  return dateFormat(at, { dateStyle: 'long', timeZone: 'UTC' });
}

/** `January 2020`, of a moment in UTC. */
export function monthWords(at: Date): string {
  return dateFormat(at, { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** What a language is called in itself, `Deutsch`. */
export function languageWords(language: Language): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
