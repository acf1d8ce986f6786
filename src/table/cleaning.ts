/**
 * What a person changes about a file before it is used, as a list of steps: shown, undone one by one, and kept with a study. The
 * file itself stays as it is. Columns go by their names, so that the steps fit the next delivery of the same file.
 */
import { z } from 'zod';
import { FIELD_TYPES } from '../agreement/match-field.ts';

/** Steps that a list may have. */
export const MAX_STEPS = 200;

const column = z.string().min(1).max(1000);
const value = z.string().max(1000);
const values = z.array(value).min(1).max(1000).readonly();

const mergeStep = z.strictObject({ kind: z.literal('merge'), column, from: values, into: value.min(1) });
const rangeStep = z
  .strictObject({ kind: z.literal('range'), column, minimum: z.number().optional(), maximum: z.number().optional() })
  .refine(({ minimum, maximum }) => minimum !== undefined || maximum !== undefined, 'a range has at least one end')
  .refine(({ minimum = -Infinity, maximum = Infinity }) => minimum <= maximum, 'a range begins with its smaller end');
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
  .refine(({ comparison, values: given }) => isComparable(comparison, given.length), 'the comparison lacks its value');

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

const quoted = (list: readonly string[]): string => list.map((one) => `“${one}”`).join(', ');

export const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = {
  is: 'is',
  'is-not': 'is not',
  contains: 'contains',
  'at-least': 'is at least',
  'at-most': 'is at most',
  filled: 'has a value',
  empty: 'has no value',
};

const CASE_WORDS = { upper: 'capitals', lower: 'small letters', title: 'small letters with a capital first' } as const;

/** What a decision about values that stand for none does, in the words of a step. */
export function describeMissing(column: string, missing: readonly string[]): string {
  if (missing.length === 0) return `${column}: every value counts, whatever it looks like`;
  return `${column}: ${quoted(missing)} ${missing.length === 1 ? 'counts' : 'count'} as no value`;
}

/** What a step does, as the person reads it. */
export function describeStep(step: CleaningStep): string {
  switch (step.kind) {
    case 'merge':
      return `${step.column}: ${quoted(step.from)} ${step.from.length === 1 ? 'becomes' : 'become'} “${step.into}”`;
    case 'range':
      return `${step.column}: numbers ${rangeWords(step)} count as no value`;
    case 'blanks':
      return `${step.column}: blanks around values go, several within become one`;
    case 'case':
      return `${step.column}: ${CASE_WORDS[step.to]}`;
    case 'date':
      return `${step.year}, ${step.month} and ${step.day} are one date, “${step.column}”`;
    case 'year':
      return `The years of ${step.of} are a column, “${step.column}”`;
    case 'rows':
      return `Only rows where ${step.column} ${COMPARISON_WORDS[step.comparison]}${step.values.length > 0 ? ` ${step.values.map((one) => `“${one}”`).join(' or ')}` : ''}`;
    case 'repeats':
      return `Only one row of each person${step.alike ? ', slips allowed for' : ''}, by ${step.fields.map((field) => field.column).join(', ')}`;
  }
}

function rangeWords({ minimum, maximum }: { minimum?: number | undefined; maximum?: number | undefined }): string {
  if (minimum === undefined) return `above ${maximum}`;
  return maximum === undefined ? `below ${minimum}` : `below ${minimum} or above ${maximum}`;
}
