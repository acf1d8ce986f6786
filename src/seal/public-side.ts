/**
 * The owner's half of a context: it computes on the researcher's ciphertexts and seals every answer before it leaves.
 *
 * Sealing (circuit privacy): the noise of an answer depends on the owner's data. A fresh public-key encryption of zero
 * makes its components look uniform; switching down to the last, small prime then buries the noise under the rounding
 * of the switch. Whose ciphertexts are malformed can still have chosen what stands where noise should be, so uniform noise
 * is added last, as much as leaves the message readable. All of this happens here and nowhere else, in `seal`.
 */
import type { HeContext, SlotValues } from './context.ts';
import {
  type Ciphertext,
  type Encryptor,
  type Evaluator,
  loadBytes,
  type Plaintext,
  polynomialCount,
  type RelinKeys,
  saveBytes,
} from './library.ts';
import { multiply } from './plain-field.ts';
import { randomBelow, randomElements } from './random.ts';
import { type Handle, withScope } from './scope.ts';
import type { PublicKeys } from './secret-side.ts';
import { addNoise, packCipher, unpackCipher, unpackRelinKeys, WireFormatError } from './wire-format.ts';

/** Most encryptions of zero that are kept: of the tally's set they have two megabytes each. */
const MAX_AHEAD = 24;

/** Values made ready for products, in NTT form; all zeros have no such form (see `addProduct`). */
export class PreparedValues implements Handle {
  constructor(readonly plain: Plaintext | undefined) {}

  delete(): void {
    this.plain?.delete();
  }
}

export class PublicSide implements Handle {
  readonly evaluator: Evaluator;
  readonly #encryptor: Encryptor;
  readonly #relinKeys: RelinKeys | undefined;
  #one: Ciphertext | undefined;
  #error: Ciphertext | undefined;
  /** Encryptions of zero, each for one answer. */
  readonly #zeros: Ciphertext[] = [];

  /**
   * The context outlives this.
   * @throws `WireFormatError` or `SealError` where the keys are not seeded keys of exactly this parameter set
   */
  constructor(
    readonly context: HeContext,
    keys: PublicKeys,
  ) {
    const { seal, native, keySeeded } = context;
    this.#encryptor = withScope((keep) => {
      const publicKey = keep(new seal.PublicKey());
      loadBytes(seal, native, publicKey, unpackCipher(keys.publicKey, keySeeded));
      return new seal.Encryptor(native, publicKey);
    });
    try {
      this.#relinKeys = loadRelinKeys(context, keys.relinKeys);
    } catch (error) {
      this.#encryptor.delete();
      throw error;
    }
    this.evaluator = new seal.Evaluator(native);
  }

  /**
   * Loads a researcher's ciphertext: all primes, seeded, not transparent.
   * @throws `WireFormatError` or `SealError`
   */
  load(bytes: Uint8Array): Ciphertext {
    const cipher = new this.context.seal.Ciphertext();
    try {
      loadBytes(this.context.seal, this.context.native, cipher, unpackCipher(bytes, this.context.querySeeded));
      if (cipher.isTransparent() || polynomialCount(cipher) !== 2) {
        throw new WireFormatError('received ciphertext: encrypts in the clear');
      }
      return cipher;
    } catch (error) {
      cipher.delete();
      throw error;
    }
  }

  toNtt(cipher: Ciphertext): Ciphertext {
    this.evaluator.cipherTransformToNttInplace(cipher);
    return cipher;
  }

  fromNtt(cipher: Ciphertext): Ciphertext {
    this.evaluator.cipherTransformFromNttInplace(cipher);
    return cipher;
  }

  /** Does what of a product needs no ciphertext. The caller frees it. */
  prepareValues(values: SlotValues): PreparedValues {
    if (isZero(values)) return new PreparedValues(undefined);
    const plain = this.context.encode(values);
    this.evaluator.plainTransformToNttInplace(plain, this.context.first.parmsId);
    return new PreparedValues(plain);
  }

  /**
   * sum += cipher * values, slot by slot; the cipher is in NTT form. An all-zero vector is skipped before the product:
   * SEAL throws on the transparent ciphertext it would give, and an exception that depends on data is a leak.
   */
  addProduct(
    sum: Ciphertext | undefined,
    cipher: Ciphertext,
    values: SlotValues | PreparedValues,
  ): Ciphertext | undefined {
    return withScope((keep) => {
      const { plain } = values instanceof PreparedValues ? values : keep(this.prepareValues(values));
      if (!plain) return sum;
      const product = new this.context.seal.Ciphertext();
      this.evaluator.multiplyPlain(cipher, plain, product);
      if (!sum) return product;
      this.evaluator.addInplace(sum, product);
      product.delete();
      return sum;
    });
  }

  /**
   * sum += values. Adds values * Enc(1), which in NTT form costs less than half of SEAL's own addition of a plaintext
   * (1.2 for 2.9 ms at N = 8192). That encryption of one is made once: what hides is the fresh one of zero in `seal`.
   */
  addValues(sum: Ciphertext | undefined, values: SlotValues | PreparedValues): Ciphertext | undefined {
    this.#one ??= this.#encryptOne();
    return this.addProduct(sum, this.#one, values);
  }

  /** Product of two ciphertexts (coefficient form), relinearised. */
  multiply(a: Ciphertext, b: Ciphertext): Ciphertext {
    const product = new this.context.seal.Ciphertext();
    this.evaluator.multiply(a, b, product);
    this.#relinearise(product);
    return product;
  }

  square(a: Ciphertext): Ciphertext {
    const product = new this.context.seal.Ciphertext();
    this.evaluator.square(a, product);
    this.#relinearise(product);
    return product;
  }

  /**
   * A test of the peer's keys with all primes, to be multiplied by fresh uniform values and added to answers: zero in every slot
   * in which a product comes out right, unpredictable elsewhere. Relinearisation keys can be forged so that products come out as
   * the forger wants: the square of a ciphertext of their own, which they can compute, is moved to any value, others at random. The
   * product of two fresh encryptions, whose components they do not know, shows it. NTT form; made once, and not to be changed.
   */
  productError(): Ciphertext {
    this.#error ??= this.toNtt(this.#drawProductError());
    return this.#error;
  }

  #drawProductError(): Ciphertext {
    return withScope((keep) => {
      const { seal, slots } = this.context;
      const encrypted = (values: Float64Array) => {
        const cipher = keep(new seal.Ciphertext());
        this.#encryptor.encrypt(keep(this.context.encode(values)), cipher);
        return cipher;
      };
      const [a, b] = [randomElements(slots), randomElements(slots)];
      const error = this.multiply(encrypted(a), encrypted(b));
      const expected = a.map((value, i) => multiply(value, b[i] as number));
      this.evaluator.subPlainInplace(error, keep(this.context.encode(expected)));
      return error;
    });
  }

  #relinearise(product: Ciphertext): void {
    if (!this.#relinKeys)
      throw new Error(`the parameter set ${this.context.parameters.name} has no relinearisation keys`);
    this.evaluator.relinearizeInplace(product, this.#relinKeys);
  }

  /** Makes encryptions of zero for so many answers, which then take less time to seal; no more than there is room for. */
  sealAhead(answers: number): void {
    while (this.#zeros.length < Math.min(answers, MAX_AHEAD)) this.#zeros.push(this.#encryptZero());
  }

  #encryptZero(): Ciphertext {
    const zero = new this.context.seal.Ciphertext();
    this.#encryptor.encryptZero(zero);
    return zero;
  }

  /**
   * Seals and saves an answer, which it leaves in coefficient form: adds a fresh public-key encryption of zero, switches down to the last prime, adds
   * noise. `undefined` (every term was zero) becomes an encryption of zero, not to be told from others.
   */
  seal(answer: Ciphertext | undefined): Uint8Array<ArrayBuffer> {
    const { seal, last, answer: shape, answerModulus, mostNoise } = this.context;
    return withScope((keep) => {
      const zero = keep(this.#zeros.pop() ?? this.#encryptZero());
      if (answer) {
        if (answer.isNttForm()) this.fromNtt(answer);
        this.evaluator.addInplace(zero, answer);
      }
      this.evaluator.cipherModSwitchToInplace(zero, last.parmsId);
      const image = saveBytes(seal, zero);
      addNoise(image, shape, answerModulus, () => randomBelow(2 * mostNoise + 1) - mostNoise);
      return packCipher(image, shape);
    });
  }

  #encryptOne(): Ciphertext {
    return withScope((keep) => {
      const plain = keep(this.context.encode(new Float64Array(this.context.slots).fill(1)));
      const one = new this.context.seal.Ciphertext();
      this.#encryptor.encrypt(plain, one);
      return this.toNtt(one);
    });
  }

  delete(): void {
    this.#error?.delete();
    for (const zero of this.#zeros) zero.delete();
    this.#one?.delete();
    this.evaluator.delete();
    this.#relinKeys?.delete();
    this.#encryptor.delete();
  }
}

function isZero(values: SlotValues): boolean {
  const numbers =
    values instanceof Float64Array ? values : new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (const number of numbers) if (number !== 0) return false;
  return true;
}

function loadRelinKeys({ seal, native, parameters, keySeeded }: HeContext, bytes: Uint8Array): RelinKeys | undefined {
  if (!parameters.needsRelinearisation) {
    if (bytes.byteLength === 0) return undefined;
    throw new WireFormatError(`the parameter set ${parameters.name} takes no relinearisation keys`);
  }
  const relinKeys = new seal.RelinKeys();
  try {
    loadBytes(seal, native, relinKeys, unpackRelinKeys(bytes, keySeeded, parameters.primeBits.length - 1));
    return relinKeys;
  } catch (error) {
    relinKeys.delete();
    throw error;
  }
}
