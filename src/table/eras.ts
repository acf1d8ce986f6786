/** Years as Japan, Taiwan and Thailand count them. */

/** The year before an era's first. */
const ERAS: readonly (readonly [name: RegExp, before: number])[] = [
  [/^(?:明|m)/, 1867],
  [/^(?:大|t)/, 1911],
  [/^(?:昭|s)/, 1925],
  [/^(?:平|h)/, 1988],
  [/^(?:令|r)/, 2018],
  [/^(?:中華民國|民國|民国)/, 1911],
];
/**
 * `昭和55年`, `s55.2.3`, `昭55年2月3日`, `令和元年`; letters need their day behind them, or `t1` would be a year, and
 * two digits behind a point, or `S.4.5.6` would be a day.
 */
const ERA_YEAR =
  /^(?:(?:明治|大正|昭和|平成|令和|中華民國|民國|民国) ?(\d{1,3}|元)|(?:[明大昭平令]\.?|[mtshr](?:\.(?=\d\d))?)(\d{1,2})(?=[-/.年]\d{1,2}[-/.月]\d{1,2}日?$))/;

/** The same date with its year in the common era, where it begins with an era's name. */
export function inCommonEra(date: string): string {
  const found = ERA_YEAR.exec(date);
  const before = found === null ? undefined : ERAS.find(([name]) => name.test(date))?.[1];
  if (found === null || before === undefined) return date;
  const [whole, named, lettered] = found;
  const year = named === '元' ? 1 : Number(named ?? lettered);
  return `${before + year}${date.slice(whole.length)}`;
}

const BUDDHA = 543;

/** Thailand counts from Buddha's death: 2523 is 1980. Other years stay. */
export const commonYear = (year: number): number => (year > 2400 && year < 2600 ? year - BUDDHA : year);
