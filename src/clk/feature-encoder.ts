import { compileFieldFormat } from './field-format.ts';
import type { KeyPair } from './keys.ts';
import { featureEncoding, type HashedFeature } from './linkage-schema.ts';
import { canEncode, encodeText } from './python-text.ts';
import { createTokenPositions } from './token-bits.ts';
import { createTokenizer } from './tokens.ts';

/** A value cannot be encoded. The message reads after a column's name; `clkhash` is what clkhash 0.18.3 says. */
export class ValueError extends Error {
  override readonly name = 'ValueError';

  constructor(
    message: string,
    readonly clkhash: string,
  ) {
    super(message);
  }
}

/** Sets the bits of one value in `words`; bit 0 is the top bit of word 0. */
export type FeatureEncoder = (words: Int32Array, value: string) => void;

/** Room for finished values of one feature, taken in slabs of so many values. */
const VALUE_MEMO_BYTES = 4 << 20;
const SLAB_VALUES = 256;
/** Tokens of one feature that are remembered; then all are forgotten at once. */
const TOKEN_MEMO_ENTRIES = 1 << 16;
/** Positions in a value up to which positional n-grams have tables. */
const TABLE_POSITIONS = 64;
const BLANK = 32;

function setPositions(words: Int32Array, start: number, positions: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const position = positions[i] ?? 0;
    const word = start + (position >>> 5);
    words[word] = (words[word] ?? 0) | (-0x80000000 >>> (position & 31));
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** From a token to at least `count` of its bit positions; remembers them. */
type TokenMemo = (token: string, count: number) => Int32Array;

function createTokenMemo(feature: HashedFeature, keys: KeyPair, bits: number): TokenMemo {
  const positionsOf = createTokenPositions(feature.hashing.hash ?? { type: 'blakeHash' }, keys, bits);
  const encoding = featureEncoding(feature);
  const memo = new Map<string, Int32Array>();
  return (token, count) => {
    const known = memo.get(token);
    if (known && known.length >= count) return known;
    if (!canEncode(token, encoding)) {
      const message = `"${token}" cannot be written in ${encoding}. Correct it, or change the encoding in the schema.`;
      throw new ValueError(message, `'${encoding}' codec can't encode`);
    }
    const positions = positionsOf(encodeText(token, encoding), count, known);
    if (memo.size >= TOKEN_MEMO_ENTRIES) memo.clear();
    memo.set(token, positions);
    return positions;
  };
}

/** Splits the bits of a feature over its tokens: how many each gets, and how many of the first get one more. */
function createDivision(feature: HashedFeature): (tokens: number) => readonly [each: number, more: number] {
  const { strategy } = feature.hashing;
  if ('bitsPerToken' in strategy) return () => [strategy.bitsPerToken, 0];
  const { bitsPerFeature } = strategy;
  return (tokens) => [Math.floor(bitsPerFeature / tokens), bitsPerFeature % tokens];
}

/**
 * Unigrams and bigrams of ASCII text have a table from their characters to bit positions (one a position, where
 * positional), which saves making and hashing strings. Returns false for values it does not serve.
 */
function createTableEncoder(
  feature: HashedFeature,
  memo: TokenMemo,
): ((words: Int32Array, start: number, value: string) => boolean) | undefined {
  const { comparison } = feature.hashing;
  if (comparison.type !== 'ngram' || comparison.n < 1 || comparison.n > 2) return undefined;
  const { n, positional = false } = comparison;
  const divide = createDivision(feature);
  const tables: (Int32Array | undefined)[][] = [];
  return (words, start, value) => {
    const tokens = value.length + n - 1;
    if (value === '' || tokens > TABLE_POSITIONS || !isAscii(value)) return false;
    const [each, more] = divide(tokens);
    let before = BLANK;
    for (let i = 0; i < tokens; i++) {
      const char = i < value.length ? value.charCodeAt(i) : BLANK;
      const index = n === 1 ? char : before * 128 + char;
      const count = i < more ? each + 1 : each;
      let table = tables[positional ? i : 0];
      if (!table) {
        table = new Array<Int32Array | undefined>(128 ** n).fill(undefined);
        tables[positional ? i : 0] = table;
      }
      let positions = table[index];
      if (!positions || positions.length < count) {
        const gram = n === 1 ? String.fromCharCode(char) : String.fromCharCode(before, char);
        positions = memo(positional ? `${i + 1} ${gram}` : gram, count);
        table[index] = positions;
      }
      setPositions(words, start, positions, count);
      before = char;
    }
    return true;
  };
}

/**
 * The encoder of one feature. Names repeat, and their tokens repeat more: a value that came before is one OR of words,
 * a token that came before is known positions.
 * @param bits length of the filter, before folding
 * @throws Error when the comparison is not usable; the encoder throws {@link ValueError}
 */
export function createFeatureEncoder(feature: HashedFeature, keys: KeyPair, bits: number): FeatureEncoder {
  const { format } = compileFieldFormat(feature);
  const tokenize = createTokenizer(feature.hashing.comparison);
  const memo = createTokenMemo(feature, keys, bits);
  const divide = createDivision(feature);
  const encodeByTable = createTableEncoder(feature, memo);
  const length = Math.ceil(bits / 32);
  const room = Math.floor(VALUE_MEMO_BYTES / (4 * length + 64));
  const places = new Map<string, number>();
  const slabs: Int32Array[] = [];

  const setBits = (words: Int32Array, start: number, value: string): void => {
    const formatted = format(value);
    if (!formatted.ok) throw new ValueError(formatted.problem.message, formatted.problem.clkhash);
    if (encodeByTable?.(words, start, formatted.value)) return;
    const tokens = tokenize(formatted.value);
    const [each, more] = divide(tokens.length);
    for (let t = 0; t < tokens.length; t++) {
      const count = t < more ? each + 1 : each;
      setPositions(words, start, memo(tokens[t] ?? '', count), count);
    }
  };

  return (target, value) => {
    const known = places.get(value);
    const place = known ?? places.size;
    if (place >= room) {
      setBits(target, 0, value);
      return;
    }
    const slab = slabs[Math.floor(place / SLAB_VALUES)] ?? new Int32Array(length * SLAB_VALUES);
    const start = (place % SLAB_VALUES) * length;
    if (known === undefined) {
      slabs[Math.floor(place / SLAB_VALUES)] = slab;
      // A value that failed before may have left bits in its place.
      slab.fill(0, start, start + length);
      setBits(slab, start, value);
      places.set(value, place);
    }
    for (let i = 0; i < length; i++) target[i] = (target[i] ?? 0) | (slab[start + i] ?? 0);
  };
}
