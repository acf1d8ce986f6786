import { SPACE_CLASS } from './text.ts';

/** A pattern cannot be used: Python refuses it too, or browsers have no equivalent. */
export class PatternError extends Error {
  constructor(
    readonly reason: 'invalid' | 'untranslatable',
    message: string,
  ) {
    super(message);
  }
}

export const invalid = (message: string): PatternError => new PatternError('invalid', message);
export const untranslatable = (message: string): PatternError => new PatternError('untranslatable', message);

export interface Flags {
  readonly ascii: boolean;
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
}

export const NO_FLAGS: Flags = { ascii: false, ignoreCase: false, multiline: false, dotAll: false, verbose: false };
export const FLAG_NAMES: Readonly<Record<string, keyof Flags>> = {
  a: 'ascii',
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  x: 'verbose',
};

/** A code point, as it stands in a pattern of JavaScript's `v` dialect. */
export const literal = (codePoint: number): string => `\\u{${codePoint.toString(16)}}`;

/** The class of \d, \w or \s, or of what is not in them for the capital letters. */
export function category(letter: string, ascii: boolean): string {
  const digit = ascii ? '0-9' : '\\p{Nd}';
  const word = ascii ? 'A-Za-z0-9_' : '\\p{L}\\p{N}_';
  const space = ascii ? '\\t-\\r\\x20' : SPACE_CLASS;
  const inside = { d: digit, w: word, s: space }[letter.toLowerCase()] ?? '';
  return letter === letter.toLowerCase() ? `[${inside}]` : `[^${inside}]`;
}

const CONTROL: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** A place in a pattern of Python's `re`, and what its escapes stand for. */
export class PatternScanner {
  protected at = 0;
  protected readonly chars: readonly string[];

  constructor(pattern: string) {
    this.chars = [...pattern];
  }

  protected peek(ahead = 0): string {
    return this.chars[this.at + ahead] ?? '';
  }

  protected take(): string {
    return this.chars[this.at++] ?? '';
  }

  protected accept(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.peek(i) !== text[i]) return false;
    this.at += text.length;
    return true;
  }

  protected until(end: string, what: string): string {
    let text = '';
    while (this.peek() !== end) {
      if (this.peek() === '') throw invalid(`missing ${end}, unterminated ${what}`);
      text += this.take();
    }
    this.at++;
    return text;
  }

  protected hex(length: number, letter: string): number {
    const text = this.chars.slice(this.at, this.at + length).join('');
    if (!new RegExp(`^[0-9A-Fa-f]{${length}}$`).test(text)) throw invalid(`incomplete escape \\${letter}`);
    this.at += length;
    const code = Number.parseInt(text, 16);
    if (code > 0x10ffff) throw invalid(`bad escape \\${letter}${text}`);
    return code;
  }

  /** The code point of an escape that stands for one character, inside and outside of classes. */
  protected escapedCharacter(char: string): number {
    if (char === 'x') return this.hex(2, char);
    if (char === 'u') return this.hex(4, char);
    if (char === 'U') return this.hex(8, char);
    if (char === 'N') throw untranslatable('named characters \\N{...} cannot be used in a browser');
    const control = CONTROL[char];
    if (control !== undefined) return control;
    if (/^[A-Za-z]$/.test(char)) throw invalid(`bad escape \\${char}`);
    return char.codePointAt(0) ?? 0;
  }

  protected octal(first: string): number | undefined {
    const rest = this.chars.slice(this.at, this.at + 2).join('');
    const match = first === '0' ? /^[0-7]{0,2}/.exec(rest) : /^[0-3]$/.test(first) ? /^[0-7]{2}/.exec(rest) : null;
    if (!match) return undefined;
    this.at += match[0].length;
    return Number.parseInt(first + match[0], 8);
  }
}
