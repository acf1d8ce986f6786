const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const PADDING = 61;

/** Characters of the base64 of so many bytes, with padding. */
export const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3);

/**
 * Writes bytes as base64 with padding and without line feeds, as ASCII.
 * @param at where in `target`
 * @param start the first of `length` bytes
 * @returns where the text ends
 */
export function writeBase64(target: Uint8Array, at: number, bytes: Uint8Array, start: number, length: number): number {
  let place = at;
  const whole = start + length - (length % 3);
  for (let i = start; i < whole; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    target[place] = LETTERS[group >>> 18] ?? 0;
    target[place + 1] = LETTERS[(group >>> 12) & 63] ?? 0;
    target[place + 2] = LETTERS[(group >>> 6) & 63] ?? 0;
    target[place + 3] = LETTERS[group & 63] ?? 0;
    place += 4;
  }
  const rest = length % 3;
  if (rest === 0) return place;
  const group = ((bytes[whole] ?? 0) << 16) | (rest === 2 ? (bytes[whole + 1] ?? 0) << 8 : 0);
  target[place] = LETTERS[group >>> 18] ?? 0;
  target[place + 1] = LETTERS[(group >>> 12) & 63] ?? 0;
  target[place + 2] = rest === 2 ? (LETTERS[(group >>> 6) & 63] ?? 0) : PADDING;
  target[place + 3] = PADDING;
  return place + 4;
}

/**
 * Python's `base64.b64decode`: characters outside the alphabet are skipped, padding must be right.
 * @throws Error with Python's message
 */
export function fromBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let held = 0;
  let position = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) throw new Error('string argument should contain only ASCII characters');
    if (code === 61) {
      if (position >= 2 && position + ++padding >= 4) return bytes.slice(0, length);
      continue;
    }
    const value = VALUES[code] ?? -1;
    if (value < 0) continue;
    padding = 0;
    if (position > 0) bytes[length++] = ((held << 6) | value) >> (6 - 2 * position);
    held = value;
    position = (position + 1) % 4;
  }
  if (position === 1) {
    throw new Error('Invalid base64-encoded string: number of data characters cannot be 1 more than a multiple of 4');
  }
  if (position !== 0) throw new Error('Incorrect padding');
  return bytes.slice(0, length);
}
