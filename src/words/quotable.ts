/** Words of somebody else among those of the page. */

/** Embeddings, overrides and isolates of Unicode: what stands after one is shown in another order than it is written. */
export const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;
const QUOTATION_MARKS = /["“”„‟«»]/g;

/**
 * To be shown in quotation marks: the words cannot end the quotation, and go on as words of this page, nor turn the direction of what
 * stands after it.
 */
export function quotable(words: string): string {
  const plain = words
    .replaceAll(/[\p{Control}\u2028\u2029\s]+/gu, ' ')
    .replaceAll(new RegExp(TURNS_DIRECTION, 'g'), '');
  return plain.replaceAll(QUOTATION_MARKS, "'").trim();
}
