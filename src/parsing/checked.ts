/** What others wrote (a peer, a link, a file, a service) is looked at here and nowhere else: `npm run lint` holds it. */
import { z } from 'zod';
import { plainWords } from './plain-words.ts';

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
  try {
    const parsed = schema.safeParse(value, { reportInput: true, error: plainWords });
    return parsed.success
      ? { data: parsed.data }
      : { problem: z.prettifyError(parsed.error), issues: parsed.error.issues };
  } catch {
    return { problem: 'a value is of no kind that is known here', issues: [] };
  }
}
