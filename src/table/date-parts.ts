/** Which columns of a file are the parts of one date. */
import type { ColumnProfile } from './column-profile.ts';
import { type Concept, foldHeader, says } from './header-words.ts';
import { monthNumber } from './month-names.ts';
import type { DateParts } from './table.ts';

const MOSTLY = 0.9;
/** Headers that say a part and not of what: together they are a date all the same. */
const PLAIN = {
  year: 'year yyyy yy y jahr annee ano anno jaar ar rok vuosi ev год 年 años anio',
  month: 'month mm m monat mois mes mese maand manad maned miesiac mesic kuukausi honap месяц 月',
  day: 'day dd d tag jour dia giorno dag dzien den paiva nap день 日',
} as const;
const words = (list: string) => new Set(list.split(' ').map(foldHeader));
const PLAIN_WORDS = { year: words(PLAIN.year), month: words(PLAIN.month), day: words(PLAIN.day) };
const CONCEPTS = { year: 'birthYear', month: 'birthMonth', day: 'birthDay' } as const satisfies Record<string, Concept>;
type Part = keyof typeof CONCEPTS;

const share = ({ sample }: ColumnProfile, holds: (text: string) => boolean) =>
  sample.length === 0 ? 0 : sample.filter(holds).length / sample.length;
const whole = (text: string): number => (/^\d{1,4}(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN);

/** Whether a column's values are years by themselves, of four digits or two. */
export const holdsYears = (column: ColumnProfile): boolean =>
  share(column, (text) => /^(?:1[6-9]\d\d|20\d\d)(?:\.0+)?$/.test(text)) >= MOSTLY;

const HOLDS: Readonly<Record<Part, (column: ColumnProfile) => boolean>> = {
  year: (column) => holdsYears(column) || share(column, (text) => whole(text) >= 0 && whole(text) < 100) >= MOSTLY,
  month: (column) =>
    share(column, (text) => (whole(text) >= 1 && whole(text) <= 12) || monthNumber(text) > 0) >= MOSTLY,
  day: (column) => share(column, (text) => whole(text) >= 1 && whole(text) <= 31) >= MOSTLY,
};

const PARTS: readonly Part[] = ['year', 'month', 'day'];

function partsBy(columns: readonly ColumnProfile[], isNamed: (header: string, part: Part) => boolean) {
  const found = PARTS.map((part) =>
    columns.find((column) => isNamed(foldHeader(column.name), part) && HOLDS[part](column)),
  );
  const [year, month, day] = found;
  if (year === undefined || month === undefined || day === undefined || new Set(found).size < 3) return undefined;
  return { year: year.name, month: month.name, day: day.name };
}

/** The three columns that are a date of birth, by header and values; of a file without one, those that are any date. */
export function findDateParts(columns: readonly ColumnProfile[]): DateParts | undefined {
  const born = partsBy(columns, (header, part) => says(header, CONCEPTS[part]));
  if (born !== undefined) return born;
  if (columns.some(({ dates }) => dates >= MOSTLY)) return undefined;
  return partsBy(columns, (header, part) => PLAIN_WORDS[part].has(header));
}
