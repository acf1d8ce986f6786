/** The researcher's half of a context: the secret key never leaves their page; everything else here becomes bytes for the wire. */
import type { HeContext } from './context.ts';
import { type Decryptor, type Encryptor, loadBytes, type SecretKey, saveBytes } from './library.ts';
import { type Handle, withScope } from './scope.ts';
import { packCipher, packRelinKeys, unpackCipher } from './wire-format.ts';

/** Keys for the owner. Both are seeded: their uniform halves come from a seed and cannot be chosen. */
export interface PublicKeys {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Empty where the parameter set needs none. */
  readonly relinKeys: Uint8Array<ArrayBuffer>;
}

export class SecretSide implements Handle {
  readonly #secretKey: SecretKey;
  readonly #encryptor: Encryptor;
  readonly #decryptor: Decryptor;

  /** `secretKey`: bytes from `exportSecretKey` of another worker of this page; undefined makes a new key. The context outlives this. */
  constructor(
    readonly context: HeContext,
    secretKey?: Uint8Array,
  ) {
    const { seal, native } = context;
    if (secretKey) {
      this.#secretKey = new seal.SecretKey();
      loadBytes(seal, native, this.#secretKey, secretKey);
    } else {
      this.#secretKey = withScope((keep) => keep(new seal.KeyGenerator(native)).secretKey());
    }
    // SEAL's constructor wants a public key although symmetric encryption never reads it.
    this.#encryptor = withScope((keep) => {
      const generator = keep(new seal.KeyGenerator(native, this.#secretKey));
      return new seal.Encryptor(native, keep(generator.createPublicKey()), this.#secretKey);
    });
    this.#decryptor = new seal.Decryptor(native, this.#secretKey);
  }

  /** For the other workers of this page only; never for the wire. */
  exportSecretKey(): Uint8Array<ArrayBuffer> {
    return saveBytes(this.context.seal, this.#secretKey);
  }

  createPublicKeys(): PublicKeys {
    const { seal, native, parameters, keySeeded } = this.context;
    return withScope((keep) => {
      const generator = keep(new seal.KeyGenerator(native, this.#secretKey));
      const publicKey = packCipher(saveBytes(seal, keep(generator.createPublicKeySerializable())), keySeeded);
      if (!parameters.needsRelinearisation) return { publicKey, relinKeys: new Uint8Array(0) };
      const relin = saveBytes(seal, keep(generator.createRelinKeysSerializable()));
      return { publicKey, relinKeys: packRelinKeys(relin, keySeeded, parameters.primeBits.length - 1) };
    });
  }

  /** A seeded symmetric encryption of up to N values of Z_p; wire bytes. */
  encrypt(values: Float64Array): Uint8Array<ArrayBuffer> {
    return withScope((keep) => {
      const plain = keep(this.context.encode(values));
      const cipher = keep(this.#encryptor.encryptSymmetricSerializable(plain));
      return packCipher(saveBytes(this.context.seal, cipher), this.context.querySeeded);
    });
  }

  /**
   * Decrypts a sealed answer: N values of Z_p.
   * @throws `WireFormatError` or `SealError` on what is no answer
   */
  decrypt(answer: Uint8Array): Float64Array<ArrayBuffer> {
    return withScope((keep) => {
      const plain = keep(new this.context.seal.Plaintext());
      this.#decryptor.decrypt(keep(this.#loadAnswer(answer)), plain);
      return this.context.decode(plain);
    });
  }

  /** Noise budget of any ciphertext saved by SEAL itself, for tests that look inside the owner's steps. */
  budgetOf(saved: Uint8Array): number {
    return withScope((keep) => this.#decryptor.invariantNoiseBudget(keep(this.context.reload(saved))));
  }

  #loadAnswer(answer: Uint8Array) {
    const cipher = new this.context.seal.Ciphertext();
    try {
      loadBytes(this.context.seal, this.context.native, cipher, unpackCipher(answer, this.context.answer));
      return cipher;
    } catch (error) {
      cipher.delete();
      throw error;
    }
  }

  delete(): void {
    this.#decryptor.delete();
    this.#encryptor.delete();
    this.#secretKey.delete();
  }
}
