import type { Band, BandField, KeyDesign } from '../agreement/agreement.ts';
import type { KeySource } from '../agreement/match-field.ts';
import type { FieldDigester } from './field-digester.ts';
import { filterBitDigester } from './filter-bits.ts';
import { absorb32, hashWords, mix32, rotateLeft, seedWords } from './hash.ts';
import { withJoinedNames } from './joined-names.ts';
import { minHashDigester } from './minhash.ts';
import type { MatchRecords } from './records.ts';
import { signaturePartDigester } from './signature-parts.ts';

export const SALT_BYTES = 16;

/** Most that `prepare` keeps, in bytes. */
const PREPARED_BYTES = 128 * 2 ** 20;

/** Makes the keys of one file's rows; keeps tokens and hashes of distinct values between bands. */
export interface BandKeyer {
  /**
   * Makes and keeps what of a band's keys needs no salt, so that `keys` has less to do: digests of distinct values.
   * False where these would take more memory than is set aside; `keys` then makes them when it needs them.
   * @throws as `keys` does
   */
  prepare(design: KeyDesign, band: Band): boolean;
  /**
   * Keys of every row in one band: 4 words a row, row-major. Four zero words: the row has no key, for a field of the
   * band is empty. Rows with equal features get equal keys on both sides, given the same design, band index and salt
   * (16 bytes).
   * @throws RangeError where the band names a field that there is not, or the salt has another length
   */
  keys(design: KeyDesign, band: Band, bandIndex: number, salt: Uint8Array): Uint32Array<ArrayBuffer>;
}

/** The 64-bit digests of a field's distinct values in one band, one word a value in each array. */
interface FieldDigests {
  readonly codes: Uint32Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Digests the distinct values of fields; keeps their tokens and hashes. `words`: of the seed. */
function fieldDigester(own: MatchRecords, words: Uint32Array) {
  const known = new Map<string, FieldDigester>();
  const withNames = new Map<string, MatchRecords>();
  const recordsFor = ({ joined }: Pick<KeyDesign, 'joined'>, field: number): MatchRecords => {
    if (joined === undefined || field < own.fields.length) return own;
    const made = withNames.get(`${joined}`) ?? withJoinedNames(own, joined);
    withNames.set(`${joined}`, made);
    return made;
  };
  const make = (records: MatchRecords, source: KeySource, { field, grams }: BandField): FieldDigester => {
    const type = records.fields[field]?.type;
    const values = records.values[field];
    if (!type || !values) throw new RangeError(`a band names field ${field}, but there are ${records.fields.length}`);
    const key = [...words, field];
    if (source === 'minhash') return minHashDigester(type, values, key, grams);
    return source === 'p-sig' ? signaturePartDigester(values, key) : filterBitDigester(type, values, key);
  };
  return (design: KeyDesign, taken: BandField): FieldDigests => {
    const { source } = design;
    const { field, picks, grams } = taken;
    const records = recordsFor(design, field);
    const name = `${source} ${field} ${grams}${records === own ? '' : ` ${design.joined}`}`;
    const digest = known.get(name) ?? make(records, source, taken);
    known.set(name, digest);
    const codes = records.codes[field] ?? new Uint32Array();
    const size = records.values[field]?.length ?? 0;
    const low = new Uint32Array(size).fill(hashWords([...words, field], 0x6c6f7721));
    const high = new Uint32Array(size).fill(hashWords([...words, field], 0x68696768));
    for (const pick of picks) digest(pick, low, high);
    return { codes, low, high };
  };
}

/**
 * `seed`: 16 bytes in hex, that of the design.
 * @throws RangeError for another form
 */
export function createBandKeyer(records: MatchRecords, seed: string): BandKeyer {
  const words = seedWords(seed);
  const digestField = fieldDigester(records, words);
  const prepared = new Map<string, readonly FieldDigests[]>();
  let preparedBytes = 0;
  const nameOf = (design: KeyDesign, band: Band) => JSON.stringify([design.source, design.joined, band]);
  const digestBand = (design: KeyDesign, band: Band): readonly FieldDigests[] => {
    if (design.seed !== seed) throw new RangeError('the keys were prepared for another seed than the design has');
    const known = prepared.get(nameOf(design, band));
    return known ?? band.fields.map((taken) => digestField(design, taken));
  };

  return {
    prepare(design, band) {
      const digests = digestBand(design, band);
      const name = nameOf(design, band);
      if (prepared.has(name)) return true;
      const bytes = digests.reduce((sum, { low, high }) => sum + low.byteLength + high.byteLength, 0);
      if (preparedBytes + bytes > PREPARED_BYTES) return false;
      preparedBytes += bytes;
      prepared.set(name, digests);
      return true;
    },

    keys(design, band, bandIndex, salt) {
      if (salt.length !== SALT_BYTES) {
        throw new RangeError(`a band's salt has ${SALT_BYTES} bytes, this one has ${salt.length}`);
      }
      return mixRows(digestBand(design, band), records.rows, [...words, bandIndex, ...salt]);
    },
  };
}

/** Joins each row's field digests to 128 bits under a key; all zero where a field of the row is empty. */
function mixRows(digests: readonly FieldDigests[], rows: number, key: readonly number[]): Uint32Array<ArrayBuffer> {
  const keys = new Uint32Array(4 * rows);
  const [start0, start1, start2, start3] = [1, 2, 3, 4].map((lane) => hashWords(key, lane)) as [
    number,
    number,
    number,
    number,
  ];
  const count = digests.length;
  const codes = digests.map((d) => d.codes);
  const lows = digests.map((d) => d.low);
  const highs = digests.map((d) => d.high);
  for (let row = 0; row < rows; row++) {
    let a = start0;
    let b = start1;
    let c = start2;
    let d = start3;
    let complete = true;
    for (let f = 0; f < count; f++) {
      const code = (codes[f] as Uint32Array)[row] as number;
      if (code === 0) {
        complete = false;
        break;
      }
      const low = (lows[f] as Uint32Array)[code] as number;
      const high = (highs[f] as Uint32Array)[code] as number;
      a = (absorb32(a, low) + b) | 0;
      b = (absorb32(b, high) + c) | 0;
      c = (absorb32(c, low ^ rotateLeft(high, 16)) + d) | 0;
      d = (absorb32(d, (low + rotateLeft(high, 7)) | 0) + a) | 0;
    }
    if (!complete) continue;
    const at = 4 * row;
    keys[at] = mix32(a ^ rotateLeft(d, 11));
    keys[at + 1] = mix32(b ^ rotateLeft(a, 17));
    keys[at + 2] = mix32(c ^ rotateLeft(b, 5));
    // The lowest bit is given up so that a key is never all zero.
    keys[at + 3] = mix32(d ^ rotateLeft(c, 23)) | 1;
  }
  return keys;
}
