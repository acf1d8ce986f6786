const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

const CHUNK = 0x6000;

/** Base64 with padding and without line feeds. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  }
  return text;
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
