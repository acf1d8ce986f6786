import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { t } from '../words/translate.ts';
import { fromBase64 } from './base64.ts';
import { DEFAULT_KEY_SIZE, type KeyDerivation } from './linkage-schema.ts';

/** The two keys of a feature: of HMAC-SHA1 (or BLAKE2b) and of HMAC-MD5. */
export type KeyPair = readonly [Uint8Array, Uint8Array];

export interface KeyOptions {
  readonly hash?: 'SHA256' | 'SHA512';
  readonly salt?: Uint8Array | undefined;
  readonly info?: Uint8Array | undefined;
  /** Bytes of one key. */
  readonly keySize?: number;
}

/**
 * HKDF (RFC 5869) over the secret, its output cut in order into two keys a feature.
 * @param count number of features, ignored ones included
 * @throws Error when more bytes are asked for than HKDF gives: 255 times the hash's length
 */
export function deriveKeys(secret: string | Uint8Array, count: number, options: KeyOptions = {}): KeyPair[] {
  const { hash = 'SHA256', salt, info, keySize = DEFAULT_KEY_SIZE } = options;
  const bytes = 2 * count * keySize;
  const limit = 255 * (hash === 'SHA512' ? 64 : 32);
  if (bytes > limit) {
    throw new Error(
      t(
        '{{features}} features with keys of {{keySize}} bytes need {{bytes}} bytes of key, and HKDF with {{hash}} gives at most {{limit}}. Remove features, make keySize smaller, or use SHA512.',
        { features: count, keySize, bytes, hash, limit },
      ),
    );
  }
  const material = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  const stream =
    count === 0 ? new Uint8Array() : hkdf(hash === 'SHA512' ? sha512 : sha256, material, salt, info, bytes);
  return Array.from({ length: count }, (_, i): KeyPair => {
    const start = 2 * i * keySize;
    return [stream.slice(start, start + keySize), stream.slice(start + keySize, start + 2 * keySize)];
  });
}

/** {@link deriveKeys} with the `kdf` part of a linkage schema. */
export function deriveSchemaKeys(secret: string | Uint8Array, count: number, kdf: KeyDerivation): KeyPair[] {
  return deriveKeys(secret, count, {
    hash: kdf.hash ?? 'SHA256',
    salt: kdf.salt === undefined ? undefined : fromBase64(kdf.salt),
    info: kdf.info === undefined ? undefined : fromBase64(kdf.info),
    keySize: kdf.keySize ?? DEFAULT_KEY_SIZE,
  });
}
