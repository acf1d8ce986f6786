import { MAX_DEPTH } from './json.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];

/**
 * Takes a JSON text in parts, and tells where in a part it has more lists and objects within each other than is read;
 * undefined where it has not. What stands in quotation marks is passed over as fast as they are found.
 */
export function createDepthCheck(): (part: Uint8Array) => number | undefined {
  let depth = 0;
  let quoted = false;
  /** Whether the part before ended with a backslash that is not the second of two. */
  let escaped = false;
  /** The place after the string that `at` is in; the part's end where it goes on. */
  const afterString = (part: Uint8Array, at: number): number => {
    for (let from = at; ; ) {
      const found = part.indexOf(QUOTE, from);
      const end = found < 0 ? part.length : found;
      let first = end;
      while (first > from && part[first - 1] === BACKSLASH) first--;
      const odd = ((end - first) & 1) === 1;
      escaped = first === from && escaped ? !odd : odd;
      if (found < 0) return end;
      from = found + 1;
      if (escaped) {
        escaped = false;
        continue;
      }
      quoted = false;
      return from;
    }
  };
  return (part) => {
    for (let at = 0; at < part.length; ) {
      if (quoted) {
        at = afterString(part, at);
        continue;
      }
      const byte = part[at] ?? 0;
      if (byte === QUOTE) quoted = true;
      else if (OPENING.includes(byte) && ++depth > MAX_DEPTH) return at;
      else if (CLOSING.includes(byte)) depth--;
      at++;
    }
    return undefined;
  };
}
