import { compactDate, compileDateFormat } from '../python/date.ts';
import { parsePythonInteger } from '../python/number.ts';
import { compilePattern } from '../python/pattern.ts';
import { canEncode, codePointCount, pythonRepr } from '../python/text.ts';
import { featureEncoding, type HashedFeature, type IntegerFormat } from './linkage-schema.ts';

/** One thing that is wrong with a value. */
export interface ValueProblem {
  /** What is wrong and what to do, in plain words. */
  readonly message: string;
  /** What clkhash 0.18.3 says of it. */
  readonly clkhash: string;
}

/** The value as it is hashed, or why it cannot be. */
export type FormattedValue =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: ValueProblem };

export interface CompiledFormat {
  /** Everything that is wrong with a value, in the order in which clkhash looks; it reports the first. */
  readonly problems: (value: string) => ValueProblem[];
  /** Missing values replaced, integers and dates written in one way. Does not check what needs no reading. */
  readonly format: (value: string) => FormattedValue;
}

type Check = (value: string) => ValueProblem[];
type Format = (value: string) => FormattedValue;

const asIs: Format = (value) => ({ ok: true, value });
const MISSING_HINT = 'If an empty value means "unknown", declare it as missingValue in the schema.';

/** A value cut to a length that fits a message. */
export function shown(value: string): string {
  return value.length > 60 ? `"${value.slice(0, 60)}..."` : `"${value}"`;
}

function textCheck(feature: HashedFeature): Check {
  const { format } = feature;
  if (format.type !== 'string' || format.pattern !== undefined) return () => [];
  return (value) => {
    const found: ValueProblem[] = [];
    const length = codePointCount(value);
    const { minLength = 0, maxLength } = format;
    if (length < minLength) {
      found.push({
        message:
          value === ''
            ? `is empty; at least ${minLength} characters are expected. ${MISSING_HINT}`
            : `${shown(value)} has ${length} characters; at least ${minLength} are expected. Correct it, or lower minLength.`,
        clkhash: `Expected string length of at least ${minLength}. Read string '${value}' of length ${length}.`,
      });
    }
    if (maxLength !== undefined && length > maxLength) {
      found.push({
        message: `${shown(value)} has ${length} characters; at most ${maxLength} are expected. Shorten it, or raise maxLength.`,
        clkhash: `Expected string length of at most ${maxLength}. Read string '${value}' of length ${length}.`,
      });
    }
    const wanted = format.case;
    const folded = wanted === 'upper' ? value.toUpperCase() : wanted === 'lower' ? value.toLowerCase() : value;
    if (folded !== value) {
      found.push({
        message: `${shown(value)} is not all in ${wanted} case. Write it as ${shown(folded)}, or set case to mixed.`,
        clkhash: `Expected ${wanted} case string. Read '${value}'.`,
      });
    }
    return found;
  };
}

function patternCheck(pattern: string): Check {
  const compiled = compilePattern(pattern);
  return (value) => {
    if (compiled.ok && compiled.matches(value)) return [];
    return [
      {
        message: compiled.ok
          ? `${value === '' ? 'is empty; it' : shown(value)} does not fit the pattern ${pattern}. Correct it, or change the pattern. ${value === '' ? MISSING_HINT : ''}`.trim()
          : `cannot be checked: the pattern ${pattern} is not usable (${compiled.message}).`,
        clkhash: `Expected entry that conforms to regular expression '${pattern}'. Read '${value}'.`,
      },
    ];
  };
}

function invalidInteger(value: string): ValueProblem {
  const message =
    value.trim() === ''
      ? `is empty; a whole number is expected. ${MISSING_HINT}`
      : /^\s*[+-]?\d+[.,]\d+\s*$/.test(value)
        ? `${shown(value)} has a fraction; a whole number is expected. Round it, or make the format a string.`
        : `${shown(value)} is not a whole number. Correct it, or make the format a string.`;
  return { message, clkhash: `Invalid integer. Read '${value}'.` };
}

function integerCheck(format: IntegerFormat): Check {
  return (value) => {
    const read = parsePythonInteger(value);
    if (read === undefined) return [invalidInteger(value)];
    const { minimum, maximum } = format;
    if (minimum !== undefined && read < BigInt(minimum)) {
      return [
        {
          message: `${shown(value)} is below the minimum of ${minimum}. Correct it, or lower the minimum.`,
          clkhash: `Expected integer value of at least ${minimum}. Read '${value}'.`,
        },
      ];
    }
    if (maximum !== undefined && read > BigInt(maximum)) {
      return [
        {
          message: `${shown(value)} is above the maximum of ${maximum}. Correct it, or raise the maximum.`,
          clkhash: `Expected integer value of at most ${maximum}. Read '${value}'.`,
        },
      ];
    }
    return [];
  };
}

/** Integers that are already written plainly, which nearly all are. */
const PLAIN_INTEGER = /^(?:0|[1-9][0-9]{0,30})$/;

const formatInteger: Format = (value) => {
  if (PLAIN_INTEGER.test(value)) return { ok: true, value };
  const read = parsePythonInteger(value);
  return read === undefined ? { ok: false, problem: invalidInteger(value) } : { ok: true, value: String(read) };
};

function dateFormat(pattern: string): { readonly check: Check; readonly format: Format } {
  const read = compileDateFormat(pattern);
  const explain = (value: string, error: string): string => {
    if (value === '') return `is empty; a date written as ${pattern} is expected. ${MISSING_HINT}`;
    if (error.startsWith('day is out of range'))
      return `${shown(value)} is a day that its month does not have. Correct it.`;
    if (error.includes('directive') && !error.startsWith('time data')) {
      return `cannot be read: the date format ${pattern} of the schema is not usable (${error}).`;
    }
    return `${shown(value)} is not a date written as ${pattern} (${error}). Correct it, or change the format.`;
  };
  return {
    check: (value) => {
      const reading = read(value);
      if (reading.ok) return [];
      const clkhash = `Validation error for date type: ${reading.error}`;
      return [{ message: explain(value, reading.error), clkhash }];
    },
    format: (value) => {
      const reading = read(value);
      if (reading.ok) return { ok: true, value: compactDate(reading.date) };
      const clkhash = `Unable to format date value '${value}'. Reason: ${reading.error}`;
      return { ok: false, problem: { message: explain(value, reading.error), clkhash } };
    },
  };
}

function enumCheck(values: readonly string[]): Check {
  const allowed = new Set(values);
  const sorted = [...allowed].sort();
  return (value) => {
    if (allowed.has(value)) return [];
    const near = sorted.find((known) => known.trim().toLowerCase() === value.trim().toLowerCase());
    const hint =
      near !== undefined
        ? `Write it as ${shown(near)}.`
        : value === ''
          ? MISSING_HINT
          : 'Correct it, or add it to the values of the schema.';
    const list = sorted.slice(0, 12).map(shown).join(', ') + (sorted.length > 12 ? ', ...' : '');
    return [
      {
        message: `${value === '' ? 'is empty; it' : shown(value)} is none of the values allowed: ${list}. ${hint}`,
        clkhash: `Expected enum value to be one of [${sorted.map(pythonRepr).join(', ')}]. Read '${value}'.`,
      },
    ];
  };
}

function compileType(feature: HashedFeature): { readonly check: Check; readonly format: Format } {
  const { format } = feature;
  if (format.type === 'integer') return { check: integerCheck(format), format: formatInteger };
  if (format.type === 'date') return dateFormat(format.format);
  if (format.type === 'enum') return { check: enumCheck(format.values), format: asIs };
  return { check: format.pattern === undefined ? textCheck(feature) : patternCheck(format.pattern), format: asIs };
}

/** Whether every value of a feature is hashed as it stands in the table. */
export function isWrittenAsRead({ format, hashing }: HashedFeature): boolean {
  return (format.type === 'string' || format.type === 'enum') && hashing.missingValue === undefined;
}

/** The checks and the formatting of one feature's values, made once for many values. */
export function compileFieldFormat(feature: HashedFeature): CompiledFormat {
  const encoding = featureEncoding(feature);
  const missing = feature.hashing.missingValue;
  const { check, format } = compileType(feature);
  return {
    problems: (value) => {
      if (missing && value === missing.sentinel) return [];
      if (canEncode(value, encoding)) return check(value);
      const clkhash = `Expected entry that can be encoded in ${encoding}. Read '${value}'.`;
      const message =
        encoding === 'ascii'
          ? `${shown(value)} holds characters beyond ASCII. Spell it without them, or set the encoding to utf-8.`
          : `${shown(value)} holds half a character (a lone surrogate). Correct the file's encoding.`;
      return [{ message, clkhash }, ...check(value)];
    },
    format: (value) => {
      if (missing && value === missing.sentinel) return { ok: true, value: missing.replaceWith ?? missing.sentinel };
      return format(value);
    },
  };
}
