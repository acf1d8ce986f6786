import {
  category,
  FLAG_NAMES,
  type Flags,
  invalid,
  literal,
  NO_FLAGS,
  PatternScanner,
  untranslatable,
} from './pattern-scanner.ts';

/** A translated piece with the least and greatest number of code points it matches (look-behinds need both equal). */
interface Piece {
  readonly source: string;
  readonly least: number;
  readonly most: number;
}

const ANYTHING = '[\\s\\S]';
const one = (source: string): Piece => ({ source, least: 1, most: 1 });
const nothing = (source: string): Piece => ({ source, least: 0, most: 0 });

/** Recursive descent over a pattern, as CPython's `re` parser reads it, writing JavaScript's `v` dialect. */
export class PatternTranslator extends PatternScanner {
  readonly #groupNames: string[] = [];
  #groups = 0;
  readonly #open = new Set<number>();
  readonly #uncertain = new Set<number>();
  readonly #widths = new Map<number, Piece>();
  #inLookBehind = false;
  flags: Flags = NO_FLAGS;

  translate(): string {
    this.#readLeadingFlags();
    const piece = this.#alternatives(this.flags);
    if (this.at < this.chars.length) throw invalid('unbalanced parenthesis');
    return piece.source;
  }

  #readLeadingFlags(): void {
    for (;;) {
      const match = /^\(\?([aiLmsux]+)\)/.exec(this.chars.slice(this.at).join(''));
      if (!match?.[1]) return;
      this.at += match[0].length;
      this.flags = this.#withFlags(this.flags, match[1], true);
    }
  }

  #withFlags(flags: Flags, letters: string, on: boolean): Flags {
    const changed: Record<keyof Flags, boolean> = { ...flags };
    for (const letter of letters) {
      if (letter === 'u') changed.ascii = false;
      else {
        const name = FLAG_NAMES[letter];
        if (name === undefined) throw invalid(`unknown flag '${letter}'`);
        changed[name] = on;
      }
    }
    return changed;
  }

  #alternatives(flags: Flags): Piece {
    const branches: Piece[] = [];
    do {
      const before = this.#groups;
      branches.push(this.#sequence(flags));
      if (branches.length > 1 || this.peek() === '|') this.#markUncertain(before);
    } while (this.accept('|'));
    return {
      source: branches.map((branch) => branch.source).join('|'),
      least: Math.min(...branches.map((branch) => branch.least)),
      most: Math.max(...branches.map((branch) => branch.most)),
    };
  }

  /** The groups opened since `before` may take no part in a match that goes on after them. */
  #markUncertain(before: number): void {
    for (let number = before + 1; number <= this.#groups; number++) this.#uncertain.add(number);
  }

  #sequence(flags: Flags): Piece {
    let source = '';
    let least = 0;
    let most = 0;
    while (this.peek() !== '' && this.peek() !== '|' && this.peek() !== ')') {
      if (this.#skipRemark(flags)) continue;
      const piece = this.#repeated(flags);
      source += piece.source;
      least += piece.least;
      most += piece.most;
    }
    return { source, least, most };
  }

  /** Skips a comment, and in verbose mode white space: neither is an item that a repeat could apply to. */
  #skipRemark(flags: Flags): boolean {
    if (this.accept('(?#')) {
      this.until(')', 'comment');
      return true;
    }
    if (!flags.verbose) return false;
    if (/^[\t-\r ]$/.test(this.peek())) {
      this.at++;
      return true;
    }
    if (this.peek() !== '#') return false;
    while (this.peek() !== '' && this.peek() !== '\n') this.at++;
    return true;
  }

  #quantifier(): { readonly text: string; readonly least: number; readonly most: number } | undefined {
    const infinity = Number.POSITIVE_INFINITY;
    if (this.accept('*')) return { text: '*', least: 0, most: infinity };
    if (this.accept('+')) return { text: '+', least: 1, most: infinity };
    if (this.accept('?')) return { text: '?', least: 0, most: 1 };
    const counted = /^\{(\d*)(,?)(\d*)\}/.exec(this.chars.slice(this.at, this.at + 24).join(''));
    if (!counted || (counted[1] === '' && counted[2] === '')) return undefined;
    this.at += counted[0].length;
    const least = counted[1] === '' ? 0 : Number(counted[1]);
    const most = counted[2] === '' ? least : counted[3] === '' ? infinity : Number(counted[3]);
    if (most < least) throw invalid('min repeat greater than max repeat');
    return { text: `{${least},${most === infinity ? '' : most}}`, least, most };
  }

  #repeated(flags: Flags): Piece {
    const start = this.peek();
    if (start === '*' || start === '+' || start === '?') throw invalid('nothing to repeat');
    const before = this.at;
    if (start === '{' && this.#quantifier()) throw invalid('nothing to repeat');
    this.at = before;
    const isAnchor = start === '^' || start === '$' || (start === '\\' && /^[AZbB]$/.test(this.peek(1)));
    const groupsBefore = this.#groups;
    const piece = this.#atom(flags);
    while (this.#skipRemark(flags));
    const times = this.#quantifier();
    if (!times) return piece;
    if (times.least === 0) this.#markUncertain(groupsBefore);
    if (isAnchor) throw invalid('nothing to repeat');
    if (this.peek() === '+') throw untranslatable('possessive repeats such as a++ cannot be used in a browser');
    const lazy = this.accept('?') ? '?' : '';
    const again = this.at;
    if (this.#quantifier()) throw invalid('multiple repeat');
    this.at = again;
    return {
      source: `(?:${piece.source})${times.text}${lazy}`,
      least: piece.least * times.least,
      most: piece.most === 0 ? 0 : piece.most * times.most,
    };
  }

  #atom(flags: Flags): Piece {
    const char = this.take();
    if (char === '(') return this.#group(flags);
    if (char === '[') return this.#characterClass(flags);
    if (char === '\\') return this.#escape(flags);
    if (char === '.') return one(flags.dotAll ? ANYTHING : '[^\\n]');
    if (char === '^') return nothing(flags.multiline ? '(?<![^\\n])' : `(?<!${ANYTHING})`);
    if (char === '$') return nothing(flags.multiline ? `(?=\\n|(?!${ANYTHING}))` : `(?=\\n?(?!${ANYTHING}))`);
    return one(literal(char.codePointAt(0) ?? 0));
  }

  #group(flags: Flags): Piece {
    if (!this.accept('?')) return this.#capture(flags);
    if (this.accept('P<')) {
      const name = this.until('>', 'name');
      if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) throw invalid(`bad character in group name '${name}'`);
      if (this.#groupNames.includes(name)) throw invalid(`redefinition of group name '${name}'`);
      return this.#capture(flags, name);
    }
    if (this.accept('P=')) {
      const name = this.until(')', 'name');
      const number = this.#groupNames.indexOf(name);
      if (number < 0) throw invalid(`unknown group name '${name}'`);
      return this.#backReference(number);
    }
    if (this.accept(':')) return this.#closed(flags, '(?:');
    if (this.accept('=')) return nothing(this.#closed(flags, '(?=').source);
    if (this.accept('!')) return nothing(this.#closed(flags, '(?!').source);
    if (this.accept('<=')) return this.#lookBehind(flags, '(?<=');
    if (this.accept('<!')) return this.#lookBehind(flags, '(?<!');
    if (this.accept('>')) throw untranslatable('atomic groups (?>...) cannot be used in a browser');
    if (this.accept('(')) throw untranslatable('conditional groups (?(1)...) cannot be used in a browser');
    return this.#scopedFlags(flags);
  }

  #scopedFlags(flags: Flags): Piece {
    const match = /^([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(this.chars.slice(this.at).join(''));
    if (!match || (match[1] === '' && match[2] === undefined)) throw invalid(`unknown extension ?${this.peek()}`);
    if (match[3] === ')') throw invalid('global flags not at the start of the expression');
    this.at += match[0].length;
    const inner = this.#withFlags(this.#withFlags(flags, match[1] ?? '', true), match[2] ?? '', false);
    if (inner.ignoreCase !== this.flags.ignoreCase) {
      throw untranslatable('ignoring case in a part of a pattern, as in (?i:...), cannot be used in a browser');
    }
    return this.#closed(inner, '(?:');
  }

  #closed(flags: Flags, opening: string): Piece {
    const inner = this.#alternatives(flags);
    if (!this.accept(')')) throw invalid('missing ), unterminated subpattern');
    return { source: `${opening}${inner.source})`, least: inner.least, most: inner.most };
  }

  #lookBehind(flags: Flags, opening: string): Piece {
    const outer = this.#inLookBehind;
    this.#inLookBehind = true;
    const inner = this.#closed(flags, opening);
    this.#inLookBehind = outer;
    if (inner.least !== inner.most) throw invalid('look-behind requires fixed-width pattern');
    return nothing(inner.source);
  }

  #capture(flags: Flags, name?: string): Piece {
    const number = ++this.#groups;
    if (name !== undefined) this.#groupNames[number] = name;
    this.#open.add(number);
    const piece = this.#closed(flags, '(');
    this.#open.delete(number);
    this.#widths.set(number, piece);
    return piece;
  }

  #backReference(number: number): Piece {
    if (this.#open.has(number)) throw invalid('cannot refer to an open group');
    const width = this.#widths.get(number);
    if (!width) throw invalid(`invalid group reference ${number}`);
    if (this.#inLookBehind)
      throw untranslatable('a reference to a group inside a look-behind cannot be used in a browser');
    // Where the group took no part, Python fails and JavaScript matches the empty text.
    if (this.#uncertain.has(number)) {
      throw untranslatable(`the reference \\${number} to a group that may be skipped cannot be used in a browser`);
    }
    return { source: `(?:\\${number})`, least: width.least, most: width.most };
  }

  #escape(flags: Flags): Piece {
    const char = this.take();
    if (char === '') throw invalid('bad escape (end of pattern)');
    if (/^[dDwWsS]$/.test(char)) return one(category(char, flags.ascii));
    if (char === 'A') return nothing(`(?<!${ANYTHING})`);
    if (char === 'Z') return nothing(`(?!${ANYTHING})`);
    if (char === 'b' || char === 'B') {
      const word = category('w', flags.ascii);
      if (char === 'b') return nothing(`(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`);
      // \B does not match in the empty text, before Python 3.14.
      const notEmpty = `(?:(?<=${ANYTHING})|(?=${ANYTHING}))`;
      return nothing(`(?:(?<=${word})(?=${word})|(?<!${word})(?!${word})${notEmpty})`);
    }
    if (/^[0-9]$/.test(char)) {
      const octal = this.octal(char);
      if (octal !== undefined) return one(literal(octal));
      const number = /^[0-9]$/.test(this.peek()) ? Number(char + this.take()) : Number(char);
      return this.#backReference(number);
    }
    return one(literal(this.escapedCharacter(char)));
  }

  #classMember(flags: Flags): number | string {
    const char = this.take();
    if (char === '') throw invalid('unterminated character set');
    if (char !== '\\') return char.codePointAt(0) ?? 0;
    const escaped = this.take();
    if (escaped === '') throw invalid('bad escape (end of pattern)');
    if (/^[dDwWsS]$/.test(escaped)) return category(escaped, flags.ascii);
    if (/^[0-9]$/.test(escaped)) {
      const rest = /^[0-7]{0,2}/.exec(this.chars.slice(this.at, this.at + 2).join(''))?.[0] ?? '';
      if (escaped > '7') throw invalid(`bad escape \\${escaped}`);
      this.at += rest.length;
      const code = Number.parseInt(escaped + rest, 8);
      if (code > 0o377) throw invalid(`octal escape value \\${escaped}${rest} outside of range 0-0o377`);
      return code;
    }
    return this.escapedCharacter(escaped);
  }

  #characterClass(flags: Flags): Piece {
    const negated = this.accept('^');
    let inside = '';
    for (let first = true; first || this.peek() !== ']'; first = false) {
      const member = this.#classMember(flags);
      if (this.peek() === '-' && this.peek(1) !== ']' && this.peek(1) !== '') {
        this.at++;
        const last = this.#classMember(flags);
        if (typeof member === 'string' || typeof last === 'string' || last < member)
          throw invalid('bad character range');
        inside += `${literal(member)}-${literal(last)}`;
      } else {
        inside += typeof member === 'string' ? member : literal(member);
      }
    }
    this.at++;
    return one(`[${negated ? '^' : ''}${inside}]`);
  }
}
