import { MAX_FIELDS } from '../agreement/match-field.ts';
import type { ColumnProfile } from './column-profile.ts';
import { type Concept, foldHeader, says, saysOnly } from './header-words.ts';
import type { ColumnUse } from './table.ts';

/** Labels that a table of results has room for. */
const MAX_LABELS = 64;
/** Averages that an agreement has room for. */
const MAX_AVERAGES = 16;
/** Share of the rows that have to have a value for a column to be proposed for matching. */
const LEAST_FILLED = 0.1;
/** Characters of a usual value from which on a name is a text, and a text without a telling header is a remark. */
const LONG_NAME = 32;
const LONG_TEXT = 60;

type Holds = (column: ColumnProfile) => boolean;

interface HeaderRule {
  readonly concept: Concept;
  readonly use: ColumnUse | ((column: ColumnProfile) => ColumnUse);
  /** What the values have to be like for the header to be believed. */
  readonly when?: Holds;
}

const share = ({ sample }: ColumnProfile, holds: (text: string) => boolean) =>
  sample.length === 0 ? 0 : sample.filter(holds).length / sample.length;
const usualLength = ({ sample }: ColumnProfile) => sample.reduce((sum, { length }) => sum + length, 0) / sample.length;
const isNumeric: Holds = (column) => column.numbers >= 0.9;
const isWords: Holds = (column) => column.numbers < 0.5;
const isDates: Holds = (column) => column.dates >= 0.7 && !isYears(column);
const isUnique: Holds = ({ sample, sampleDistinct }) => sampleDistinct >= 0.95 * sample.length;
const hasFewLabels: Holds = ({ distinct, sample, sampleDistinct }) =>
  distinct <= MAX_LABELS && sampleDistinct <= Math.max(2, 0.5 * sample.length);
/** Numbers that Excel may count days by are incomes and postcodes as well, unless the header says more. */
const isNumbersOfDays: Holds = ({ reading, numbers }) => reading.serialDates !== 'no' && numbers >= 0.9;
/** Names of people are more than a dozen among a hundred of them; `hospital_name` and `program name` head fewer. */
const hasVeryFewLabels: Holds = ({ distinct, sample }) => distinct <= 12 && sample.length >= 100;
const isYears: Holds = (column) => share(column, (text) => /^(?:1[89]\d\d|20\d\d|\d\d)(?:\.0)?$/.test(text)) >= 0.9;
function isDayOrMonth(last: number): Holds {
  const number = (text: string) => /^\d\d?(?:\.0)?$/.test(text) && Number(text) >= 1 && Number(text) <= last;
  return (column) => share(column, number) >= 0.9;
}
/** Numbers of samples and orders may begin with a day; such points in time, all different, are nobody's birth. Midnights may be. */
const areSampleNumbers: Holds = (column) =>
  isUnique(column) && share(column, (text) => /^\d{8}(?!0+$)\d{4}(?:\d\d)?$/.test(text)) >= 0.9;
const isMonthName: Holds = (column) => isWords(column) && column.distinct <= 36;

/** House numbers: `12`, `12a`, `12/3`, `12.0`. */
const isShortWithDigits: Holds = (column) => share(column, (text) => /^\d[\p{L}\d/. -]{0,7}$/u.test(text)) >= 0.5;

/** The first rule whose header and values fit decides. */
const HEADER_RULES: readonly HeaderRule[] = [
  { concept: 'birthYear', use: 'code', when: isYears },
  { concept: 'birthMonth', use: 'category', when: (column) => isDayOrMonth(12)(column) || isMonthName(column) },
  { concept: 'birthDay', use: 'category', when: isDayOrMonth(31) },
  { concept: 'birthDate', use: 'date', when: isDates },
  { concept: 'birthDate', use: 'code', when: isYears },
  { concept: 'nationalId', use: 'code' },
  { concept: 'otherDate', use: 'ignore', when: isDates },
  { concept: 'phone', use: 'code', when: (column) => !hasFewLabels(column) || column.sample.length < 20 },
  { concept: 'postcode', use: 'code' },
  { concept: 'houseNumber', use: 'category', when: isShortWithDigits },
  { concept: 'title', use: 'category', when: hasFewLabels },
  { concept: 'email', use: 'text', when: isWords },
  { concept: 'sex', use: 'category' },
  { concept: 'place', use: 'text', when: isWords },
  { concept: 'address', use: 'text', when: isWords },
  {
    concept: 'name',
    use: nameOrText,
    when: (column) =>
      isWords(column) && !isCoded(column) && (saysOnly(foldHeader(column.name), 'name') || !hasVeryFewLabels(column)),
  },
  { concept: 'longText', use: 'text', when: (column) => isWords(column) && !hasFewLabels(column) },
  { concept: 'rowId', use: 'ignore', when: isUnique },
  { concept: 'group', use: 'group', when: hasFewLabels },
  { concept: 'number', use: 'average', when: (column) => isNumeric(column) && column.distinct > 2 },
  { concept: 'number', use: 'average', when: isNumeric },
];

/** `PERSON NAME` may head names of programs and wards as well; codes such as `A12` are none. */
const isCoded: Holds = (column) => share(column, (text) => /^\S*\d\S*$/.test(text)) > 0.5;

function nameOrText(column: ColumnProfile): ColumnUse {
  return usualLength(column) > LONG_NAME ? 'text' : 'name';
}

const isMatchUse = (use: ColumnUse) => use !== 'ignore' && use !== 'group' && use !== 'average';

/** What a column is likely to be used for, by its header and its values together; by its values where the header says nothing. */
export function guessUse(column: ColumnProfile): ColumnUse {
  const { sample, rows, empty } = column;
  if (sample.length === 0) return 'ignore';
  const rule = ruleOf(column);
  const use = rule === undefined ? guessByValues(column) : typeof rule.use === 'function' ? rule.use(column) : rule.use;
  return isMatchUse(use) && rows - empty < LEAST_FILLED * rows ? 'ignore' : use;
}

function ruleOf(column: ColumnProfile): HeaderRule | undefined {
  const header = foldHeader(column.name);
  return HEADER_RULES.find(({ concept, when }) => says(header, concept) && (when?.(column) ?? true));
}

/**
 * The uses of a file's columns together: of columns to match by and to average as many as an agreement has room for, those
 * whose header says so first.
 */
export function guessUses(columns: readonly ColumnProfile[]): ColumnUse[] {
  const uses = withLongTexts(columns, withoutOtherDates(columns, columns.map(guessUse)));
  const kept = new Set([
    ...mostTelling(columns, (column) => uses[column] === 'average', MAX_AVERAGES),
    ...mostTelling(columns, (column) => isMatchUse(uses[column] ?? 'ignore'), MAX_FIELDS),
  ]);
  return uses.map((use, column) => (use === 'group' || kept.has(column) ? use : 'ignore'));
}

/** Beside a date of birth that is called so, dates whose header says nothing are others: of admissions, visits, samples. */
function withoutOtherDates(columns: readonly ColumnProfile[], uses: readonly ColumnUse[]): readonly ColumnUse[] {
  const isTold = columns.map((column, i) => uses[i] === 'date' && ruleOf(column)?.concept === 'birthDate');
  if (!isTold.includes(true)) return uses;
  return uses.map((use, i) => (use === 'date' && !isTold[i] ? 'ignore' : use));
}

/** Where nothing else tells rows apart, long texts do, whatever they are called. */
function withLongTexts(columns: readonly ColumnProfile[], uses: readonly ColumnUse[]): readonly ColumnUse[] {
  if (uses.some(isMatchUse)) return uses;
  return uses.map((use, i) => (use === 'ignore' && isLongText(columns[i] as ColumnProfile) ? 'text' : use));
}

const isLongText: Holds = (column) => isWords(column) && usualLength(column) > LONG_TEXT && !hasFewLabels(column);

function mostTelling(columns: readonly ColumnProfile[], isOne: (column: number) => boolean, most: number): number[] {
  const wanted = [...columns.keys()].filter(isOne);
  const isTold = (column: number) => ruleOf(columns[column] as ColumnProfile) !== undefined;
  return [...wanted.filter(isTold), ...wanted.filter((column) => !isTold(column))].slice(0, most);
}

function guessByValues(column: ColumnProfile): ColumnUse {
  const { sample } = column;
  if (column.dates >= 0.9 && !isYears(column) && !isNumbersOfDays(column) && !areSampleNumbers(column)) return 'date';
  if (isNumeric(column)) return guessNumbers(column);
  if (isUnique(column) && sample.length > 20 && isCoded(column)) return 'ignore';
  if (hasFewLabels(column)) return 'group';
  if (usualLength(column) > LONG_TEXT) return 'ignore';
  const withDigits = share(column, (text) => /\d/.test(text));
  if (withDigits > 0.9 && usualLength(column) < 12) return 'code';
  if (withDigits < 0.05 && usualLength(column) < 14) return 'name';
  return 'text';
}

function guessNumbers(column: ColumnProfile): ColumnUse {
  const { sample } = column;
  if (isUnique(column) && sample.length > 20 && sample.every((text) => /^\d+$/.test(text))) return 'ignore';
  const leadingZeros = sample.filter((text) => /^0\d/.test(text)).length;
  if (leadingZeros > 0.01 * sample.length) return 'code';
  const digits = new Set(sample.map((text) => (/^\d+$/.test(text) ? text.length : 0)));
  if (digits.size === 1 && !digits.has(0) && (sample[0]?.length ?? 0) >= 7) return 'code';
  if (column.distinct <= 10 && sample.length >= 50) return 'group';
  return 'average';
}
