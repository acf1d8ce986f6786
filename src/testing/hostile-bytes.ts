/** Hostile bytes for everything of SEAL that reads a peer's: for the tests here and for `npm run fuzz`. */
import fc from 'fast-check';
import type { HeContext } from '../seal/context.ts';
import { asError } from '../seal/library.ts';
import { PARAMETER_SETS, type ParameterSet, PLAIN_MODULUS } from '../seal/parameters.ts';
import { PublicSide } from '../seal/public-side.ts';
import { randomElements } from '../seal/random.ts';
import { withScope } from '../seal/scope.ts';
import { type PublicKeys, SecretSide } from '../seal/secret-side.ts';

/**
 * The least that SEAL grants 128 bits of security and can seal answers: the same readers for a hundredth of the time. Products of ciphertexts
 * come out wrong under it, which whoever reads keys finds no worse than forged ones.
 */
const SMALL: ParameterSet = {
  name: 'small',
  degree: 4096,
  primeBits: [43, 33, 33],
  droppedBits: 8,
  needsRelinearisation: true,
};

type Bytes = Uint8Array<ArrayBuffer>;

export interface SealReader {
  readonly name: string;
  /** Of a parameter set that runs use. */
  readonly fullSize: boolean;
  /** What a peer who is honest would send. */
  readonly sample: Bytes;
  /** Reads bytes and frees what it made of them. */
  read(bytes: Bytes): void;
  /** Reads them, and computes with what they are as the page does next. */
  use?(bytes: Bytes): void;
}

/** Of the small inputs, one in so many is computed with; of those of full size each. */
const USED_EVERY = 16;

type Change = (bytes: Bytes) => Bytes;

/** Changes of well-formed bytes, most of which leave the length as it must be. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }).map(
    (sets): Change =>
      (bytes) => {
        const copy = bytes.slice();
        for (const [at, value] of sets) copy[at % copy.length] = value;
        return copy;
      },
  ),
  fc.tuple(fc.nat(), fc.nat(), fc.nat(255)).map(
    ([from, length, value]): Change =>
      (bytes) => {
        const start = from % bytes.length;
        return bytes.slice().fill(value, start, start + (length % bytes.length));
      },
  ),
  fc.nat().map(
    (seed): Change =>
      (bytes) => {
        let state = seed;
        return bytes.map(() => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state >>> 24;
        });
      },
  ),
  fc.nat(255).map(
    (value): Change =>
      (bytes) =>
        new Uint8Array(bytes.length).fill(value),
  ),
  fc.nat().map(
    (at): Change =>
      (bytes) =>
        bytes.slice(0, at % bytes.length),
  ),
  fc.constant<Change>((bytes) => Uint8Array.from([...bytes, 0])),
);

/** The readers of one parameter set, over one pair of keys; both live as long as the page. */
export class HostileSide {
  readonly readers: readonly SealReader[];
  readonly #secret: SecretSide;
  readonly #open: PublicSide;

  readonly #context: HeContext;

  constructor(context: HeContext) {
    this.#context = context;
    const { parameters } = context;
    this.#secret = new SecretSide(context);
    const { publicKey, relinKeys } = this.#secret.createPublicKeys();
    this.#open = new PublicSide(context, { publicKey, relinKeys });
    const reader = (what: string, sample: Bytes, read: SealReader['read']): SealReader => ({
      name: `${what} of ${parameters.name}`,
      fullSize: parameters !== SMALL,
      sample,
      read,
    });
    const keyReader = (what: string, sample: Bytes, keysOf: (bytes: Bytes) => PublicKeys) => ({
      ...reader(what, sample, (bytes) => new PublicSide(context, keysOf(bytes)).delete()),
      use: (bytes: Bytes) => this.#useKeys(keysOf(bytes)),
    });
    this.readers = [
      reader('ciphertexts', this.#secret.encrypt(randomElements(parameters.degree)), (bytes) =>
        this.#open.load(bytes).delete(),
      ),
      reader('answers', this.#open.seal(undefined), (bytes) => void this.#secret.decrypt(bytes)),
      keyReader('public keys', publicKey, (bytes) => ({ publicKey: bytes, relinKeys })),
      ...(relinKeys.length > 0
        ? [keyReader('relinearisation keys', relinKeys, (bytes) => ({ publicKey, relinKeys: bytes }))]
        : []),
    ];
  }

  /** Reads keys and, where they are some, computes with them as an owner does before the first answer leaves. */
  #useKeys(keys: PublicKeys): void {
    withScope((keep) => {
      const owner = keep(new PublicSide(this.#context, keys));
      const ones = new Float64Array(this.#context.slots).fill(1);
      const one = owner.addValues(undefined, ones);
      const { needsRelinearisation } = this.#context.parameters;
      const sum = needsRelinearisation ? owner.addProduct(one, owner.productError(), ones) : one;
      owner.seal(sum && keep(sum));
    });
  }

  /**
   * Reads so many changed samples. A reader may refuse with an Error that says why, and has to where the length is another; throws on
   * anything else.
   */
  readHostile(reader: SealReader, inputs: number, seed: number): { refused: number } {
    let refused = 0;
    for (const [i, apply] of fc.sample(change, { numRuns: inputs, seed }).entries()) {
      const bytes = apply(reader.sample);
      let read = false;
      const isUsed = reader.fullSize || i % USED_EVERY === 0;
      try {
        if (reader.use && isUsed) reader.use(bytes);
        else reader.read(bytes);
        read = true;
      } catch (thrown) {
        const error = asError(this.#context.seal, thrown);
        if (!(error instanceof Error) || error instanceof WebAssembly.RuntimeError || error.message === '') {
          throw new Error(`${reader.name}: input ${i} of seed ${seed} gave ${error}`);
        }
        refused++;
      }
      if (read && bytes.length !== reader.sample.length) {
        throw new Error(`${reader.name}: input ${i} of seed ${seed}, ${bytes.length} bytes, was read`);
      }
    }
    return { refused };
  }

  /**
   * Computes with good bytes, as ever.
   * @throws where the module does no longer
   */
  checkAlive(): void {
    const secret = this.#secret;
    const open = this.#open;
    withScope((keep) => {
      const values = randomElements(50);
      const cipher = keep(open.toNtt(open.load(secret.encrypt(values))));
      const twos = new Float64Array(this.#context.slots).fill(2);
      const product = open.addProduct(undefined, cipher, twos);
      const seen = secret.decrypt(open.seal(product && keep(product)));
      if (!values.every((value, i) => seen[i] === (2 * value) % PLAIN_MODULUS)) {
        throw new Error(`${this.#context.parameters.name} computes wrongly after hostile bytes`);
      }
    });
  }
}

/** The readers of every parameter set, and of a small one. */
export function hostileSides(contextOf: (parameters: ParameterSet) => HeContext): HostileSide[] {
  return [SMALL, ...Object.values(PARAMETER_SETS)].map((parameters) => new HostileSide(contextOf(parameters)));
}
