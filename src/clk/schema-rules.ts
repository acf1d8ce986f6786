import { t } from '../words/translate.ts';

/** Something about a schema that a person should know. */
export interface SchemaProblem {
  /** `error`: the schema cannot be used. `warning`: it can, but not as it seems to say. */
  readonly severity: 'error' | 'warning';
  /** Where, as a path from the top: `features/1/hashing/comparison`. Empty for the whole file. */
  readonly path: string;
  /** What is wrong and what to do, in plain words; it names the place. */
  readonly message: string;
  /** What clkhash 0.18.3 says, where its words are its own. */
  readonly clkhash?: string;
}

/** Checks a part of a parsed JSON file and adds what it finds. */
export type Rule = (value: unknown, path: string, found: SchemaProblem[]) => void;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `features/1/hashing/ngram` as a person reads it: `feature 2, hashing.ngram`. */
export function placeName(path: string): string {
  const [first, index, ...rest] = path.split('/');
  if (path === '') return t('the schema');
  if (first !== 'features' || index === undefined) return path.replaceAll('/', '.');
  const feature = t('feature {{number}}', { number: Number(index) + 1 });
  return rest.length === 0 ? feature : `${feature}, ${rest.join('.')}`;
}

function text(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 80)}...` : json;
}

/** Adds an error at a path; the message goes on from the place's name. */
export function complain(found: SchemaProblem[], path: string, message: string, clkhash?: string): void {
  const place = placeName(path);
  const problem = {
    severity: 'error' as const,
    path,
    message: `${place[0]?.toUpperCase()}${place.slice(1)} ${message}`,
  };
  found.push(clkhash === undefined ? problem : { ...problem, clkhash });
}

export const child = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}/${key}`);

interface ObjectShape {
  readonly required?: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
  /** Whether other keys are refused. */
  readonly closed?: boolean;
}

export function object({ required = {}, optional = {}, closed = false }: ObjectShape): Rule {
  return (value, path, found) => {
    if (!isObject(value)) {
      complain(found, path, t('is {{value}}; it must be an object {...}.', { value: text(value) }));
      return;
    }
    for (const [key, rule] of Object.entries(required)) {
      if (Object.hasOwn(value, key)) rule(value[key], child(path, key), found);
      else complain(found, path, t('lacks "{{key}}". Add it.', { key }));
    }
    for (const [key, rule] of Object.entries(optional)) {
      if (Object.hasOwn(value, key)) rule(value[key], child(path, key), found);
    }
    if (!closed) return;
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(required, key) || Object.hasOwn(optional, key)) continue;
      const known = [...Object.keys(required), ...Object.keys(optional)].join(', ');
      complain(found, path, t('has an unknown key "{{key}}". Remove it; known keys are {{known}}.', { key, known }));
    }
  };
}

export function integer(minimum?: number): Rule {
  return (value, path, found) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      complain(found, path, t('is {{value}}; it must be a whole number.', { value: text(value) }));
    } else if (minimum !== undefined && value < minimum) {
      complain(
        found,
        path,
        t('is {{value}}; it must be at least {{minimum}}.', { value: text(value), minimum: text(minimum) }),
      );
    }
  };
}

export function decimal(limit: { readonly minimum?: number; readonly above?: number } = {}): Rule {
  return (value, path, found) => {
    if (typeof value !== 'number')
      complain(found, path, t('is {{value}}; it must be a number.', { value: text(value) }));
    else if (limit.minimum !== undefined && value < limit.minimum) {
      complain(
        found,
        path,
        t('is {{value}}; it must be at least {{minimum}}.', { value: text(value), minimum: text(limit.minimum) }),
      );
    } else if (limit.above !== undefined && value <= limit.above) {
      complain(
        found,
        path,
        t('is {{value}}; it must be greater than {{limit}}.', { value: text(value), limit: text(limit.above) }),
      );
    }
  };
}

export const string: Rule = (value, path, found) => {
  if (typeof value !== 'string')
    complain(found, path, t('is {{value}}; it must be text in quotes.', { value: text(value) }));
};

export const boolean: Rule = (value, path, found) => {
  if (typeof value !== 'boolean')
    complain(found, path, t('is {{value}}; it must be true or false.', { value: text(value) }));
};

export const anything: Rule = () => {};

export function oneOf(values: readonly unknown[]): Rule {
  return (value, path, found) => {
    if (!values.includes(value)) {
      const allowed = values.map(text).reduce((first, last) => t('{{first}} or {{last}}', { first, last }));
      complain(found, path, t('is {{value}}; it must be {{allowed}}.', { value: text(value), allowed }));
    }
  };
}

export function array(item: Rule): Rule {
  return (value, path, found) => {
    if (!Array.isArray(value))
      complain(found, path, t('is {{value}}; it must be a list [...].', { value: text(value) }));
    else for (const [i, entry] of value.entries()) item(entry, child(path, i), found);
  };
}

/** Rules by the object's `type`. */
export function byType(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, path, found) => {
    if (!isObject(value)) {
      complain(found, path, t('is {{value}}; it must be an object {...}.', { value: text(value) }));
      return;
    }
    const rule = typeof value.type === 'string' && Object.hasOwn(rules, value.type) ? rules[value.type] : undefined;
    if (rule) rule(value, path, found);
    else if (!Object.hasOwn(value, 'type'))
      complain(found, path, t('lacks "type". Add it: {{types}}.', { types: Object.keys(rules).join(', ') }));
    else oneOf(Object.keys(rules))(value.type, child(path, 'type'), found);
  };
}

/** An object with exactly one of the keys, and no other key when closed. */
export function exactlyOneKey(rules: Readonly<Record<string, Rule>>, closed: boolean): Rule {
  return (value, path, found) => {
    const names = Object.keys(rules);
    const given = isObject(value) ? names.filter((name) => Object.hasOwn(value, name)) : [];
    const [key] = given;
    if (!isObject(value)) complain(found, path, t('is {{value}}; it must be an object {...}.', { value: text(value) }));
    else if (given.length !== 1 || key === undefined) {
      const either = names.reduce((first, last) => t('{{first}} or {{last}}', { first, last }));
      complain(found, path, t('is {{value}}; it must hold either {{either}}.', { value: text(value), either }));
    } else {
      object({ required: { [key]: rules[key] ?? anything }, closed })(value, path, found);
    }
  };
}
