/** Whether a file's first row has the names of its columns, or is somebody already. */
import { parseDate } from './dates.ts';
import { saysAnything } from './header-words.ts';
import { parseMeasure } from './numbers.ts';

export interface HeaderFinding {
  readonly header: boolean;
  /** Nothing in the rows decides it, or they say both. */
  readonly isDoubtful: boolean;
}

/** `x1`, `address_2`, `Q12`, `income 2019`: names with a number or a year at their end. */
const NUMBERED = /^\p{L}[\p{L}\p{M}_ .-]*(?:\d{1,3}|(?:19|20)\d\d)$/u;
/** `hba1c`, `vitamin_b12_level`, `icd10 code`: over numbers no code of somebody. */
const TERM = /^\p{L}{2}[\p{L}\p{M}\p{N}_ .%/()-]*$/u;
/** `G01Q02. Wohnort`: a question's code and what it asks. */
const CODED = /^\p{L}{1,4}\d{1,3}[\p{L}\d_]{0,8}[.:] ?\p{L}/u;
const QUESTION = /\p{L}\s*[?？؟]$/u;
const YEAR = /^(?:19|20)\d\d$/;
/** `2019-01`, `2019Q1`, `2019/20`, `01/2019`. */
const PERIOD = /^(?:19|20)\d\d(?:[-/.]\d\d| ?[QqTtKk][1-4])$|^(?:0[1-9]|1[0-2])[-/.](?:19|20)\d\d$/;
/** Columns from which on their own numbers are no chance. */
const COUNTED = 3;
const MAX_LABEL_LENGTH = 60;
/** A share of values that say something like the first one make it one of them. */
const ALIKE = 0.2;
const VALUES_READ = 50;
const ORDERS = ['dmy', 'mdy'] as const;

type Kind = 'blank' | 'number' | 'date' | 'digits' | 'letters';

const isNumber = (value: string) => parseMeasure(value, '.')?.unit === '' || parseMeasure(value, ',')?.unit === '';
const isDate = (value: string) =>
  ORDERS.some((dateOrder) => parseDate(value, { dateOrder, lastYear: 2029, serialDates: 'no' }) !== undefined);

function kindOf(value: string): Kind {
  if (value === '') return 'blank';
  if (isDate(value)) return 'date';
  if (isNumber(value)) return 'number';
  return /\p{N}/u.test(value) ? 'digits' : 'letters';
}

const hasHeaderWord = (label: string) => label.length <= MAX_LABEL_LENGTH && saysAnything(label);

/** What a first value says: it is a name of the column by what it means, or by its kind; a value like the others; nothing. */
type Evidence = 'word' | 'kind' | 'value' | 'nothing';

function evidence(label: string, below: readonly string[]): Evidence {
  const values = below.filter((value) => value !== '').slice(0, VALUES_READ);
  if (label === '') return 'nothing';
  const kind = kindOf(label);
  if (kind === 'number' && YEAR.test(label) && values.length > 0) {
    return values.some((value) => YEAR.test(value)) ? 'value' : 'nothing';
  }
  if (PERIOD.test(label)) return values.some((value) => PERIOD.test(value)) ? 'value' : 'nothing';
  if (kind === 'number' || kind === 'date') return 'value';
  if (below.includes(label)) return 'value';
  const isName = kind === 'letters' || NUMBERED.test(label) || CODED.test(label);
  if (QUESTION.test(label) && !values.some((value) => QUESTION.test(value))) return 'word';
  const isTerm = isName || TERM.test(label);
  if (values.length > 0 && isTerm && values.every((value) => isNumber(value) || isDate(value))) return 'kind';
  if (isName && hasHeaderWord(label) && values.filter(hasHeaderWord).length <= ALIKE * values.length) return 'word';
  if (kind !== 'digits' || isName) return 'nothing';
  const withDigits = values.map(kindOf).filter((one) => one === 'digits' || one === 'number').length;
  return withDigits >= 0.5 * Math.max(1, values.length) ? 'value' : 'nothing';
}

function evidenceOf(labels: readonly string[], rest: readonly (readonly string[])[]): Evidence[] {
  return labels.map((label, column) =>
    evidence(
      label,
      rest.map((row) => row[column]?.trim() ?? ''),
    ),
  );
}

/** How many columns the first row names by what it means; none where it has anything that people have. */
export function headerWords([first = [], ...below]: readonly (readonly string[])[]): number {
  const found = evidenceOf(first, below);
  return found.includes('value') ? 0 : found.filter((says) => says === 'word').length;
}

/** Whether a row is these labels again. */
export function isSameRow(row: readonly string[], labels: readonly string[]): boolean {
  return row.length === labels.length && row.every((field, column) => field.trim() === labels[column]);
}

/**
 * A first row of names differs from the rows below it: a word that heads columns where they have none, letters where they
 * have numbers or dates. A first row that is somebody has values like theirs: a number, a date, a label that comes again.
 */
export function findHeader(rows: readonly (readonly string[])[]): HeaderFinding {
  const [first, ...below] = rows;
  if (first === undefined) return { header: true, isDoubtful: false };
  const labels = first.map((label) => label.trim());
  const rest = below.filter((row) => !isSameRow(row, labels));
  if (rest.length < below.length) {
    // Files put together repeat their header; a person may stand in one twice.
    const { header, isDoubtful } = findHeader([first, ...rest]);
    return header && !isDoubtful ? { header, isDoubtful } : { header: false, isDoubtful: header };
  }
  // Programs number columns that they know no names of.
  const first0 = labels[0] === '0' ? 0 : 1;
  if (labels.length >= COUNTED && labels.every((label, column) => label === String(column + first0))) {
    return { header: true, isDoubtful: true };
  }
  const found = evidenceOf(labels, rest);
  const count = (...wanted: Evidence[]) => found.filter((says) => wanted.includes(says)).length;
  const names = count('word', 'kind');
  const values = count('value');
  const isClear = count('kind') > 0 || names > 1 || 2 * names >= labels.length;
  if (names > 0 && values === 0) return { header: true, isDoubtful: !isClear };
  if (values > 0 && names === 0) return { header: false, isDoubtful: false };
  if (names > 0) return { header: names >= values, isDoubtful: true };
  const isComplete = !labels.includes('') && new Set(labels).size === labels.length;
  return { header: isComplete, isDoubtful: true };
}
