/**
 * What a person changes about a file before it is used, as a list of steps: shown, undone one by one, and kept with a study. The
 * file itself stays as it is. Columns go by their names, so that the steps fit the next delivery of the same file.
 */
import { z } from 'zod';
import { FIELD_TYPES } from '../agreement/match-field.ts';
import { inQuotes } from '../words/format.ts';
import { message, t } from '../words/translate.ts';

/** Steps that a list may have. */
export const MAX_STEPS = 200;

const column = z.string().min(1).max(1000);
const value = z.string().max(1000);
const values = z.array(value).min(1).max(1000).readonly();

const mergeStep = z.strictObject({ kind: z.literal('merge'), column, from: values, into: value.min(1) });
const rangeStep = z
  .strictObject({ kind: z.literal('range'), column, minimum: z.number().optional(), maximum: z.number().optional() })
  .refine(({ minimum, maximum }) => minimum !== undefined || maximum !== undefined, {
    error: () => t('a range has at least one end'),
  })
  .refine(({ minimum = -Infinity, maximum = Infinity }) => minimum <= maximum, {
    error: () => t('a range begins with its smaller end'),
  });
const blanksStep = z.strictObject({ kind: z.literal('blanks'), column });

export const LETTER_CASES = ['upper', 'lower', 'title'] as const;
const caseStep = z.strictObject({ kind: z.literal('case'), column, to: z.enum(LETTER_CASES) });

/** How a row filter compares. `is` and `is-not` take several values, the others one or none. */
export const COMPARISONS = ['is', 'is-not', 'contains', 'at-least', 'at-most', 'filled', 'empty'] as const;
export type Comparison = (typeof COMPARISONS)[number];
const rowsStep = z
  .strictObject({
    kind: z.literal('rows'),
    column,
    comparison: z.enum(COMPARISONS),
    values: z.array(value).max(1000).readonly(),
  })
  .refine(({ comparison, values: given }) => isComparable(comparison, given.length), {
    error: () => t('the comparison lacks its value'),
  });

function isComparable(comparison: Comparison, given: number): boolean {
  if (comparison === 'filled' || comparison === 'empty') return given === 0;
  return comparison === 'is' || comparison === 'is-not' ? given > 0 : given === 1;
}

/** A column more: one date of the columns of its parts. */
const dateStep = z.strictObject({ kind: z.literal('date'), column, year: column, month: column, day: column });
/** A column more: the years of a column of dates. */
const yearStep = z.strictObject({ kind: z.literal('year'), column, of: column });

/** One row stays of each group of rows with the same values in these columns; `alike`: also of rows that merely look alike. */
const repeatsStep = z.strictObject({
  kind: z.literal('repeats'),
  fields: z
    .array(z.strictObject({ column, type: z.enum(FIELD_TYPES) }))
    .min(1)
    .max(64)
    .readonly(),
  alike: z.boolean(),
});

export const cleaningStepSchema = z.discriminatedUnion('kind', [
  mergeStep,
  rangeStep,
  blanksStep,
  caseStep,
  rowsStep,
  repeatsStep,
  dateStep,
  yearStep,
]);
export type CleaningStep = Readonly<z.infer<typeof cleaningStepSchema>>;

/** The steps of a file, in the order in which they are taken. */
export const cleaningSchema = z.array(cleaningStepSchema).max(MAX_STEPS);
export type Cleaning = readonly CleaningStep[];

/** The columns that steps add to a file's own, in their order. */
export const addedColumns = (cleaning: Cleaning): string[] =>
  cleaning.flatMap((step) => (step.kind === 'date' || step.kind === 'year' ? [step.column] : []));

const quoted = (list: readonly string[]): string => list.map(inQuotes).join(', ');

export const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = {
  is: message('is'),
  'is-not': message('is not'),
  contains: message('contains'),
  'at-least': message('is at least'),
  'at-most': message('is at most'),
  filled: message('has a value'),
  empty: message('has no value'),
};

const CASE_WORDS = {
  upper: message('capitals'),
  lower: message('small letters'),
  title: message('small letters with a capital first'),
} as const;

/** What a decision about values that stand for none does, in the words of a step. */
export function describeMissing(column: string, missing: readonly string[]): string {
  if (missing.length === 0) return t('{{column}}: every value counts, whatever it looks like', { column });
  const values = quoted(missing);
  return missing.length === 1
    ? t('{{column}}: {{values}} counts as no value', { column, values })
    : t('{{column}}: {{values}} count as no value', { column, values });
}

/** What a step does, as the person reads it. */
export function describeStep(step: CleaningStep): string {
  switch (step.kind) {
    case 'merge':
      return mergeWords(step.column, step.from, step.into);
    case 'range':
      return rangeWords(step.column, step);
    case 'blanks':
      return t('{{column}}: blanks around values go, several within become one', { column: step.column });
    case 'case':
      return `${step.column}: ${t(CASE_WORDS[step.to])}`;
    case 'date':
      return t('{{year}}, {{month}} and {{day}} are one date, “{{column}}”', step);
    case 'year':
      return t('The years of {{of}} are a column, “{{column}}”', step);
    case 'rows':
      return rowsWords(step.column, step.comparison, step.values);
    case 'repeats':
      return repeatsWords(step.alike, step.fields.map((field) => field.column).join(', '));
  }
}

function mergeWords(column: string, from: readonly string[], into: string): string {
  const labels = quoted(from);
  return from.length === 1
    ? t('{{column}}: {{labels}} becomes “{{into}}”', { column, labels, into })
    : t('{{column}}: {{labels}} become “{{into}}”', { column, labels, into });
}

interface Ends {
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}

function rangeWords(column: string, { minimum, maximum }: Ends): string {
  if (minimum !== undefined && maximum !== undefined) {
    return t('{{column}}: numbers below {{minimum}} or above {{maximum}} count as no value', {
      column,
      minimum,
      maximum,
    });
  }
  return minimum === undefined
    ? t('{{column}}: numbers above {{maximum}} count as no value', { column, maximum: String(maximum) })
    : t('{{column}}: numbers below {{minimum}} count as no value', { column, minimum });
}

function rowsWords(column: string, compared: Comparison, values: readonly string[]): string {
  const comparison = t(COMPARISON_WORDS[compared]);
  if (values.length === 0) return t('Only rows where {{column}} {{comparison}}', { column, comparison });
  const either = values.map(inQuotes).reduce((first, last) => t('{{first}} or {{last}}', { first, last }));
  return t('Only rows where {{column}} {{comparison}} {{values}}', { column, comparison, values: either });
}

function repeatsWords(alike: boolean, columns: string): string {
  return alike
    ? t('Only one row of each person, slips allowed for, by {{columns}}', { columns })
    : t('Only one row of each person, by {{columns}}', { columns });
}
