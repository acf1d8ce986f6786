import type { CsvEncoding } from './table.ts';
import { TableError } from './table-error.ts';

/** What people call the encodings. */
export const ENCODING_NAMES: Readonly<Record<CsvEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Latin-1',
};

/** Files that people take for CSV, by their first bytes. */
const OTHER_FORMATS: readonly { readonly magic: readonly number[]; readonly name: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'a spreadsheet (.xlsx, .ods) or another zipped file' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old spreadsheet (.xls) or another Office file' },
  { magic: [0x25, 0x50, 0x44, 0x46], name: 'a PDF document' },
  { magic: [0x1f, 0x8b], name: 'a compressed file (.gz)' },
  { magic: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file' },
  { magic: [0x89, 0x50, 0x4e, 0x47], name: 'a picture' },
];

/** The encoding that a byte order mark at the start declares. */
export function encodingOfMark(bytes: Uint8Array): CsvEncoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/**
 * Counts, over bytes given piece by piece, the well-formed multi-byte characters of UTF-8 and the bytes that fit none
 * (RFC 3629, table of section 4).
 */
export class Utf8Census {
  characters = 0;
  misfits = 0;
  #pending = 0;
  #low = 0x80;
  #high = 0xbf;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#pending > 0) {
        if (byte >= this.#low && byte <= this.#high) {
          this.#low = 0x80;
          this.#high = 0xbf;
          if (--this.#pending === 0) this.characters++;
          continue;
        }
        this.misfits++;
        this.#pending = 0;
      }
      if (byte >= 0x80) this.#lead(byte);
    }
  }

  #lead(byte: number): void {
    this.#low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.#high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) this.#pending = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.#pending = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.#pending = 3;
    else this.misfits++;
  }
}

/**
 * UTF-8 unless more bytes misfit than there are characters beyond ASCII: a UTF-8 file with a few broken bytes stays
 * UTF-8 (and its broken rows are reported), one of Latin-1 has hardly a well-formed sequence.
 */
export function encodingOfCensus(census: Utf8Census): CsvEncoding {
  return census.misfits > census.characters ? 'windows-1252' : 'utf-8';
}

/** UTF-16 without a mark, told by the zero bytes of its ASCII characters: in every other place, on one side only. */
function encodingOfZeros(bytes: Uint8Array): CsvEncoding | undefined {
  const zeros = [0, 0];
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const pairs = bytes.length / 2;
  if (odd > 0.3 * pairs && even < 0.02 * pairs) return 'utf-16le';
  if (even > 0.3 * pairs && odd < 0.02 * pairs) return 'utf-16be';
  return undefined;
}

/** The encoding of a file, from its first bytes (some ten thousand are plenty). */
export function detectEncoding(sample: Uint8Array): CsvEncoding {
  const certain = encodingOfMark(sample) ?? encodingOfZeros(sample);
  if (certain !== undefined) return certain;
  const census = new Utf8Census();
  census.add(sample);
  return encodingOfCensus(census);
}

/** Throws `TableError` for bytes that are no text: known other formats, or zeros and control characters in `text`. */
export function assertText(sample: Uint8Array, text: string, fileName: string): void {
  const other = OTHER_FORMATS.find(({ magic }) => magic.every((byte, i) => sample[i] === byte));
  if (other !== undefined) {
    throw new TableError(`${fileName} is ${other.name}, not a CSV file. Export the table as CSV and choose that file.`);
  }
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d && unit !== 0x0c) odd += unit === 0 ? 10 : 1;
  }
  if (odd > 0.02 * text.length) {
    throw new TableError(
      `${fileName} does not hold text: its beginning is full of control characters. ` +
        'Choose a CSV file, or set the encoding in which it was written.',
    );
  }
}
