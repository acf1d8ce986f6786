/** What both pages have said and seen of a connection, and every key that comes of it. Known answers: docs/vectors/frames.json. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { PROTOCOL_VERSION } from '../agreement/protocol-version.ts';
import type { Role } from './room-api.ts';

const PREFIX = `blindjoin/${PROTOCOL_VERSION}`;
const LABEL = utf8ToBytes(`${PREFIX} verification`);
const ID_BYTES = 16;
const KEY_BYTES = 32;
const CODE_WORDS = 4;
const CODE_BYTES = 6;

/** One side of a connection. */
export interface TranscriptSide {
  /** Names the page, 16 bytes. */
  readonly page: Uint8Array;
  /** Drawn for this connection, 32 bytes. */
  readonly nonce: Uint8Array;
  /** Of its DTLS certificate, as `fingerprintOf` gives it. */
  readonly fingerprint: string;
}

/** What both sides derive everything from. */
export interface Agreed {
  /** From the link's secret, or from the connection verified before. */
  readonly key: Uint8Array;
  readonly transcript: Uint8Array;
}

export const roleByte = (role: Role): number => (role === 'researcher' ? 1 : 2);

function derive(key: Uint8Array, salt: Uint8Array, use: string, length: number): Uint8Array {
  return hkdf(sha256, key, salt, utf8ToBytes(`${PREFIX} ${use}`), length);
}

function hashParts(parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create();
  for (const part of parts) {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, part.byteLength);
    hash.update(length).update(part);
  }
  return hash.digest();
}

/** SHA-256 of label, version, binding (none on a first connection) and both sides, each part after its length (u32). */
export function transcriptOf(
  bindingId: Uint8Array | undefined,
  sides: Readonly<Record<Role, TranscriptSide>>,
): Uint8Array {
  const parts = [sides.researcher, sides.owner].flatMap(({ page, nonce, fingerprint }) => [
    page,
    nonce,
    utf8ToBytes(fingerprint),
  ]);
  return hashParts([LABEL, Uint8Array.of(PROTOCOL_VERSION), bindingId ?? new Uint8Array(), ...parts]);
}

/** The key of a first connection. */
export const keyOfSecret = (secret: Uint8Array): Uint8Array => derive(secret, LABEL, 'first connection', KEY_BYTES);

/** Shows that `role` has the key and saw this transcript. */
export function proofOf(role: Role, { key, transcript }: Agreed): Uint8Array {
  return hmac(sha256, key, concatBytes(Uint8Array.of(roleByte(role)), transcript));
}

/** What later connections are verified by. */
export function bindingOf({ key, transcript }: Agreed): { id: Uint8Array; key: Uint8Array } {
  return {
    id: derive(key, transcript, 'binding', ID_BYTES),
    key: derive(key, transcript, 'later connection', KEY_BYTES),
  };
}

/**
 * The key of the frames that `sender` sends on this connection, for AES-256-GCM. Both nonces are in the transcript, so no
 * two connections share one.
 */
export function frameKeyOf(sender: Role, { key, transcript }: Agreed): Uint8Array {
  return derive(key, transcript, `frames of the ${sender}`, KEY_BYTES);
}

/** Four words for people to compare. */
export function codeOf({ key, transcript }: Agreed): string[] {
  let value = derive(key, transcript, 'short code', CODE_BYTES).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return Array.from({ length: CODE_WORDS }, () => {
    const word = wordlist[Number(value & 2047n)] ?? '';
    value >>= 11n;
    return word;
  });
}
