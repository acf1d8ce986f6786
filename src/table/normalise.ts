import { type DateReading, parseDate } from './dates.ts';
import { plainDigits } from './plain-text.ts';

const ASCII = /^\p{ASCII}*$/u;

/** Letters that Unicode takes for letters of their own, and people for a variant of another. */
const LATIN_VARIANTS = 'ł=l ø=o đ=d ð=d þ=th æ=ae œ=oe ı=i ħ=h ŧ=t ŋ=n ĸ=k ɓ=b ɗ=d ƙ=k ə=e ς=σ';
/** Of Arabic, as the keyboards of Iran, Pakistan and Egypt have them; a hamza by itself and the tatweel are left out. */
const ARABIC_VARIANTS = 'ك=ک ڪ=ک ګ=گ ى=ی ێ=ی ي=ی ے=ی ة=ه ہ=ه ھ=ه ە=ه ٱ=ا ء= ـ=';
/** Letters that are apostrophes: of Hawaii, of Uzbek, of Arabic and Cyrillic in Latin letters. */
const APOSTROPHES = 'ʻ= ʼ= ʽ= ʾ= ʿ= ˈ= ʹ= ʺ=';
const VARIANTS = new Map(
  `${LATIN_VARIANTS} ${ARABIC_VARIANTS} ${APOSTROPHES}`.split(' ').map((pair): [string, string] => {
    const [letter = '', plain = ''] = pair.split('=');
    return [letter, plain];
  }),
);
const VARIANT = new RegExp(`[${[...VARIANTS.keys()].join('')}]`, 'g');
const NOT_KEPT = /[^\p{L}\p{N}\p{M}]+/gu;

/**
 * Marks that only vary a letter: all of Latin, Greek, Armenian, Hebrew, Arabic and Syriac, accents and the points of ё in
 * Cyrillic. Vowel signs and tones of other scripts, й, and the voiced marks of Japanese tell words apart and stay.
 */
const VARYING_MARKS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{N}]\p{M}*)\p{M}+|(?<=[\u0400-\u052f]\p{M}*)[\u0300\u0301]+|(?<=е)\u0308|^\p{M}+/gu;

/**
 * What two spellings of the same text have in common: Unicode NFKD, case folded, variants of letters made one, marks
 * stripped where they tell nobody apart, letters and digits kept (`Zoë O’Brien` gives `zoeobrien`, `Łukasz` gives `lukasz`).
 * Normalising twice changes nothing.
 */
export function normaliseText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  // Lower, upper and lower case again is full case folding but for the final sigma: ß and ẞ meet ss.
  const folded = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase().normalize('NFKD');
  return plainDigits(folded)
    .replace(VARIANT, (letter) => VARIANTS.get(letter) ?? letter)
    .replace(NOT_KEPT, '')
    .normalize('NFKD')
    .replace(VARYING_MARKS, '')
    .normalize('NFKD');
}

/** `02`, `2` and `2.0` are one category, house number or month: a program took it for a number. */
const WHOLE_NUMBER = /^\s*0*(\d+)(?:\.0+)?\s*$/;

/** A category's value for matching: a text, or a whole number without what programs add to it. */
export const normaliseCategory = (text: string): string => normaliseText(WHOLE_NUMBER.exec(text)?.[1] ?? text);

/** A date field's value for matching: `yyyymmdd`, or the digits of what is no date, which still match by position. */
export function normaliseDate(text: string, reading: DateReading): string {
  return parseDate(text, reading) ?? plainDigits(text.normalize('NFKD')).replace(/[^0-9]+/g, '');
}
