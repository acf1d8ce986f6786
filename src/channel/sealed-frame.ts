/**
 * A frame encrypted and authenticated: AES-256-GCM, a key for each direction of each connection, and the frame's number as
 * nonce. What it is bound to, connection and direction, is in the key.
 *
 *     sealed   mark 0xb2 | u48 number, from 0 | ciphertext | tag of 16 bytes      nonce: 48 zero bits, then the number
 *
 * Known answers: docs/vectors/frames.json.
 */
import { gcm } from '@noble/ciphers/aes.js';

const MARK = 0xb2;
const HEADER_BYTES = 7;
const NONCE_BYTES = 12;
const NUMBER_AT = 6;
const TAG_BYTES = 16;

/** By how much a frame grows, bytes. */
export const SEAL_BYTES = HEADER_BYTES + TAG_BYTES;

/** A frame that was not sealed so by whoever has the key. */
export class ForgedFrame extends Error {
  override readonly name = 'ForgedFrame';
}

function nonceOf(number: number): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(NONCE_BYTES);
  const view = new DataView(nonce.buffer);
  view.setUint16(NUMBER_AT, Math.floor(number / 2 ** 32));
  view.setUint32(NUMBER_AT + 2, number % 2 ** 32);
  return nonce;
}

function withHeader(number: number, ciphertext: Uint8Array): Uint8Array {
  const sealed = new Uint8Array(HEADER_BYTES + ciphertext.byteLength);
  sealed[0] = MARK;
  sealed.set(nonceOf(number).subarray(NUMBER_AT), 1);
  sealed.set(ciphertext, HEADER_BYTES);
  return sealed;
}

/** The key for `sealFrame` or `openFrame`, from its 32 bytes. */
export function importFrameKey(bytes: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes.slice(), 'AES-GCM', false, [use]);
}

export async function sealFrame(key: CryptoKey, number: number, frame: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: 'AES-GCM', iv: nonceOf(number) };
  return withHeader(
    number,
    new Uint8Array(await crypto.subtle.encrypt(algorithm, key, frame as Uint8Array<ArrayBuffer>)),
  );
}

/** The same, before it returns; slow, for short frames. */
export function sealFrameAtOnce(key: Uint8Array, number: number, frame: Uint8Array): Uint8Array {
  return withHeader(number, gcm(key, nonceOf(number)).encrypt(frame));
}

/**
 * A sealed frame's number and what is in it.
 * @throws ForgedFrame where it was sealed otherwise
 */
export async function openFrame(key: CryptoKey, sealed: Uint8Array): Promise<{ number: number; frame: Uint8Array }> {
  if (sealed.byteLength < SEAL_BYTES || sealed[0] !== MARK) throw new ForgedFrame('not a sealed frame');
  const view = new DataView(sealed.buffer, sealed.byteOffset);
  const number = view.getUint16(1) * 2 ** 32 + view.getUint32(3);
  const algorithm = { name: 'AES-GCM', iv: nonceOf(number) };
  const ciphertext = sealed.subarray(HEADER_BYTES) as Uint8Array<ArrayBuffer>;
  try {
    return { number, frame: new Uint8Array(await crypto.subtle.decrypt(algorithm, key, ciphertext)) };
  } catch {
    throw new ForgedFrame(`frame ${number} was not sealed by the other side`);
  }
}
