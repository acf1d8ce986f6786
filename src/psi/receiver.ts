/** The researcher's side of a bundle of bands: their keys, cuckoo-hashed and encrypted, and what the answers show. */
import { keyTable } from '../keys/key-table.ts';
import { multiply } from '../seal/plain-field.ts';
import { randomNonzero } from '../seal/random.ts';
import type { SecretSide } from '../seal/secret-side.ts';
import { cuckooHash } from './cuckoo.ts';
import type { TableShape } from './geometry.ts';
import { fingerprint, joinKeys, type Keys } from './key-points.ts';

export interface BundleQuery {
  /** Encrypted powers x^1..x^e, `[bin group][power - 1]` flattened, wire bytes. */
  readonly queries: Uint8Array<ArrayBuffer>[];
  /** The bin of each key, `[band][record]` flattened, or -1 for a record without key; needed to read the answers. */
  readonly binOf: Int32Array<ArrayBuffer>;
}

/** What a bundle showed: `segments` values for each key. */
export interface BundleSightings {
  /** Where a key stands, bands of the bundle one after the other: band in the bundle * records + record. */
  readonly places: Uint32Array<ArrayBuffer>;
  /** `[place][segment]`: a label where the owner holds the key, uniform noise elsewhere. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** `bands`: the keys of each. Undefined where cuckoo hashing failed: ask again with keys of another salt. */
export function queryBundle(side: SecretSide, geometry: TableShape, bands: readonly Keys[]): BundleQuery | undefined {
  const keys = joinKeys(bands);
  const rows = keyTable(keys);
  const table = cuckooHash(keys, rows, geometry.bins);
  if (!table) return undefined;
  const binOfFirst = new Int32Array(rows.first.length);
  const points = new Float64Array(geometry.bins);
  for (let bin = 0; bin < geometry.bins; bin++) {
    const row = table[bin] as number;
    if (row === -1) {
      points[bin] = randomNonzero();
    } else {
      points[bin] = fingerprint(keys, row);
      binOfFirst[row] = bin;
    }
  }
  const queries: Uint8Array<ArrayBuffer>[] = [];
  const slots = side.context.slots;
  for (let first = 0; first < geometry.bins; first += slots) {
    const base = points.subarray(first, first + slots);
    const power = base.slice();
    queries.push(side.encrypt(power));
    for (let exponent = 2; exponent <= geometry.degree; exponent++) {
      for (let i = 0; i < slots; i++) power[i] = multiply(power[i] as number, base[i] as number);
      queries.push(side.encrypt(power));
    }
  }
  const binOf = Int32Array.from(rows.first, (first) => (first === -1 ? -1 : (binOfFirst[first] as number)));
  return { queries, binOf };
}

/**
 * Decrypts a bundle's answers (`[bin group][segment]` flattened).
 * @throws on a wrong number or on what is no answer
 */
export function readAnswers(
  side: SecretSide,
  geometry: TableShape,
  binOf: Int32Array,
  answers: readonly Uint8Array[],
): BundleSightings {
  const slots = side.context.slots;
  const { segments, bins } = geometry;
  if (answers.length !== (bins / slots) * segments) {
    throw new RangeError(`a bundle has ${(bins / slots) * segments} answers, got ${answers.length}`);
  }
  const places = Uint32Array.from(binOf.keys()).filter((place) => binOf[place] !== -1);
  const values = new Float64Array(places.length * segments);
  const opened = answers.map((answer) => side.decrypt(answer));
  for (let i = 0; i < places.length; i++) {
    const bin = binOf[places[i] as number] as number;
    const group = Math.floor(bin / slots);
    for (let segment = 0; segment < segments; segment++) {
      values[i * segments + segment] = (opened[group * segments + segment] as Float64Array)[bin % slots] as number;
    }
  }
  return { places, values };
}
