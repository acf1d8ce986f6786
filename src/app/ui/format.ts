/** Dates as the browser's language writes them, over the whole app, and counts with their noun. */

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Day and time of an ISO 8601 text or a moment. */
export function dateWords(at: string | Date): string {
  return moment.format(new Date(at));
}

const number = new Intl.NumberFormat('en');

/** `1 row`, `2,000 rows`. `many`: left out, `one` with an s. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
