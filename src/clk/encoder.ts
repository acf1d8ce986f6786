import { t } from '../words/translate.ts';
import { placeWords } from './data-check.ts';
import { createFeatureEncoder, type FeatureEncoder } from './feature-encoder.ts';
import { foldWords } from './folding.ts';
import { deriveSchemaKeys } from './keys.ts';
import { isIgnored, type LinkageSchema } from './linkage-schema.ts';
import { ValueError } from './value-error.ts';

/** A table cannot be encoded: which value of which row, and why. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';

  constructor(
    message: string,
    /** Zero-based, without the header; absent for a fault of the schema or for a single row. */
    readonly row?: number,
    readonly column?: string,
    /** What clkhash 0.18.3 says, where its words are known. */
    readonly clkhash?: string,
  ) {
    super(message);
  }
}

/** CLKs of many rows. */
export interface EncodedTable {
  readonly rows: number;
  /** Rows one after another, `bytesPerClk` each; bit 0 of a CLK is the top bit of its first byte. */
  readonly bits: Uint8Array<ArrayBuffer>;
  readonly bytesPerClk: number;
  /** Bits set, of each row. */
  readonly popcounts: Uint32Array<ArrayBuffer>;
}

export interface EncodeOptions {
  /** Called after every `every` rows and at the end, with the rows done and their popcounts so far (a view). */
  readonly onProgress?: (rows: number, popcounts: Uint32Array) => void;
  /** 1000 unless given. */
  readonly every?: number;
  /** Added to row numbers in errors, for a table that is encoded in parts. */
  readonly firstRow?: number;
}

export interface Encoder {
  /** Bits of a CLK. */
  readonly length: number;
  readonly bytesPerClk: number;
  /** The CLK of one row, one value a feature. */
  readonly encode: (row: readonly string[]) => Uint8Array<ArrayBuffer>;
  readonly encodeTable: (rows: Iterable<readonly string[]>, options?: EncodeOptions) => EncodedTable;
}

const MAX_FILTER_BITS = 1 << 27;

function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function filterBits(schema: LinkageSchema): { readonly length: number; readonly folds: number; readonly bits: number } {
  const { l: length, xor_folds: folds = 0 } = schema.clkConfig;
  if (!Number.isInteger(folds) || folds < 0) {
    throw new EncodingError(
      t('xor_folds is {{value}}; it must be a whole number of 0 or more.', { value: JSON.stringify(folds) }),
    );
  }
  const bits = length * 2 ** folds;
  if (bits > MAX_FILTER_BITS) {
    throw new EncodingError(
      t('A filter of {{bits}} bits does not fit into memory. Make l or xor_folds smaller.', { bits }),
    );
  }
  return { length, folds, bits };
}

/** Each feature's encoder, none for the ignored ones. Keys are derived for the ignored ones too. */
function featuresOf(
  schema: LinkageSchema,
  secret: string | Uint8Array,
  bits: number,
): readonly (FeatureEncoder | undefined)[] {
  if (schema.features.length === 0)
    throw new EncodingError(t('The schema has no features, so there is nothing to encode.'));
  try {
    const keys = deriveSchemaKeys(secret, schema.features.length, schema.clkConfig.kdf);
    return schema.features.map((feature, i) => {
      const pair = keys[i];
      return isIgnored(feature) || !pair ? undefined : createFeatureEncoder(feature, pair, bits);
    });
  } catch (error) {
    throw new EncodingError(error instanceof Error ? error.message : String(error));
  }
}

/** Writes the CLK of a row into `target` from byte `at`, and returns its popcount. `number`: of the row, for errors. */
type RowWriter = (target: Uint8Array, at: number, row: readonly string[], number?: number) => number;

function createRowWriter(schema: LinkageSchema, secret: string | Uint8Array, bytesPerClk: number): RowWriter {
  const { folds, bits } = filterBits(schema);
  const words = new Int32Array(Math.ceil(bits / 32));
  const features = featuresOf(schema, secret, bits);
  const setBits = (row: readonly string[], f: number, number: number | undefined) => {
    try {
      features[f]?.(words, row[f] ?? '');
    } catch (error) {
      const column = schema.features[f]?.identifier;
      const text = error instanceof Error ? error.message : String(error);
      const clkhash = error instanceof ValueError ? error.clkhash : text;
      const said =
        number === undefined
          ? t('column "{{column}}": {{problem}}', { column: `${column}`, problem: text })
          : placeWords(number, `${column}`) + text;
      throw new EncodingError(said, number, column, clkhash);
    }
  };
  return (target, at, row, number) => {
    if (row.length !== features.length) {
      const counts = { values: row.length, features: features.length };
      throw new EncodingError(
        number === undefined
          ? t('The row has {{values}} values; the schema has {{features}} features. Correct the row.', counts)
          : t('Row {{row}} has {{values}} values; the schema has {{features}} features. Correct the row.', {
              row: number + 1,
              ...counts,
            }),
        number,
      );
    }
    words.fill(0);
    for (let f = 0; f < features.length; f++) setBits(row, f, number);
    if (folds > 0) foldWords(words, bits, folds);
    return writeWords(words, target, at, bytesPerClk);
  };
}

/** Writes so many bytes of 32-bit words, the top bits first, and returns how many bits are set in them. */
function writeWords(words: Int32Array, target: Uint8Array, at: number, bytes: number): number {
  let count = 0;
  for (let b = 0; b < bytes; b += 4) {
    const word = words[b >> 2] ?? 0;
    count += popcount(word);
    target[at + b] = word >>> 24;
    if (b + 1 < bytes) target[at + b + 1] = word >>> 16;
    if (b + 2 < bytes) target[at + b + 2] = word >>> 8;
    if (b + 3 < bytes) target[at + b + 3] = word;
  }
  return count;
}

function encodeRows(
  write: RowWriter,
  bytesPerClk: number,
  rows: Iterable<readonly string[]>,
  { onProgress, every = 1000, firstRow = 0 }: EncodeOptions,
): EncodedTable {
  let room = Array.isArray(rows) ? rows.length : 1024;
  let clks = new Uint8Array(room * bytesPerClk);
  let popcounts = new Uint32Array(room);
  let done = 0;
  for (const row of rows) {
    if (done === room) {
      room *= 2;
      const grown = new Uint8Array(room * bytesPerClk);
      grown.set(clks);
      clks = grown;
      const counts = new Uint32Array(room);
      counts.set(popcounts);
      popcounts = counts;
    }
    popcounts[done] = write(clks, done * bytesPerClk, row, firstRow + done);
    done++;
    if (onProgress && done % every === 0) onProgress(done, popcounts.subarray(0, done));
  }
  if (onProgress && done % every !== 0) onProgress(done, popcounts.subarray(0, done));
  const exact = done === room;
  return {
    rows: done,
    bits: exact ? clks : clks.slice(0, done * bytesPerClk),
    bytesPerClk,
    popcounts: exact ? popcounts : popcounts.slice(0, done),
  };
}

/**
 * An encoder from rows to CLKs (cryptographic longterm keys: Schnell, Bachteler and Reiher 2011), byte for byte those of
 * clkhash 0.18.3. Values are not validated; what cannot be formatted or hashed throws.
 * @param schema valid, of version 3
 * @param secret what the data providers share; text is taken as UTF-8
 * @throws EncodingError when the schema cannot be used, or, in the encoder's functions, when a value cannot
 */
export function createEncoder(schema: LinkageSchema, secret: string | Uint8Array): Encoder {
  const { length } = filterBits(schema);
  const bytesPerClk = Math.ceil(length / 8);
  const write = createRowWriter(schema, secret, bytesPerClk);
  return {
    length,
    bytesPerClk,
    encode: (row) => {
      const clk = new Uint8Array(bytesPerClk);
      write(clk, 0, row);
      return clk;
    },
    encodeTable: (rows, options = {}) => encodeRows(write, bytesPerClk, rows, options),
  };
}
