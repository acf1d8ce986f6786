import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { t } from '../words/translate.ts';
import { BLAKE2B_SALT_BYTES, createBlake2b, type KeyedHash, MAX_BLAKE2B_KEY } from './blake2b.ts';
import type { KeyPair } from './keys.ts';
import type { TokenHash } from './linkage-schema.ts';

/**
 * The first `count` bit positions of a token. The array may be longer than asked for, and is shared: do not change it.
 */
export type TokenPositions = (token: Uint8Array, count: number, known?: Int32Array) => Int32Array;

/** Positions one BLAKE2b-512 digest gives: 32 numbers of 16 bits. Arrays grow by as many. */
const POSITIONS_PER_DIGEST = 32;

/** A big-endian integer modulo a number below 2^40. */
function remainder(bytes: Uint8Array, modulus: number): number {
  let rest = 0;
  for (const byte of bytes) rest = (rest * 256 + byte) % modulus;
  return rest;
}

function withCodePoint(token: Uint8Array, codePoint: number): Uint8Array {
  const suffix = new TextEncoder().encode(String.fromCodePoint(codePoint));
  const bytes = new Uint8Array(token.length + suffix.length);
  bytes.set(token);
  bytes.set(suffix, token.length);
  return bytes;
}

/** The code points that Python can encode, so that singularities can be left by. */
const FIRST_SURROGATE = 0xd800;

/** A keyed hash, ready to be used again and again, of a token modulo the length of a filter. */
function keyedRemainder(hash: typeof sha1 | typeof md5, key: Uint8Array, bits: number): (token: Uint8Array) => number {
  const keyed = hmac.create(hash, key);
  const scratch = hmac.create(hash, key);
  const digest = new Uint8Array(hash.outputLen);
  return (token) => {
    keyed._cloneInto(scratch).update(token).digestInto(digest);
    return remainder(digest, bits);
  };
}

function doubleHash(keys: KeyPair, bits: number, preventSingularity: boolean): TokenPositions {
  const startOf = keyedRemainder(sha1, keys[0], bits);
  const stepOf = keyedRemainder(md5, keys[1], bits);
  return (token, count) => {
    let step = stepOf(token);
    for (let i = 0; preventSingularity && step === 0; i++) {
      if (i === FIRST_SURROGATE) throw new Error(t('A CLK of one bit cannot prevent singularity. Make l greater.'));
      step = stepOf(withCodePoint(token, i));
    }
    const positions = new Int32Array(Math.ceil(count / POSITIONS_PER_DIGEST) * POSITIONS_PER_DIGEST);
    let position = startOf(token);
    for (let i = 0; i < positions.length; i++) {
      positions[i] = position;
      position += step;
      if (position >= bits) position -= bits;
    }
    return positions;
  };
}

function blakeHash(keys: KeyPair, bits: number): TokenPositions {
  const [key] = keys;
  const salted: KeyedHash[] = [];
  const start = (block: number): KeyedHash => {
    const salt = new Uint8Array(BLAKE2B_SALT_BYTES);
    salt.set(new TextEncoder().encode(String(block)));
    return createBlake2b(key, salt);
  };
  return (token, count, known) => {
    if (!Number.isInteger(Math.log2(bits))) {
      throw new Error(
        t('blakeHash needs a length l that is a power of two, and it is {{bits}}. Change l or use doubleHash.', {
          bits,
        }),
      );
    }
    if (key.length > MAX_BLAKE2B_KEY) {
      throw new Error(
        t('blakeHash takes keys of at most {{most}} bytes, and keySize is {{keySize}}.', {
          most: MAX_BLAKE2B_KEY,
          keySize: key.length,
        }),
      );
    }
    const blocks = Math.ceil(count / POSITIONS_PER_DIGEST);
    const positions = new Int32Array(blocks * POSITIONS_PER_DIGEST);
    if (known) positions.set(known);
    for (let block = (known?.length ?? 0) / POSITIONS_PER_DIGEST; block < blocks; block++) {
      const hash = salted[block] ?? start(block);
      salted[block] = hash;
      const digest = hash(token);
      for (let i = 0; i < POSITIONS_PER_DIGEST; i++) {
        const number = (digest[2 * i] ?? 0) + 256 * (digest[2 * i + 1] ?? 0);
        positions[block * POSITIONS_PER_DIGEST + i] = number % bits;
      }
    }
    return positions;
  };
}

/**
 * From a token's bytes to bit positions.
 * - doubleHash: (HMAC-SHA1 + i HMAC-MD5) mod bits (Kirsch and Mitzenmacher 2006), without singularities on request
 *   (Schnell and Borgs 2016).
 * - blakeHash: BLAKE2b-512 keyed with the first key and salted with the decimal digits of 0, 1, 2, ...
 * @param bits length of the filter before folding; a power of two for blakeHash
 * @returns a function that may be given the positions it returned before for the same token, to go on from them
 */
export function createTokenPositions(hash: TokenHash, keys: KeyPair, bits: number): TokenPositions {
  return hash.type === 'doubleHash' ? doubleHash(keys, bits, hash.prevent_singularity === true) : blakeHash(keys, bits);
}
