import { t } from '../words/translate.ts';
import { compileFieldFormat, isWrittenAsRead } from './field-format.ts';
import type { KeyPair } from './keys.ts';
import type { HashedFeature } from './linkage-schema.ts';
import { TokenPositionStore } from './token-position-store.ts';
import { createTokenizer } from './tokens.ts';
import { ValueError } from './value-error.ts';

/** Sets the bits of one value in `words`; bit 0 is the top bit of word 0. */
export type FeatureEncoder = (words: Int32Array, value: string) => void;

/** Room for finished values of one feature, taken in slabs of so many values. */
const VALUE_MEMO_BYTES = 4 << 20;
const SLAB_VALUES = 256;
/** Setting so many positions takes as long as an OR of a word of a value that is found again. */
const POSITIONS_A_WORD = 6;
/** Positions in a value up to which positional n-grams have tables. */
const TABLE_POSITIONS = 64;
const BLANK = 32;

/** Sets the bits whose positions are the `count` numbers from `first` on. */
function setPositions(words: Int32Array, start: number, numbers: Int32Array, first: number, count: number): void {
  for (let i = first; i < first + count; i++) {
    const position = numbers[i] ?? 0;
    const word = start + (position >>> 5);
    words[word] = (words[word] ?? 0) | (1 << (31 - (position & 31)));
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Bits that a token, or a value, may set: no filter has use for as many. */
const MAX_BITS_SET = 1 << 20;

/** @throws Error when a strategy asks for more bits than memory and time allow */
function requireFewBits({ hashing: { strategy } }: HashedFeature): void {
  const [option, bits] =
    'bitsPerToken' in strategy
      ? (['bitsPerToken', strategy.bitsPerToken] as const)
      : (['bitsPerFeature', strategy.bitsPerFeature] as const);
  if (bits <= MAX_BITS_SET) return;
  throw new Error(
    t('{{option}} is {{value}}, and may be at most {{most}}. Make it smaller.', {
      option,
      value: bits,
      most: MAX_BITS_SET,
    }),
  );
}

/** Splits the bits of a feature over its tokens: how many each gets, and how many of the first get one more. */
function createDivision(feature: HashedFeature): (tokens: number) => readonly [each: number, more: number] {
  const { strategy } = feature.hashing;
  if ('bitsPerToken' in strategy) return () => [strategy.bitsPerToken, 0];
  const { bitsPerFeature } = strategy;
  return (tokens) => [Math.floor(bitsPerFeature / tokens), bitsPerFeature % tokens];
}

/** Unigrams and bigrams of ASCII text have a table from their characters to places, which saves making and hashing strings. */
interface TableEncoder {
  /** Returns false for values it does not serve. */
  encode(words: Int32Array, start: number, value: string): boolean;
  /** The store forgot its places. */
  forget(): void;
}

function createTableEncoder(feature: HashedFeature, store: TokenPositionStore): TableEncoder | undefined {
  const { comparison } = feature.hashing;
  if (comparison.type !== 'ngram' || comparison.n < 1 || comparison.n > 2) return undefined;
  const { n, positional = false } = comparison;
  const divide = createDivision(feature);
  /** One, or for positional n-grams one a position. */
  const tables: (Int32Array | undefined)[] = [];
  const tableAt = (position: number): Int32Array => {
    const table = tables[position] ?? new Int32Array(128 ** n);
    tables[position] = table;
    return table;
  };
  return {
    forget: () => {
      tables.length = 0;
    },
    encode: (words, start, value) => {
      const tokens = value.length + n - 1;
      if (value === '' || tokens > TABLE_POSITIONS || !isAscii(value)) return false;
      const [each, more] = divide(tokens);
      let before = BLANK;
      for (let i = 0; i < tokens; i++) {
        const char = i < value.length ? value.charCodeAt(i) : BLANK;
        const index = n === 1 ? char : before * 128 + char;
        const count = i < more ? each + 1 : each;
        const table = tableAt(positional ? i : 0);
        let place = table[index] ?? 0;
        if (place === 0 || (store.numbers[place] ?? 0) < count) {
          const gram = n === 1 ? String.fromCharCode(char) : String.fromCharCode(before, char);
          place = store.extend(positional ? `${i + 1} ${gram}` : gram, count, place);
          table[index] = place;
        }
        setPositions(words, start, store.numbers, place + 1, count);
        before = char;
      }
      return true;
    },
  };
}

/** Whether a value's bits are set from a table as fast as they are found again, or faster. */
function createQuickTest(feature: HashedFeature, words: number): (value: string) => boolean {
  if (!isWrittenAsRead(feature)) return () => false;
  const { strategy } = feature.hashing;
  const most = POSITIONS_A_WORD * words;
  if ('bitsPerToken' in strategy) return ({ length }) => strategy.bitsPerToken * length <= most;
  return () => strategy.bitsPerFeature <= most;
}

/**
 * The encoder of one feature. A value that came before is one OR of words, a token that came before is known positions.
 * @param bits length of the filter, before folding
 * @throws Error when the comparison is not usable; the encoder throws {@link ValueError}
 */
export function createFeatureEncoder(feature: HashedFeature, keys: KeyPair, bits: number): FeatureEncoder {
  requireFewBits(feature);
  const { format } = compileFieldFormat(feature);
  const tokenize = createTokenizer(feature.hashing.comparison);
  const store = new TokenPositionStore(feature, keys, bits);
  const divide = createDivision(feature);
  const byTable = createTableEncoder(feature, store);
  const length = Math.ceil(bits / 32);
  const isQuick = createQuickTest(feature, length);
  const room = Math.floor(VALUE_MEMO_BYTES / (4 * length + 64));
  const places = new Map<string, number>();
  const slabs: Int32Array[] = [];

  const setBits = (words: Int32Array, start: number, value: string): void => {
    const formatted = format(value);
    if (!formatted.ok) throw new ValueError(formatted.problem.message, formatted.problem.clkhash);
    if (store.full) {
      store.forget();
      byTable?.forget();
    }
    if (byTable?.encode(words, start, formatted.value)) return;
    const tokens = tokenize(formatted.value);
    const [each, more] = divide(tokens.length);
    for (let t = 0; t < tokens.length; t++) {
      const count = t < more ? each + 1 : each;
      const place = store.placeOf(tokens[t] ?? '', count);
      setPositions(words, start, store.numbers, place + 1, count);
    }
  };

  return (target, value) => {
    if (!store.full && isQuick(value) && byTable?.encode(target, 0, value)) return;
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
