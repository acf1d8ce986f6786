import { z } from 'zod';

export type Checked<T> = { readonly data: T } | { readonly problem: string };

/**
 * What a schema says of a value from outside. Never throws: zod's own `safeParse` does, on objects that pretend to have
 * a length, for example `{ length: { toString: 1 } }`.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  try {
    const parsed = schema.safeParse(value);
    return parsed.success ? { data: parsed.data } : { problem: z.prettifyError(parsed.error) };
  } catch {
    return { problem: 'a value is of no kind that is known here' };
  }
}
