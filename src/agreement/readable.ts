/** Texts of an agreement, which both people read before they accept it. */
import type { z } from 'zod';

/** Embeddings, overrides and isolates of Unicode: what stands after one is shown in another order than it is written. */
const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;
const OF_QUOTATIONS = /["“”„‟«»]/g;

/** Half a surrogate pair has no UTF-8, and so no hash; and no text may make others beside it look like something else. */
export const readable = (schema: z.ZodString) =>
  schema
    .refine((text) => !/\p{Surrogate}/u.test(text), { message: 'the text holds half a character' })
    .refine((text) => !TURNS_DIRECTION.test(text), {
      message: 'the text holds invisible characters that turn the direction of writing: take them out in the file',
    });

/**
 * Words of another page, to be shown in quotation marks: they cannot end the quotation, and go on as words of this page, nor turn
 * the direction of what stands after it.
 */
export function quotable(words: string): string {
  const plain = words
    .replaceAll(/[\p{Control}\u2028\u2029\s]+/gu, ' ')
    .replaceAll(new RegExp(TURNS_DIRECTION, 'g'), '');
  return plain.replaceAll(OF_QUOTATIONS, "'").trim();
}
