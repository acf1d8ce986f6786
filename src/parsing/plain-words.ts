/** What a schema finds wrong, in words for people: a validation library's own never reach anyone. */
import type { z } from 'zod';
import { inEnglish, message, t as translated } from '../words/translate.ts';

const LIST = message('must be a list');
const OBJECT = message('must be an object');
const WHOLE_NUMBER = message('must be a whole number');
const OTHER_KIND = message('must be of another kind');
const KINDS: Readonly<Record<string, string>> = {
  array: LIST,
  tuple: LIST,
  object: OBJECT,
  record: OBJECT,
  map: OBJECT,
  string: message('must be text'),
  number: message('must be a number'),
  int: WHOLE_NUMBER,
  boolean: message('must be true or false'),
  null: message('must be null'),
  undefined: message('must be left out'),
  bigint: WHOLE_NUMBER,
  file: message('must be a file'),
  date: message('must be a date'),
};

/** By the side of a limit; each for one and for more. */
type Bounds = Readonly<Record<'at most' | 'less than' | 'at least' | 'more than', readonly [string, string]>>;

const NUMBERS: Bounds = {
  'at most': [message('must be at most {{limit}}'), message('must be at most {{limit}}')],
  'less than': [message('must be less than {{limit}}'), message('must be less than {{limit}}')],
  'at least': [message('must be at least {{limit}}'), message('must be at least {{limit}}')],
  'more than': [message('must be more than {{limit}}'), message('must be more than {{limit}}')],
};
const CHARACTERS: Bounds = {
  'at most': [message('must have at most {{limit}} character'), message('must have at most {{limit}} characters')],
  'less than': [
    message('must have less than {{limit}} character'),
    message('must have less than {{limit}} characters'),
  ],
  'at least': [message('must have at least {{limit}} character'), message('must have at least {{limit}} characters')],
  'more than': [
    message('must have more than {{limit}} character'),
    message('must have more than {{limit}} characters'),
  ],
};
const ENTRIES: Bounds = {
  'at most': [message('must have at most {{limit}} entry'), message('must have at most {{limit}} entries')],
  'less than': [message('must have less than {{limit}} entry'), message('must have less than {{limit}} entries')],
  'at least': [message('must have at least {{limit}} entry'), message('must have at least {{limit}} entries')],
  'more than': [message('must have more than {{limit}} entry'), message('must have more than {{limit}} entries')],
};

/** Sizes of texts are of characters, of lists of entries; of numbers there is no unit. */
const UNITS: Readonly<Record<string, Bounds>> = {
  string: CHARACTERS,
  array: ENTRIES,
  set: ENTRIES,
  map: ENTRIES,
};

/** Says a sentence: `t`, or `inEnglish`. */
type Say = typeof translated;

function bound(t: Say, origin: string, most: boolean, inclusive: boolean, limit: number | bigint): string {
  const side = most ? (inclusive ? 'at most' : 'less than') : inclusive ? 'at least' : 'more than';
  const [one, more] = (UNITS[origin] ?? NUMBERS)[side];
  return t(Number(limit) === 1 ? one : more, { limit: String(limit) });
}

const quoted = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value) ?? String(value)).join(', ');

/** Words for an issue; see {@link plainWords}. */
function wordsFor(issue: z.core.$ZodRawIssue, t: Say): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return t('is missing');
      if (issue.expected === 'number' && typeof issue.input === 'number') return t('must be a finite number');
      return t(KINDS[issue.expected] ?? OTHER_KIND);
    case 'invalid_value':
      if (issue.input === undefined) return t('is missing');
      return issue.values.length === 1
        ? t('must be {{value}}', { value: quoted(issue.values) })
        : t('must be one of {{values}}', { values: quoted(issue.values) });
    case 'too_big':
      return bound(t, issue.origin, true, issue.inclusive !== false, issue.maximum);
    case 'too_small':
      return bound(t, issue.origin, false, issue.inclusive !== false, issue.minimum);
    case 'not_multiple_of':
      return t('must be a multiple of {{divisor}}', { divisor: issue.divisor });
    case 'unrecognized_keys':
      return t('has settings that are not known here: {{settings}}', { settings: quoted(issue.keys) });
    case 'invalid_format':
      return t('is not written as it must be');
    case 'invalid_union':
      return issue.input === undefined ? t('is missing') : t('is of none of the kinds that may stand here');
    case 'invalid_key':
      return t('has a name that may not stand here');
    case 'invalid_element':
      return t('has an entry that may not stand here');
    case 'custom':
      return t('is not as it must be');
    default:
      return undefined;
  }
}

/**
 * Words for an issue that its schema gives none of its own; they go on from the name of the place: `rows must be ...`.
 * Undefined for kinds of issues that have no words here.
 */
export const plainWords = (issue: z.core.$ZodRawIssue) => wordsFor(issue, translated);

/** The same in English, whatever the person speaks. */
export const plainEnglish = (issue: z.core.$ZodRawIssue) => wordsFor(issue, inEnglish);
