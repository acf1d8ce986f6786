import { doubleMetaphone as philips } from 'double-metaphone';
import { type Place, RULES, type Sound } from './metaphone-rules.ts';

/** Both Double Metaphone codes of a word (Philips 2000); the second is empty where it is the same as the first. */
export type DoubleMetaphone = (word: string) => readonly [primary: string, secondary: string];

/**
 * Whose codes are taken. `metaphone` is the Python package Metaphone 0.6, which blocklib calls; `abydos` the Python package
 * of this name.
 */
export const METAPHONES = ['metaphone', 'abydos'] as const;
export type MetaphoneName = (typeof METAPHONES)[number];

const PAD = 6;
const BEFORE = '-'.repeat(PAD);

/** Capitals without accents; a letter beyond 16 bits stands for one place, as in Python. */
function lettersOf(word: string): string {
  return word
    .replace(/[Çç]/g, 's')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase()
    .replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

class Word implements Place {
  index = 0;
  readonly last: number;
  readonly slavoGermanic: boolean;
  readonly ending: string;
  readonly #padded: string;

  readonly #letters: string;

  constructor(letters: string) {
    this.#letters = letters;
    this.#padded = BEFORE + letters + BEFORE;
    this.last = letters.length - 1;
    this.slavoGermanic = /W|K|CZ/.test(letters);
    this.ending = letters.slice(-2);
  }

  at(from: number, length = 1): string {
    const start = PAD + this.index + from;
    return this.#padded.slice(start, start + length);
  }

  is(from: number, ...texts: string[]): boolean {
    return texts.some((text) => this.#padded.startsWith(text, PAD + this.index + from));
  }

  begins(...texts: string[]): boolean {
    return texts.some((text) => this.#letters.startsWith(text));
  }
}

const SILENT: Sound = ['', '', 1];

/**
 * The codes of Metaphone 0.6. Where its rules say nothing, for marks and digits as for the GH of `Hugh`, it repeats the
 * sound before, and with it as many letters: `Hugh` is HH, `Smith-Jones` SM00NS. Blocks are equal only if this is.
 */
const metaphone: DoubleMetaphone = (text) => {
  const letters = lettersOf(text);
  const word = new Word(letters);
  let [primary, secondary] = ['', ''];
  let sound = SILENT;
  if (word.begins('GN', 'KN', 'PN', 'WR', 'PS')) word.index++;
  if (word.begins('X')) {
    [primary, secondary] = ['S', 'S'];
    word.index++;
  }
  while (word.index <= word.last) {
    const letter = letters[word.index] ?? '';
    if (letter === ' ') {
      word.index++;
      continue;
    }
    sound = RULES[letter]?.(word) ?? sound;
    primary += sound[0];
    secondary += sound[1];
    word.index += sound[2];
  }
  return [primary, secondary === primary ? '' : secondary];
};

/** Final -IER that the library does not take as French, though only -MEIER and -MAIER are not. */
const FRENCH_ENDING = /(?:M[^EA]|[^M][EA]|^[EA])IER$/i;
const SLAVO_GERMANIC = /W|K|CZ|WITZ/i;

/**
 * The codes of abydos. The library departs from Philips' rules in three places, which are put right here: `CIA` has the
 * alternative X as `CIO` and `CIE` have, the second C of `McC` is silent, and so may be the R of any final -IER but
 * -MEIER and -MAIER.
 */
const abydos: DoubleMetaphone = (word) => {
  const spelled = word.replace(/(?<!C)CIA/gi, 'CIO').replace(/^MCC(?![EIGKQ])/i, 'MC');
  let [primary, secondary] = philips(spelled);
  if (FRENCH_ENDING.test(word) && !SLAVO_GERMANIC.test(word)) primary = primary.replace(/R$/, '');
  return [primary, secondary === primary ? '' : secondary];
};

const BY_NAME: Readonly<Record<MetaphoneName, DoubleMetaphone>> = { metaphone, abydos };

export const doubleMetaphone = (word: string, name: MetaphoneName = 'metaphone'): readonly [string, string] =>
  BY_NAME[name](word);
