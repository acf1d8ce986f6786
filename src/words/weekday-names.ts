/** How languages write the days of the week, for reading what others wrote. */

/** A Sunday. */
const FIRST_DAY = Date.UTC(2023, 0, 1);
const MS_A_DAY = 86_400_000;

/** Long and short names in one language, by themselves and as they are bent within a date. Sunday is 0. */
export function weekdayNames(language: string): (readonly [name: string, weekday: number])[] {
  return (['long', 'short'] as const).flatMap((weekday) => {
    const alone = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
    const within = new Intl.DateTimeFormat(language, { weekday, day: 'numeric', month: 'long', timeZone: 'UTC' });
    return Array.from({ length: 7 }, (_, day) => {
      const date = new Date(FIRST_DAY + day * MS_A_DAY);
      const bent = within.formatToParts(date).flatMap(({ type, value }) => (type === 'weekday' ? [value] : []));
      return [alone.format(date), ...bent].map((name) => [name, day] as const);
    }).flat();
  });
}
