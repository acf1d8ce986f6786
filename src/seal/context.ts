/**
 * One parameter set made ready: SEAL's context, its levels, and the batch encoder. Owns WebAssembly memory. Holds no key and
 * takes 1 to 2 seconds to make at N = 16384 (SEAL fills tables for every level), so a worker makes each once, ahead of a run.
 */
import {
  type BatchEncoder,
  type Ciphertext,
  coeffModulus,
  decodeSlots,
  encodeSlots,
  loadBytes,
  type ParmsIdType,
  type Plaintext,
  parmsIdWords,
  type SEALContext,
  type Seal,
} from './library.ts';
import { type ParameterSet, PLAIN_MODULUS } from './parameters.ts';
import { fromWords, toWords } from './plain-field.ts';
import { type Handle, withScope } from './scope.ts';
import type { CipherShape } from './wire-format.ts';

/** A rung of the modulus chain: the first `primes` data primes are left. */
export interface Level {
  readonly primes: number;
  readonly parmsId: ParmsIdType;
}

/**
 * What rounding adds to an answer's noise at most, but once in 2^100: twelve standard deviations of the switch, whose two roundings are
 * even within 1/2, the second times a secret key of -1, 0 and 1; the dropped bits; and 1 for q / p, which is no integer.
 */
const roundingRoom = ({ degree, droppedBits }: ParameterSet) =>
  Math.ceil(12 * Math.sqrt((1 + (2 * degree) / 3) / 12)) + 2 ** droppedBits / 2 + 1;

/** Values of Z_p: as numbers, or as the 64-bit words that SEAL takes. */
export type SlotValues = Float64Array | BigUint64Array;

export class HeContext implements Handle {
  readonly native: SEALContext;
  /** From all data primes (first) down to one (last). */
  readonly levels: readonly Level[];
  /** q: the one prime that is left of the coefficient modulus in an answer. */
  readonly answerModulus: number;
  /** The most noise, an integer, that an answer can take and stay readable with what rounding does to it. */
  readonly mostNoise: number;
  readonly #encoder: BatchEncoder;
  readonly #words: BigUint64Array;
  readonly #keyParmsId: BigUint64Array;

  /** @throws when SEAL does not grant the set 128-bit security */
  constructor(
    readonly seal: Seal,
    readonly parameters: ParameterSet,
  ) {
    const moduli = coeffModulus(seal, parameters.degree, parameters.primeBits);
    const smallest = moduli.get(0);
    this.answerModulus = Number(smallest?.value());
    smallest?.delete();
    this.mostNoise = Math.floor(this.answerModulus / (2 * PLAIN_MODULUS)) - roundingRoom(parameters);
    this.native = withScope((keep) => {
      const parms = keep(new seal.EncryptionParameters(seal.SchemeType.bfv));
      parms.setPolyModulusDegree(parameters.degree);
      parms.setCoeffModulus(keep(moduli));
      parms.setPlainModulus(keep(new seal.Modulus(BigInt(PLAIN_MODULUS))));
      return new seal.SEALContext(parms, true, seal.SecLevelType.tc128);
    });
    if (!this.native.parametersSet()) throw new Error(`SEAL refuses the parameter set ${parameters.name}`);
    this.levels = this.#walkLevels();
    this.#encoder = new seal.BatchEncoder(this.native);
    this.#words = new BigUint64Array(parameters.degree);
    this.#keyParmsId = withScope((keep) => parmsIdWords(keep(this.native.keyParmsId())));
  }

  /** p. */
  get plainModulus(): number {
    return PLAIN_MODULUS;
  }

  get slots(): number {
    return this.parameters.degree;
  }

  /** The level with all data primes. */
  get first(): Level {
    return this.levels[0] as Level;
  }

  /** The level with one prime left, at which answers travel. */
  get last(): Level {
    return this.levels[this.levels.length - 1] as Level;
  }

  /** Encodes up to N values of Z_p (words: exactly N) into slots; missing ones are zero. The caller frees the plaintext. */
  encode(values: SlotValues): Plaintext {
    if (values instanceof Float64Array) toWords(values, this.#words);
    const plain = new this.seal.Plaintext();
    encodeSlots(this.#encoder, values instanceof Float64Array ? this.#words : values, plain);
    return plain;
  }

  decode(plain: Plaintext): Float64Array<ArrayBuffer> {
    return fromWords(decodeSlots(this.#encoder, plain));
  }

  /** A ciphertext that `saveBytes` saved on this page; never for a peer's bytes. The caller frees it. */
  reload(saved: Uint8Array): Ciphertext {
    const cipher = new this.seal.Ciphertext();
    loadBytes(this.seal, this.native, cipher, saved);
    return cipher;
  }

  /** A researcher's ciphertext: all data primes, seeded. */
  get querySeeded(): CipherShape {
    return this.#shape(this.first, true, false);
  }

  /** A sealed answer: one prime, two polynomials. */
  get answer(): CipherShape {
    const coarse = { bits: this.parameters.droppedBits, modulus: this.answerModulus };
    return { ...this.#shape(this.last, false, false), coarse };
  }

  /** A public key, or one part of the relinearisation keys: all primes with the special one, seeded, in NTT form. */
  get keySeeded(): CipherShape {
    const { degree, primeBits } = this.parameters;
    return { degree, primeBits, parmsId: this.#keyParmsId, isNtt: true, seeded: true };
  }

  #shape(level: Level, seeded: boolean, isNtt: boolean): CipherShape {
    const { degree, primeBits } = this.parameters;
    return { degree, primeBits: primeBits.slice(0, level.primes), parmsId: parmsIdWords(level.parmsId), isNtt, seeded };
  }

  #walkLevels(): Level[] {
    const levels: Level[] = [];
    const dataPrimes = this.parameters.primeBits.length - 1;
    let data = this.native.firstContextData();
    for (let primes = dataPrimes; primes >= 1; primes--) {
      levels.push({ primes, parmsId: data.parmsId() });
      const next = primes > 1 ? data.nextContextData() : undefined;
      data.delete();
      if (next) data = next;
    }
    return levels;
  }

  delete(): void {
    this.#encoder.delete();
    for (const level of this.levels) level.parmsId.delete();
    this.native.delete();
  }
}
