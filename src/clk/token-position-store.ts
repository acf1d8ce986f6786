import { canEncode, encodeText } from '../python/text.ts';
import { t } from '../words/translate.ts';
import type { KeyPair } from './keys.ts';
import { featureEncoding, type HashedFeature } from './linkage-schema.ts';
import { createTokenPositions, type TokenPositions } from './token-bits.ts';
import { ValueError } from './value-error.ts';

/** Numbers a feature keeps before it forgets all: 16 MiB. */
const MAX_NUMBERS = 1 << 22;

/**
 * The bit positions of a feature's tokens, remembered, as names repeat and their tokens repeat more. They lie in one piece
 * of memory: an array for each token costs more to make and to reach than its positions.
 */
export class TokenPositionStore {
  /** At a token's place the number of its known positions, then these. Grows: read it anew after {@link extend}. */
  numbers = new Int32Array(1 << 12);
  /** Place 0 is that of no token. */
  #end = 1;
  readonly #places = new Map<string, number>();
  readonly #encoding: ReturnType<typeof featureEncoding>;
  readonly #positionsOf: TokenPositions;

  /** @param bits length of the filter, before folding */
  constructor(feature: HashedFeature, keys: KeyPair, bits: number) {
    this.#encoding = featureEncoding(feature);
    this.#positionsOf = createTokenPositions(feature.hashing.hash ?? { type: 'blakeHash' }, keys, bits);
  }

  /** Whether it is time to forget; places are good until then. */
  get full(): boolean {
    return this.#end > MAX_NUMBERS;
  }

  forget(): void {
    this.#places.clear();
    this.numbers = new Int32Array(1 << 12);
    this.#end = 1;
  }

  /**
   * The place of a token with at least `count` positions.
   * @throws ValueError when the feature's encoding lacks a character
   */
  placeOf(token: string, count: number): number {
    const place = this.#places.get(token) ?? 0;
    if (place !== 0 && (this.numbers[place] ?? 0) >= count) return place;
    const extended = this.extend(token, count, place);
    this.#places.set(token, extended);
    return extended;
  }

  /**
   * Derives at least `count` positions of a token. Who calls it remembers the place it returns.
   * @param place of the token before, 0 for none
   * @throws ValueError when the feature's encoding lacks a character
   */
  extend(token: string, count: number, place: number): number {
    if (!canEncode(token, this.#encoding)) {
      const said = t(
        '"{{value}}" cannot be written in {{encoding}}. Correct it, or change the encoding in the schema.',
        {
          value: token,
          encoding: this.#encoding,
        },
      );
      throw new ValueError(said, `'${this.#encoding}' codec can't encode`);
    }
    const known = this.numbers.slice(place + 1, place + 1 + (this.numbers[place] ?? 0));
    const positions = this.#positionsOf(encodeText(token, this.#encoding), count, known);
    const start = this.#end;
    this.#end += 1 + positions.length;
    if (this.#end > this.numbers.length) {
      const grown = new Int32Array(Math.max(this.#end, 2 * this.numbers.length));
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[start] = positions.length;
    this.numbers.set(positions, start + 1);
    return start;
  }
}
