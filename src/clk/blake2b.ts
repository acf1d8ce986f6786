import { fromBase64 } from './base64.ts';
import { BLAKE2B_KERNEL } from './kernel-bytes.ts';

/** Hashes with the key and the salt it was made for; the digest is good until the next hash of any key. */
export type KeyedHash = (message: Uint8Array) => Uint8Array;

export const BLAKE2B_BYTES = 64;
export const BLAKE2B_SALT_BYTES = 16;
export const MAX_BLAKE2B_KEY = 64;
const BLOCK_BYTES = 128;
/** Where blake2b.wat has them in its memory. */
const STATE = 256;
const BLOCK = 320;

/** The initial state, the fractional parts of the square roots of the first eight primes, little-endian. */
const INITIAL = BigUint64Array.of(
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
);

interface Kernel {
  readonly state: Uint8Array;
  readonly block: Uint8Array;
  readonly compress: (counter: bigint, last: bigint) => void;
}

let loaded: Kernel | undefined;

function loadKernel(): Kernel {
  if (loaded) return loaded;
  const module = new WebAssembly.Module(new Uint8Array(fromBase64(BLAKE2B_KERNEL)));
  const { exports } = new WebAssembly.Instance(module);
  const { buffer } = exports.memory as WebAssembly.Memory;
  loaded = {
    state: new Uint8Array(buffer, STATE, BLAKE2B_BYTES),
    block: new Uint8Array(buffer, BLOCK, BLOCK_BYTES),
    compress: exports.compress as Kernel['compress'],
  };
  return loaded;
}

/** The initial state with the parameter block of a whole keyed, salted hash of 64 bytes mixed in (RFC 7693, 2.5). */
function parameterised(keyLength: number, salt: Uint8Array): Uint8Array {
  const state = new Uint8Array(INITIAL.slice().buffer);
  const parameters = [BLAKE2B_BYTES, keyLength, 1, 1];
  parameters.forEach((byte, i) => {
    state[i] = (state[i] ?? 0) ^ byte;
  });
  salt.forEach((byte, i) => {
    state[32 + i] = (state[32 + i] ?? 0) ^ byte;
  });
  return state;
}

/**
 * BLAKE2b-512 (RFC 7693) with a key and a salt, for very many short messages: the block of the key is hashed only once, and
 * WebAssembly has the 64-bit words that JavaScript lacks.
 * @param key 1 to 64 bytes
 * @param salt 16 bytes
 * @throws RangeError for other lengths
 */
export function createBlake2b(key: Uint8Array, salt: Uint8Array): KeyedHash {
  if (key.length < 1 || key.length > MAX_BLAKE2B_KEY) throw new RangeError(`a key of ${key.length} bytes`);
  if (salt.length !== BLAKE2B_SALT_BYTES) throw new RangeError(`a salt of ${salt.length} bytes`);
  const { state, block, compress } = loadKernel();
  const start = parameterised(key.length, salt);
  const compressKey = (last: bigint): void => {
    state.set(start);
    block.fill(0);
    block.set(key);
    compress(BigInt(BLOCK_BYTES), last);
  };
  compressKey(0n);
  const keyed = state.slice();

  return (message) => {
    if (message.length === 0) {
      compressKey(-1n);
      return state;
    }
    state.set(keyed);
    for (let at = 0; at < message.length; at += BLOCK_BYTES) {
      const end = Math.min(message.length, at + BLOCK_BYTES);
      block.set(message.subarray(at, end));
      block.fill(0, end - at);
      compress(BigInt(BLOCK_BYTES + end), end === message.length ? -1n : 0n);
    }
    return state;
  };
}
