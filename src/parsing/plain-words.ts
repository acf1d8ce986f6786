/** What a schema finds wrong, in words for people: a validation library's own never reach anyone. */
import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  map: 'an object',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  undefined: 'left out',
  bigint: 'a whole number',
  file: 'a file',
  date: 'a date',
};

/** Sizes of texts are of characters, of lists of entries; of numbers there is no unit. */
const UNITS: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
};

function bound(origin: string, most: boolean, inclusive: boolean, limit: number | bigint): string {
  const units = UNITS[origin];
  const side = most ? (inclusive ? 'at most' : 'less than') : inclusive ? 'at least' : 'more than';
  if (!units) return `must be ${side} ${limit}`;
  return `must have ${side} ${limit} ${Number(limit) === 1 ? units[0] : units[1]}`;
}

const quoted = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value) ?? String(value)).join(', ');

/**
 * Words for an issue that its schema gives none of its own; they go on from the name of the place: `rows must be ...`.
 * Undefined for kinds of issues that have no words here.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      if (issue.expected === 'number' && typeof issue.input === 'number') return 'must be a finite number';
      return `must be ${KINDS[issue.expected] ?? 'of another kind'}`;
    case 'invalid_value':
      if (issue.input === undefined) return 'is missing';
      return issue.values.length === 1 ? `must be ${quoted(issue.values)}` : `must be one of ${quoted(issue.values)}`;
    case 'too_big':
      return bound(issue.origin, true, issue.inclusive !== false, issue.maximum);
    case 'too_small':
      return bound(issue.origin, false, issue.inclusive !== false, issue.minimum);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has settings that are not known here: ${quoted(issue.keys)}`;
    case 'invalid_format':
      return 'is not written as it must be';
    case 'invalid_union':
      return issue.input === undefined ? 'is missing' : 'is of none of the kinds that may stand here';
    case 'invalid_key':
      return 'has a name that may not stand here';
    case 'invalid_element':
      return 'has an entry that may not stand here';
    case 'custom':
      return 'is not as it must be';
    default:
      return undefined;
  }
}
