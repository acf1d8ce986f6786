import { doubleMetaphone as metaphone } from 'double-metaphone';

/** Final -IER that the library does not take as French, though only -MEIER and -MAIER are not. */
const FRENCH_ENDING = /(?:M[^EA]|[^M][EA]|^[EA])IER$/i;
const SLAVO_GERMANIC = /W|K|CZ|WITZ/i;

/**
 * Both Double Metaphone codes of a word (Philips 2000); the second is empty where it is the same as the first.
 *
 * The library departs from Philips' rules in three places, which are put right here: `CIA` has the alternative X as
 * `CIO` and `CIE` have, the second C of `McC` is silent, and so may be the R of any final -IER but -MEIER and -MAIER.
 */
export function doubleMetaphone(word: string): readonly [primary: string, secondary: string] {
  const spelled = word.replace(/(?<!C)CIA/gi, 'CIO').replace(/^MCC(?![EIGKQ])/i, 'MC');
  let [primary, secondary] = metaphone(spelled);
  if (FRENCH_ENDING.test(word) && !SLAVO_GERMANIC.test(word)) primary = primary.replace(/R$/, '');
  return [primary, secondary === primary ? '' : secondary];
}
