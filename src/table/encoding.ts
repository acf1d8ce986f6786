import chardet from 'chardet';
import { joinedBytes } from '../parsing/joined-bytes.ts';
import { inQuotes } from '../words/format.ts';
import { t } from '../words/translate.ts';
import { rareShare } from './double-bytes.ts';
import { type CsvEncoding, decoderOf, ENCODING_NAMES, ENCODINGS } from './encodings.ts';
import type { FileDoubt } from './table.ts';
import { Utf8Census } from './utf8-census.ts';
import { oddLetters, wordsBeyondAscii } from './word-shape.ts';

export interface FoundEncoding {
  readonly encoding: CsvEncoding;
  readonly doubts: readonly FileDoubt[];
}

/** The encoding that a byte order mark at the start declares. */
export function encodingOfMark(bytes: Uint8Array): CsvEncoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark, told by the zero bytes of its ASCII characters: in every other place, on one side only. */
export function encodingOfZeros(bytes: Uint8Array): CsvEncoding | undefined {
  const zeros = [0, 0];
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const pairs = bytes.length / 2;
  if (odd > 0.3 * pairs && even < 0.02 * pairs) return 'utf-16le';
  if (even > 0.3 * pairs && odd < 0.02 * pairs) return 'utf-16be';
  return undefined;
}

/** JIS, all of whose bytes are ASCII: told by what switches to its characters and back. */
export function encodingOfEscapes(bytes: Uint8Array): CsvEncoding | undefined {
  let at = bytes.indexOf(ESCAPE);
  for (; at >= 0; at = bytes.indexOf(ESCAPE, at + 1)) {
    const isSwitch = bytes[at + 1] === DOLLAR && (bytes[at + 2] === LETTER_AT || bytes[at + 2] === LETTER_B);
    if (isSwitch) return 'iso-2022-jp';
  }
  return undefined;
}

/** Bytes of lines beyond ASCII that are kept for telling encodings apart. */
const TELLING_BYTES = 1 << 17;
const LF = 0x0a;
const [ESCAPE, DOLLAR, LETTER_AT, LETTER_B] = [0x1b, 0x24, 0x40, 0x42];

/** Goes through a whole file's bytes, piece by piece, and then says in which encoding it is likely to be. */
export class EncodingSearch {
  readonly #utf8 = new Utf8Census();
  readonly #telling: Uint8Array[] = [];
  #tellingBytes = 0;
  #first: CsvEncoding | undefined;
  #begun = false;

  add(bytes: Uint8Array): void {
    if (!this.#begun && bytes.length > 1) {
      this.#begun = true;
      this.#first = encodingOfMark(bytes) ?? encodingOfZeros(bytes.subarray(0, 1 << 16));
    }
    this.#first ??= encodingOfEscapes(bytes);
    if (this.#first !== undefined) return;
    const before = this.#utf8.characters + this.#utf8.misfits;
    this.#utf8.add(bytes);
    const isAscii = this.#utf8.characters + this.#utf8.misfits === before;
    if (!isAscii && this.#tellingBytes < TELLING_BYTES) this.#keepTelling(bytes);
  }

  /**
   * UTF-8 unless more bytes misfit than there are characters beyond ASCII: a UTF-8 file with a few broken bytes stays UTF-8
   * (and its broken rows are reported), one in another encoding has hardly a well-formed sequence. Between the two a person is asked.
   */
  found(): FoundEncoding {
    if (this.#first !== undefined) return { encoding: this.#first, doubts: [] };
    const { misfits, characters } = this.#utf8;
    if (misfits <= FEW_MISFITS * characters) return { encoding: 'utf-8', doubts: [] };
    const bytes = joinedBytes(this.#telling, this.#tellingBytes);
    return misfits > characters ? tellApart(bytes) : halfUtf8(bytes);
  }

  /** Keeps the lines with a byte beyond ASCII. */
  #keepTelling(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length && this.#tellingBytes < TELLING_BYTES) {
      const at = bytes.subarray(start).findIndex((byte) => byte >= 0x80);
      if (at < 0) return;
      const from = bytes.lastIndexOf(LF, start + at) + 1;
      const end = bytes.indexOf(LF, start + at);
      const to = end < 0 ? bytes.length : end + 1;
      const line = bytes.slice(from, Math.min(to, from + TELLING_BYTES));
      this.#telling.push(line);
      this.#tellingBytes += line.length;
      start = to;
    }
  }
}

/** Of characters that are UTF-8, as many bytes may be none in a file that is. */
const FEW_MISFITS = 0.2;

/** What is UTF-8 for the greater part: likely so, or by chance. */
function halfUtf8(bytes: Uint8Array): FoundEncoding {
  const others = read(bytes, tellApart(bytes).encoding, 0);
  return { encoding: 'utf-8', doubts: [encodingDoubt([...read(bytes, 'utf-8', 0), ...others])] };
}

/** The whole of a small file, or a beginning, at once. */
export function findEncoding(bytes: Uint8Array): FoundEncoding {
  const search = new EncodingSearch();
  search.add(bytes);
  return search.found();
}

/** What the detector calls encodings, as browsers do. */
const DETECTED: Readonly<Record<string, CsvEncoding>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-9': 'windows-1254',
  Shift_JIS: 'shift_jis',
};

/** Where the detector knows nothing: from DOS and from old Macs. */
const UNDETECTED: readonly CsvEncoding[] = [
  'windows-1252',
  'windows-1250',
  'iso-8859-15',
  'cp850',
  'macintosh',
  'cp852',
  'cp437',
];
/** Tried where none of those makes words: the detector knows some of them, and not by a few words. */
const LAST: readonly CsvEncoding[] = [
  'windows-1251',
  'koi8-u',
  'ibm866',
  'x-mac-cyrillic',
  'windows-1257',
  'windows-1258',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'iso-8859-6',
];
/** Encodings of one alphabet, of which the detector names one and means the other. */
const SISTERS: Readonly<Partial<Record<CsvEncoding, readonly CsvEncoding[]>>> = {
  'iso-8859-7': ['windows-1253'],
  'windows-1253': ['iso-8859-7'],
};
/** In capitals alone the letters of these are those of Hebrew. */
const LIKE_HEBREW: readonly CsvEncoding[] = ['koi8-r', 'koi8-u', 'windows-1251'];

/** Where the detector believes in several alike: the commonest last. */
const PRIOR: readonly CsvEncoding[] = ['euc-jp', 'big5', 'euc-kr', 'shift_jis', 'gb18030'];

interface Reading {
  readonly encoding: CsvEncoding;
  readonly words: readonly string[];
  /** Share of words that no language writes so. */
  readonly odd: number;
  /** Of the detector, 0 to 100. */
  readonly confidence: number;
}

function detectedIn(bytes: Uint8Array): { encoding: CsvEncoding; confidence: number }[] {
  return chardet.analyse(bytes).flatMap(({ name, confidence }) => {
    const encoding = DETECTED[name] ?? ENCODINGS.find((known) => known === name.toLowerCase());
    return encoding === undefined || encoding.startsWith('utf') ? [] : [{ encoding, confidence }];
  });
}

function read(bytes: Uint8Array, encoding: CsvEncoding, confidence: number): Reading[] {
  try {
    const words = wordsBeyondAscii(decoderOf(encoding).decode(bytes));
    const oddWords = words.length === 0 ? 1 : words.filter((word) => oddLetters(word)).length / words.length;
    const odd = Math.max(oddWords, rareShare(bytes, encoding) ?? 0);
    return [{ encoding, words, odd, confidence }];
  } catch {
    return [];
  }
}

/** A rival reads hardly more words oddly than the best. */
const AS_GOOD = 0.05;
const EXAMPLES = 3;
const SHORT_WORD = 2;
const FEW_WORDS = 2;
const FEW_RIVALS = 3;

/**
 * The likeliest of the encodings that the detector names and of those it does not know: the one that makes the fewest odd
 * words, and of those alike the one the detector believes in most. Others that make as good words, but different ones, are doubts.
 */
function tellApart(bytes: Uint8Array): FoundEncoding {
  const detected = detectedIn(bytes);
  const known = new Set(detected.map(({ encoding }) => encoding));
  const others = (list: readonly CsvEncoding[]) =>
    list.filter((encoding) => !known.has(encoding)).flatMap((encoding) => read(bytes, encoding, 0));
  const usual = [
    ...detected.flatMap(({ encoding, confidence }) => read(bytes, encoding, confidence)),
    ...others(UNDETECTED),
  ];
  const leastOf = (some: readonly Reading[]) => some.reduce((odd, reading) => Math.min(odd, reading.odd), 1);
  const readings = leastOf(usual) <= AS_GOOD ? usual : [...usual, ...others(LAST)];
  const least = leastOf(readings);
  const good = readings
    .filter(({ odd }) => odd <= least + AS_GOOD)
    .sort((a, b) => b.confidence - a.confidence || PRIOR.indexOf(b.encoding) - PRIOR.indexOf(a.encoding));
  const [best, ...alike] = good;
  if (best === undefined) return { encoding: 'windows-1252', doubts: [] };
  const rest = [...alike, ...othersByChance(best, usual, () => others(LAST)), ...sistersOf(best, bytes)];
  const rivals = new Map<string, Reading>();
  for (const reading of rest) {
    const text = reading.words.join(' ');
    if (text !== best.words.join(' ') && !rivals.has(text)) rivals.set(text, reading);
  }
  if (rivals.size === 0 && least <= AS_GOOD) return { encoding: best.encoding, doubts: [] };
  return { encoding: best.encoding, doubts: [encodingDoubt([best, ...rivals.values()])] };
}

/** Single letters, and a word or two without a letter of English, are those of some script or other by chance. */
function othersByChance({ encoding, words }: Reading, usual: readonly Reading[], last: () => Reading[]): Reading[] {
  const areShort = LAST.includes(encoding) && words.every(({ length }) => length <= SHORT_WORD);
  const isWeak = words.length <= FEW_WORDS && !words.some((word) => /[a-z]/i.test(word));
  return [...(areShort ? usual.slice(0, FEW_RIVALS) : []), ...(isWeak ? last().filter(({ odd }) => odd === 0) : [])];
}

/** What the detector may have meant by the best reading. */
function sistersOf({ encoding, words }: Reading, bytes: Uint8Array): Reading[] {
  const areCapitals = words.every((word) => word === word.toUpperCase());
  const hebrew: readonly CsvEncoding[] = LIKE_HEBREW.includes(encoding) && areCapitals ? ['windows-1255'] : [];
  const found = [...(SISTERS[encoding] ?? []), ...hebrew].flatMap((sister) => read(bytes, sister, 0));
  return found.filter(({ odd }) => odd <= AS_GOOD);
}

/** Words that two readings tell apart. */
function examples(of: Reading, other: Reading | undefined): string {
  const telling = of.words.filter((word, i) => other === undefined || word !== other.words[i]);
  const shown = (telling.length > 0 ? telling : of.words).slice(0, EXAMPLES);
  return shown.map((word) => inQuotes(word.slice(0, 30))).join(', ');
}

function encodingDoubt(readings: readonly Reading[]): FileDoubt {
  const [best, second] = readings;
  const choices = readings.map((reading, i) => ({
    label: `${t(ENCODING_NAMES[reading.encoding])}: ${examples(reading, i === 0 ? second : best)}`,
    settings: { encoding: reading.encoding },
  }));
  const taken = best === undefined ? '' : t(ENCODING_NAMES[best.encoding]);
  return {
    kind: 'encoding',
    message: t(
      'The file is not in UTF-8, and its bytes do not show for certain in which encoding it is. It is read as {{encoding}} now. Choose the one in which names look right.',
      { encoding: taken },
    ),
    choices,
  };
}
