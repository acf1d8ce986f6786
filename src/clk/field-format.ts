import { compactDate, compileDateFormat } from '../python/date.ts';
import { parsePythonInteger } from '../python/number.ts';
import { compilePattern } from '../python/pattern.ts';
import { canEncode, codePointCount, pythonRepr } from '../python/text.ts';
import { message, t } from '../words/translate.ts';
import { featureEncoding, type HashedFeature, type IntegerFormat } from './linkage-schema.ts';

/** One thing that is wrong with a value. */
export interface ValueProblem {
  /** What is wrong and what to do, in plain words, made when it is read: most are only counted. */
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
const MISSING_HINT = message('If an empty value means "unknown", declare it as missingValue in the schema.');

function problem(say: () => string, clkhash: string): ValueProblem {
  return {
    get message() {
      return say();
    },
    clkhash,
  };
}

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
      const say = () =>
        value === ''
          ? t('is empty; at least {{least}} characters are expected. {{hint}}', {
              least: minLength,
              hint: t(MISSING_HINT),
            })
          : t('{{value}} has {{length}} characters; at least {{least}} are expected. Correct it, or lower minLength.', {
              value: shown(value),
              length,
              least: minLength,
            });
      const clkhash = `Expected string length of at least ${minLength}. Read string '${value}' of length ${length}.`;
      found.push(problem(say, clkhash));
    }
    if (maxLength !== undefined && length > maxLength) {
      const say = () =>
        t('{{value}} has {{length}} characters; at most {{most}} are expected. Shorten it, or raise maxLength.', {
          value: shown(value),
          length,
          most: maxLength,
        });
      const clkhash = `Expected string length of at most ${maxLength}. Read string '${value}' of length ${length}.`;
      found.push(problem(say, clkhash));
    }
    const wanted = format.case;
    const folded = wanted === 'upper' ? value.toUpperCase() : wanted === 'lower' ? value.toLowerCase() : value;
    if (folded !== value) {
      const values = { value: shown(value), folded: shown(folded) };
      const say = () =>
        wanted === 'upper'
          ? t('{{value}} is not all in upper case. Write it as {{folded}}, or set case to mixed.', values)
          : t('{{value}} is not all in lower case. Write it as {{folded}}, or set case to mixed.', values);
      found.push(problem(say, `Expected ${wanted} case string. Read '${value}'.`));
    }
    return found;
  };
}

function patternCheck(pattern: string): Check {
  const compiled = compilePattern(pattern);
  return (value) => {
    if (compiled.ok && compiled.matches(value)) return [];
    const say = () => {
      if (!compiled.ok) {
        return t('cannot be checked: the pattern {{pattern}} is not usable ({{reason}}).', {
          pattern,
          reason: compiled.message,
        });
      }
      return value === ''
        ? t('is empty; it does not fit the pattern {{pattern}}. Correct it, or change the pattern. {{hint}}', {
            pattern,
            hint: t(MISSING_HINT),
          })
        : t('{{value}} does not fit the pattern {{pattern}}. Correct it, or change the pattern.', {
            value: shown(value),
            pattern,
          });
    };
    return [problem(say, `Expected entry that conforms to regular expression '${pattern}'. Read '${value}'.`)];
  };
}

function invalidInteger(value: string): ValueProblem {
  const say = () => {
    if (value.trim() === '') return t('is empty; a whole number is expected. {{hint}}', { hint: t(MISSING_HINT) });
    return /^\s*[+-]?\d+[.,]\d+\s*$/.test(value)
      ? t('{{value}} has a fraction; a whole number is expected. Round it, or make the format a string.', {
          value: shown(value),
        })
      : t('{{value}} is not a whole number. Correct it, or make the format a string.', { value: shown(value) });
  };
  return problem(say, `Invalid integer. Read '${value}'.`);
}

function integerCheck(format: IntegerFormat): Check {
  return (value) => {
    const read = parsePythonInteger(value);
    if (read === undefined) return [invalidInteger(value)];
    const { minimum, maximum } = format;
    if (minimum !== undefined && read < BigInt(minimum)) {
      const say = () =>
        t('{{value}} is below the minimum of {{minimum}}. Correct it, or lower the minimum.', {
          value: shown(value),
          minimum,
        });
      return [problem(say, `Expected integer value of at least ${minimum}. Read '${value}'.`)];
    }
    if (maximum !== undefined && read > BigInt(maximum)) {
      const say = () =>
        t('{{value}} is above the maximum of {{maximum}}. Correct it, or raise the maximum.', {
          value: shown(value),
          maximum,
        });
      return [problem(say, `Expected integer value of at most ${maximum}. Read '${value}'.`)];
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
    if (value === '') {
      return t('is empty; a date written as {{pattern}} is expected. {{hint}}', { pattern, hint: t(MISSING_HINT) });
    }
    if (error.startsWith('day is out of range'))
      return t('{{value}} is a day that its month does not have. Correct it.', { value: shown(value) });
    if (error.includes('directive') && !error.startsWith('time data')) {
      return t('cannot be read: the date format {{pattern}} of the schema is not usable ({{error}}).', {
        pattern,
        error,
      });
    }
    return t('{{value}} is not a date written as {{pattern}} ({{error}}). Correct it, or change the format.', {
      value: shown(value),
      pattern,
      error,
    });
  };
  return {
    check: (value) => {
      const reading = read(value);
      if (reading.ok) return [];
      const clkhash = `Validation error for date type: ${reading.error}`;
      return [problem(() => explain(value, reading.error), clkhash)];
    },
    format: (value) => {
      const reading = read(value);
      if (reading.ok) return { ok: true, value: compactDate(reading.date) };
      const clkhash = `Unable to format date value '${value}'. Reason: ${reading.error}`;
      return { ok: false, problem: problem(() => explain(value, reading.error), clkhash) };
    },
  };
}

function enumCheck(values: readonly string[]): Check {
  const allowed = new Set(values);
  const sorted = [...allowed].sort();
  return (value) => {
    if (allowed.has(value)) return [];
    const say = () => {
      const near = sorted.find((known) => known.trim().toLowerCase() === value.trim().toLowerCase());
      const hint =
        near !== undefined
          ? t('Write it as {{value}}.', { value: shown(near) })
          : value === ''
            ? t(MISSING_HINT)
            : t('Correct it, or add it to the values of the schema.');
      const list = sorted.slice(0, 12).map(shown).join(', ') + (sorted.length > 12 ? ', ...' : '');
      return value === ''
        ? t('is empty; it is none of the values allowed: {{list}}. {{hint}}', { list, hint })
        : t('{{value}} is none of the values allowed: {{list}}. {{hint}}', { value: shown(value), list, hint });
    };
    return [problem(say, `Expected enum value to be one of [${sorted.map(pythonRepr).join(', ')}]. Read '${value}'.`)];
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
      const say = () =>
        encoding === 'ascii'
          ? t('{{value}} holds characters beyond ASCII. Spell it without them, or set the encoding to utf-8.', {
              value: shown(value),
            })
          : t("{{value}} holds half a character (a lone surrogate). Correct the file's encoding.", {
              value: shown(value),
            });
      return [problem(say, clkhash), ...check(value)];
    },
    format: (value) => {
      if (missing && value === missing.sentinel) return { ok: true, value: missing.replaceWith ?? missing.sentinel };
      return format(value);
    },
  };
}
