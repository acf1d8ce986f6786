/** Texts of an agreement, which both people read before they accept it. */
import type { z } from 'zod';
import { TURNS_DIRECTION } from '../words/quotable.ts';

/** Half a surrogate pair has no UTF-8, and so no hash; and no text may make others beside it look like something else. */
export const readable = (schema: z.ZodString) =>
  schema
    .refine((text) => !/\p{Surrogate}/u.test(text), { message: 'the text holds half a character' })
    .refine((text) => !TURNS_DIRECTION.test(text), {
      message: 'the text holds invisible characters that turn the direction of writing: take them out in the file',
    });
