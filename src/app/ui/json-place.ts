/** Where in a JSON text a part stands. */

const SKIPPED = /[\s:,]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const BARE = /[^\s,:[\]{}"]+/y;

/** Reads values one after another without building them. */
class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  skip(): void {
    this.take(SKIPPED);
  }

  /** Goes behind the value that starts here. */
  pass(): void {
    this.skip();
    const open = this.text[this.at];
    if (open !== '{' && open !== '[') {
      if (this.take(STRING) === undefined && this.take(BARE) === undefined) this.at++;
      return;
    }
    this.at++;
    for (;;) {
      this.skip();
      const next = this.text[this.at];
      if (next === undefined) return;
      if (next === '}' || next === ']') {
        this.at++;
        return;
      }
      this.pass();
    }
  }

  /** Goes to the value under a key or an index of the value that starts here; false (and not moved) where there is none. */
  enter(step: string): boolean {
    this.skip();
    const start = this.at;
    const open = this.text[this.at];
    this.at++;
    for (let index = 0; open === '{' || open === '['; index++) {
      this.skip();
      const next = this.text[this.at];
      if (next === undefined || next === '}' || next === ']') break;
      if (open === '[') {
        if (String(index) === step) return true;
      } else {
        const key = this.take(STRING);
        if (key === undefined) break;
        this.skip();
        if (key.slice(1, -1) === step) return true;
      }
      this.pass();
    }
    this.at = start;
    return false;
  }
}

/**
 * The line (from 1) of a part of a JSON text, or of the innermost part around it that is there.
 * @param path keys and indices joined by `/`, as schema problems give them
 */
export function lineOf(text: string, path: string): number {
  const scanner = new Scanner(text);
  for (const step of path === '' ? [] : path.split('/')) if (!scanner.enter(step)) break;
  scanner.skip();
  return text.slice(0, scanner.at).split('\n').length;
}

/** Where a line (from 1) begins and ends, for selecting it. */
export function lineSpan(text: string, line: number): readonly [start: number, end: number] {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
}
