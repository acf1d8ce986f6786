/**
 * What each type of field is: how its values are normalised, cut into tokens, picked from and told apart. A new type is a name
 * in `FIELD_TYPES` and a record here.
 */
import type { FieldType } from '../agreement/match-field.ts';
import { hasLostDigits, mendedCode } from '../table/code-length.ts';
import type { Table } from '../table/data-table.ts';
import { normaliseCategory, normaliseDate, normaliseText } from '../table/normalise.ts';
import type { Problem } from '../table/table.ts';
import { message } from '../words/translate.ts';
import { type BoundField, codeDigits } from './bound-field.ts';
import { earlyDays, futureDates, lostDigits, mendedCodes, notDates } from './value-problems.ts';

/** Characters of a token of a spelled type, where nothing else is said. */
export const BIGRAMS = 2;

export interface FieldTypeRules {
  /** What a column of the type is for, and what its values are called: to be translated where they are shown. */
  readonly use: string;
  readonly words: 'names' | 'codes' | 'text' | 'dates' | 'categories';
  /** Makes the function that brings spellings of one column into a common form; empty: there is no value. */
  normaliser(table: Table, field: BoundField): (spelling: string) => string;
  /** The tokens of a normalised value that is not empty. Characters are code points. `grams`: of a spelled type. */
  tokens(value: string, grams: number): string[];
  /** Whether tokens are characters in a row, so that how many is a choice, and a slip changes as many tokens. */
  readonly spelled: boolean;
  /** Whether values can be alike without being equal. */
  readonly alike: boolean;
  /**
   * MinHash values in a band of one field, of two, of two where there are few fields at all, and of more. Where a field is the
   * same on both sides any number of them agrees, so several cost little recall, and they tell brothers from sisters and 1971
   * from 1974. Where there are few fields, people are lost for want of bands rather than confused with relatives.
   */
  readonly values: Readonly<Record<'single' | 'pair' | 'pairOfFew' | 'many', number>>;
  /** Parts of a p-sig signature that make sense, by their place in `SIGNATURE_PARTS`. */
  readonly parts: readonly number[];
  /** The least likeness of two rows of one person: twins and couples have all but one name in common, namesakes all but a date of birth. */
  readonly leastLikeness: number;
  /** Whether a value is one person's by itself. */
  readonly identifying: boolean;
  /** What a column counts for beside others in a CLK: names and birthdays tell people apart, a category hardly does. */
  readonly schemaWeight: number;
  /** What a person is told of the column's values. */
  problems(table: Table, field: BoundField): Problem[];
}

const none = () => [];

/** Characters in a row, of the value padded at both ends. */
function gramsOf(value: string, grams: number): string[] {
  const padded = [' ', ...value, ' '];
  const tokens = Math.max(1, padded.length - grams + 1);
  return Array.from({ length: tokens }, (_, i) => padded.slice(i, i + grams).join(''));
}

/** Characters with their position. */
const placed = (value: string) => Array.from(value, (character, i) => `${i}${character}`);

const NAME: FieldTypeRules = {
  use: message('Match as name'),
  words: message('names'),
  normaliser: () => normaliseText,
  tokens: gramsOf,
  spelled: true,
  alike: true,
  values: { single: 2, pair: 3, pairOfFew: 2, many: 3 },
  parts: [0, 1, 2, 6],
  leastLikeness: 0.25,
  schemaWeight: 3,
  identifying: false,
  problems: none,
};

const CODE: FieldTypeRules = {
  ...NAME,
  use: message('Match as code'),
  words: message('codes'),
  normaliser: (table, field) => {
    const length = codeDigits(table, field);
    const mended = length === 0 ? normaliseText : (spelling: string) => normaliseText(mendedCode(spelling, length));
    // Many people have the same digits left.
    return (spelling) => (hasLostDigits(spelling) ? '' : mended(spelling));
  },
  tokens: placed,
  spelled: false,
  values: { single: 4, pair: 4, pairOfFew: 3, many: 4 },
  parts: [0, 2, 4, 5],
  leastLikeness: 0,
  schemaWeight: 2,
  identifying: true,
  problems: (table, field) => [...mendedCodes(table, field), ...lostDigits(table, field)],
};

export const FIELD_TYPE_RULES: Readonly<Record<FieldType, FieldTypeRules>> = {
  name: NAME,
  text: {
    ...NAME,
    use: message('Match as text'),
    words: message('text'),
    values: { single: 2, pair: 4, pairOfFew: 3, many: 3 },
    parts: [0, 2, 3, 6],
    leastLikeness: 0,
    schemaWeight: 2,
  },
  code: CODE,
  date: {
    ...CODE,
    use: message('Match as date'),
    words: message('dates'),
    normaliser: (table, { column }) => {
      const reading = table.reading(column);
      return (spelling) => normaliseDate(spelling, reading);
    },
    values: { single: 5, pair: 7, pairOfFew: 6, many: 7 },
    parts: [0, 3, 4, 5],
    leastLikeness: 0.45,
    schemaWeight: 3,
    identifying: false,
    problems: (table, field) => [notDates, futureDates, earlyDays].flatMap((find) => find(table, field)),
  },
  category: {
    ...NAME,
    use: message('Match as category'),
    words: message('categories'),
    normaliser: () => normaliseCategory,
    tokens: (value) => [value],
    spelled: false,
    alike: false,
    values: { single: 1, pair: 1, pairOfFew: 1, many: 1 },
    parts: [0],
    leastLikeness: 0,
    schemaWeight: 1,
  },
};
