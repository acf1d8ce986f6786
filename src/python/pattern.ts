import { PatternError } from './pattern-scanner.ts';
import { PatternTranslator } from './pattern-translator.ts';

/** A pattern of Python's `re`, ready to be matched against whole values. */
export type PatternReading =
  | { readonly ok: true; readonly matches: (value: string) => boolean }
  | {
      readonly ok: false;
      /** `invalid`: Python refuses it too. `untranslatable`: Python accepts it, but browsers have no equivalent. */
      readonly reason: 'invalid' | 'untranslatable';
      readonly message: string;
    };

/**
 * Translates a pattern of CPython's `re` module, to be matched in full as `Pattern.fullmatch` does. What differs from
 * JavaScript is rewritten: `(?P<x>)`, `\Z`, `$` before a last line feed, Unicode `\d`, `\w`, `\s` and `\b`, inline flags.
 * @param pattern as it stands in a linkage schema
 */
export function compilePattern(pattern: string): PatternReading {
  try {
    const translator = new PatternTranslator(pattern);
    const source = translator.translate();
    const compiled = new RegExp(`^(?:${source})$`, translator.flags.ignoreCase ? 'iv' : 'v');
    return { ok: true, matches: (value) => compiled.test(value) };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, reason: error.reason, message: error.message };
    return { ok: false, reason: 'untranslatable', message: error instanceof Error ? error.message : String(error) };
  }
}
