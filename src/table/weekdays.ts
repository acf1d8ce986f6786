/** Names of weekdays in the languages whose months are known. */
import { foldName } from './month-names.ts';

const LANGUAGES =
  'en de de-CH fr es es-MX it pt pt-PT nl sv da nb nn fi is pl cs sk hu ro bg el ru uk be lt lv et tr ca eu gl ga cy mt sq sr sr-Latn hr sl bs mk hi bn ta te mr gu pa kn ml ne ur ar fa he th ka hy az kk uz af sw id ms fil vi ja ko zh zh-TW'.split(
    ' ',
  );
/** A Sunday. */
const FIRST_DAY = Date.UTC(2023, 0, 1);
const MS_A_DAY = 86_400_000;

/** What stands between a weekday and its day, or alone before a day, and changes nothing. */
const ARTICLES = new Set('the den der dem am on op le el il of de a ngày'.split(' ').map(foldName));
/** Short names that say before, after, until, about or the like in another language. */
const EQUIVOCAL = new Set('do po or og az pre per al ne die min sen ca be za an pr sub ar to'.split(' '));

const fold = (words: string): string =>
  foldName(words)
    .replace(/\p{Cf}/gu, '')
    .replace(/[,،]/g, '')
    .trim();

/** By their folded names, which weekdays they are, Sunday 0. */
function readNames(): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  const keep = (name: string, day: number) => {
    const known = found.get(fold(name)) ?? new Set();
    found.set(fold(name), known.add(day));
  };
  for (const language of LANGUAGES) {
    for (const weekday of ['long', 'short'] as const) {
      const alone = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
      // Some languages bend it within a date.
      const within = new Intl.DateTimeFormat(language, { weekday, day: 'numeric', month: 'long', timeZone: 'UTC' });
      for (let day = 0; day < 7; day++) {
        const date = new Date(FIRST_DAY + day * MS_A_DAY);
        keep(alone.format(date), day);
        for (const { type, value } of within.formatToParts(date)) if (type === 'weekday') keep(value, day);
      }
    }
  }
  // One Latin letter may be anything.
  for (const name of found.keys()) if (/^\p{Script=Latin}$/u.test(name)) found.delete(name);
  return found;
}

let names: ReadonlyMap<string, ReadonlySet<number>> | undefined;

/** Whether a date falls on one of some weekdays, Sunday 0. */
export type Falls = (days: ReadonlySet<number>) => boolean;

/** Whether words name a weekday. Where they may say “before” or “after” as well, the date has to fall on it. */
export function isWeekday(words: string, falls: Falls): boolean {
  const name = fold(words);
  names ??= readNames();
  const days = names.get(name);
  return days !== undefined && (!EQUIVOCAL.has(name) || falls(days));
}

/** Whether words before a date change nothing of it: a weekday, an article, both. */
export function isWeekdayBefore(words: string, falls: Falls): boolean {
  const text = fold(words).replace(/(?<=.)ที่$/u, '');
  const [last = ''] = /\S+$/.exec(text) ?? [];
  const hasArticle = ARTICLES.has(last);
  return (hasArticle && last === text) || isWeekday(hasArticle ? text.slice(0, -last.length) : text, falls);
}
