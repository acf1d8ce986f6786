/** The only importer of node-seal: loads the WebAssembly module once and gives its loosely typed calls strict types. */
import initialize, { type Ciphertext, type MainModule, type Plaintext, type SEALContext } from 'node-seal';
import wasmUrl from '../../node_modules/node-seal/dist/seal_throws.wasm?url';

export type {
  BatchEncoder,
  Ciphertext,
  Decryptor,
  Encryptor,
  Evaluator,
  KeyGenerator,
  ParmsIdType,
  Plaintext,
  PublicKey,
  RelinKeys,
  SEALContext,
  SecretKey,
} from 'node-seal';

export type Seal = MainModule;

let loading: Promise<Seal> | undefined;

/** SEAL refuses what it was given. The message holds its own words. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** emscripten's, which node-seal exports but does not declare. */
interface ExceptionReader {
  getExceptionMessage(exception: WebAssembly.Exception): [type: string, message: string];
  decrementExceptionRefcount(exception: WebAssembly.Exception): void;
}

/**
 * What was thrown, as an Error: exceptions of C++ are none, have no text, cannot be sent between workers, and keep
 * memory until they are let go.
 */
export function asError(seal: Seal, thrown: unknown): unknown {
  if (!(thrown instanceof WebAssembly.Exception)) return thrown;
  const reader = seal as unknown as ExceptionReader;
  const [type, message] = reader.getExceptionMessage(thrown);
  reader.decrementExceptionRefcount(thrown);
  return new SealError(`SEAL: ${message || type}`);
}

/**
 * Loads SEAL (1.2 MB, from this origin).
 * @throws where the browser lacks WebAssembly exception references
 */
export function loadSeal(): Promise<Seal> {
  loading ??= initialize({ locateFile: () => wasmUrl });
  return loading;
}

// biome-ignore lint/suspicious/noExplicitAny: node-seal declares every byte array as any
type Loose = any;

interface Saves {
  saveToArray(mode: Loose): Loose;
}
interface Loads {
  loadFromArray(context: SEALContext, bytes: Loose): void;
}

/** SEAL's own uncompressed serialisation. The result is a copy, outside WebAssembly memory. */
export function saveBytes(seal: Seal, object: Saves): Uint8Array<ArrayBuffer> {
  return object.saveToArray(seal.ComprModeType.none) as Uint8Array<ArrayBuffer>;
}

/**
 * Loads SEAL's serialisation; SEAL checks every structural field and coefficient.
 * @throws `SealError`
 */
export function loadBytes(seal: Seal, context: SEALContext, object: Loads, bytes: Uint8Array): void {
  try {
    object.loadFromArray(context, bytes);
  } catch (error) {
    throw asError(seal, error);
  }
}

/** The four 64-bit words of a parameter set's hash. */
export function parmsIdWords(id: { values(): Loose }): BigUint64Array {
  return BigUint64Array.from(id.values() as Iterable<bigint>);
}

export function coeffModulus(seal: Seal, degree: number, bits: readonly number[]) {
  return seal.CoeffModulus.Create(degree, Int32Array.from(bits) as Loose);
}

export function encodeSlots(
  encoder: { encode(values: Loose, out: Plaintext): void },
  values: BigUint64Array,
  out: Plaintext,
): void {
  encoder.encode(values, out);
}

export function decodeSlots(encoder: { decodeBigUint64(plain: Plaintext): Loose }, plain: Plaintext): BigUint64Array {
  return encoder.decodeBigUint64(plain) as BigUint64Array;
}

/** Number of polynomials, for checks after loading. */
export function polynomialCount(cipher: Ciphertext): number {
  return cipher.size();
}
