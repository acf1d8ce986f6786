/** Names of weekdays in the languages whose months are known. */
import { weekdayNames } from '../words/weekday-names.ts';
import { foldName } from './month-names.ts';

const LANGUAGES =
  'en de de-CH fr es es-MX it pt pt-PT nl sv da nb nn fi is pl cs sk hu ro bg el ru uk be lt lv et tr ca eu gl ga cy mt sq sr sr-Latn hr sl bs mk hi bn ta te mr gu pa kn ml ne ur ar fa he th ka hy az kk uz af sw id ms fil vi ja ko zh zh-TW'.split(
    ' ',
  );
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
  for (const [written, day] of LANGUAGES.flatMap(weekdayNames)) {
    const name = fold(written);
    // One Latin letter may be anything.
    if (!/^\p{Script=Latin}$/u.test(name)) found.set(name, (found.get(name) ?? new Set()).add(day));
  }
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
