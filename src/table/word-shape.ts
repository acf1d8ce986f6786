/** What words of a language look like, for telling a right decoding from a wrong one. */

const WORD = /[^\s,;|\t"]*[^\p{ASCII}\s][^\s,;|\t"]*/gu;
const MAX_WORDS = 2000;

/** The words of a text with a character beyond ASCII, in order, up to 2,000. */
export function wordsBeyondAscii(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(WORD)) {
    words.push(word);
    if (words.length === MAX_WORDS) break;
  }
  return words;
}

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Hebrew', 'Arabic', 'Thai', 'Hangul'].map(
  (script) => new RegExp(String.raw`\p{Script=${script}}`, 'u'),
);
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const RARE_IDEOGRAPHS = /[\u{3400}-\u{4dbf}\u{20000}-\u{3ffff}\u{e000}-\u{f8ff}\u{ff61}-\u{ff9f}]/u;
/** Unassigned, controls, and what stands for bytes that are no text. */
const NO_TEXT = /[\p{Cc}\p{Cn}\p{Co}\ufffd]/u;
/** Signs that stand beside letters in no name; apostrophes, hyphens, dots and the like do. */
const SYMBOL = /[\p{S}\p{Pi}\p{Pf}\p{Ps}\p{Pe}\p{No}¡¿§¶†‡…‚„•‰]/u;
const FEW_LETTERS = 5;
/** Beside digits a currency is no letter gone wrong. */
const AMOUNT_SIGN = /(?<=\d ?)[€£¥¢]|[€£¥¢](?= ?\d)/g;
const APOSTROPHES = /[’‘´`ʼ]/g;

/** Thai vowels and signs where no word has them: alone at its beginning, before no consonant, digits among letters. */
const NO_THAI =
  /^[\u0e2f-\u0e3a\u0e45-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])|[\u0e50-\u0e59](?=\p{L})|\p{L}\p{M}*[\u0e50-\u0e59]/u;
/** No name of these scripts begins with an apostrophe; Dutch ones do. */
const APOSTROPHE_FIRST = /^[’‘´`ʼ][\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** Whether a word is written as in no language: symbols or controls among its letters, letters of two scripts, capitals after small letters. */
export function oddLetters(word: string): boolean {
  if (NO_TEXT.test(word) || APOSTROPHE_FIRST.test(word) || NO_THAI.test(word)) return true;
  const plain = word.replace(APOSTROPHES, "'").replace(AMOUNT_SIGN, '');
  const others = Array.from(plain).filter((character) => character > '\x7f');
  if (others.some((character) => SYMBOL.test(character))) return true;
  if (RARE_IDEOGRAPHS.test(plain)) return true;
  const scripts = SCRIPTS.filter((script) => script.test(plain)).length + (IDEOGRAPHS.test(plain) ? 1 : 0);
  if (scripts > 1) return true;
  // Words of Latin letters have some of the alphabet among them, whatever the language.
  const letters = plain.replace(/\P{Script=Latin}/gu, '');
  if (letters.length >= FEW_LETTERS && letters.replace(/[a-z]/gi, '').length > 0.6 * letters.length) return true;
  // McDonald and DiCaprio have small letters before a capital once; wrong decodings have them around letters beyond ASCII.
  return (
    /\p{Ll}(?![\p{ASCII}])\p{Lu}|(?![\p{ASCII}])\p{Ll}\p{Lu}/u.test(plain) ||
    /(?<=\p{Lu}\p{Lu})(?![\p{ASCII}ß])\p{Ll}/u.test(plain)
  );
}
