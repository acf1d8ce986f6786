/** What others wrote (a peer, a link, a file, a service) is looked at here and nowhere else: `npm run lint` holds it. */
import { z } from 'zod';
import { inEnglish, message, t } from '../words/translate.ts';
import { plainEnglish, plainWords } from './plain-words.ts';

const NO_KIND = message('a value is of no kind that is known here');

export interface Problem {
  /** All that is wrong, for people. */
  readonly problem: string;
  readonly issues: readonly z.core.$ZodIssue[];
}
export type Checked<T> = { readonly data: T } | Problem;

/**
 * What a schema says of a value from outside. Never throws: zod's own `safeParse` does, on objects that pretend to have
 * a length, for example `{ length: { toString: 1 } }`.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  return look(schema, value, plainWords, t);
}

/** As `checked`, with its problems in English: for what another page sent, which is told what was wrong. */
export function checkedMessage<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  return look(schema, value, plainEnglish, inEnglish);
}

function look<T>(schema: z.ZodType<T>, value: unknown, error: typeof plainWords, say: typeof t): Checked<T> {
  try {
    const parsed = schema.safeParse(value, { reportInput: true, error });
    return parsed.success
      ? { data: parsed.data }
      : { problem: z.prettifyError(parsed.error), issues: parsed.error.issues };
  } catch {
    return { problem: say(NO_KIND), issues: [] };
  }
}

/** Problems that a sentence names. */
const NAMED = 3;

/** What is wrong, within a sentence: `version must be 1; columns[0].use is missing; …`. */
export function problemInLine({ problem, issues }: Problem): string {
  if (issues.length === 0) return problem;
  const named = issues.slice(0, NAMED).map(({ path, message: words }) => {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    return place === '' ? words : `${place.replace(/^\./, '')} ${words}`;
  });
  return [...named, ...(issues.length > NAMED ? ['…'] : [])].join('; ');
}
