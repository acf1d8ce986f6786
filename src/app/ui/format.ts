/** Numbers and dates as the browser's language writes them: one format over the whole app. */

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** Day and time of an ISO 8601 text. */
export function dateWords(iso: string): string {
  return moment.format(new Date(iso));
}

const number = new Intl.NumberFormat('en');

/** `1 row`, `2,000 rows`. `many`: left out, `one` with an s. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** Day of an ISO 8601 text. */
export function dayWords(iso: string): string {
  return day.format(new Date(iso));
}
