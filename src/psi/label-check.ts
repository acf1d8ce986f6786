/**
 * One intersection more, of labels: whether what the researcher took for labels are some.
 *
 * Random values repeat in two bands once in 2^33 pairs, so among very many a value may be taken for a label that is none, and one
 * such spoils a whole table. Labels seen in two bands only are therefore asked for as keys of one more table: where the owner has
 * a row of that label, the answer is the label once more.
 */
import { absorb32, mix32 } from '../keys/hash.ts';
import type { BundleSightings } from './receiver.ts';

/** A label seen in so many bands is one: three random values coincide once in 2^66 triples. */
const CERTAIN_BANDS = 3;

/** A researcher's matches, one entry each. */
export interface MatchedLabels {
  readonly labels: Float64Array<ArrayBuffer>;
  /** The records that they were matched to. */
  readonly records: Uint32Array<ArrayBuffer>;
  /** One where the label was seen in too few bands to be certain of. */
  readonly doubtful: Uint8Array<ArrayBuffer>;
}

/** `data`: a match's label; `list`: its record; `bands`: in how many bands it was seen. */
export function matchedLabels(
  matches: readonly { readonly data: number; readonly list: number; readonly bands: number }[],
): MatchedLabels {
  return {
    labels: Float64Array.from(matches, ({ data }) => data),
    records: Uint32Array.from(matches, ({ list }) => list),
    doubtful: Uint8Array.from(matches, ({ bands }) => (bands < CERTAIN_BANDS ? 1 : 0)),
  };
}

/** A key a label. `salt`: 16 bytes. */
export function labelKeys(labels: Float64Array, salt: Uint8Array): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(salt.slice(0, 16).buffer);
  const keys = new Uint32Array(4 * labels.length);
  for (const [row, label] of labels.entries()) {
    const [low, high] = [label >>> 0, Math.floor(label / 2 ** 32)];
    for (let word = 0; word < 4; word++) {
      keys[4 * row + word] = mix32(absorb32(absorb32(words[word] as number, low), high) ^ (word + 1));
    }
  }
  return keys;
}

/** For each label that was asked for, whether the answer shows it. */
export function confirmed(labels: Float64Array, { places, values }: BundleSightings): boolean[] {
  const each = values.length / Math.max(1, places.length);
  const shown = Array.from(labels, () => false);
  for (const [i, place] of places.entries()) {
    shown[place] = values.subarray(i * each, (i + 1) * each).includes(labels[place] as number);
  }
  return shown;
}
