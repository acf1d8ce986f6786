/**
 * Two pages prove to each other, on every new connection, that they hold the link's secret, and that the connection
 * between them is the one each sees: nobody sits in the middle with keys of their own.
 *
 *     both:  hello  version | role | page | binding | SHA-256(nonce)
 *     both:  nonce  nonce                 after the other's hello
 *     both:  proof  HMAC-SHA256(key, role of the prover | transcript)      after the other's nonce
 *
 * The transcript holds label, version, and for researcher then owner: page, nonce and DTLS fingerprint (RFC 8122) as
 * taken from the RTCPeerConnection. The role in the proof keeps a reflected proof from passing. Nonces are committed
 * to before either is shown, so that nobody in the middle, even with the link, can search for nonces that lead to
 * equal short codes on both legs (as in ZRTP, RFC 6189, section 4.4.1.1).
 *
 * The key of the first connection comes from the link's secret. It yields the *binding*, from which the key of every
 * later connection comes: only the page that was first, or the same page reloaded, which has kept the binding, can come
 * back, and a link works once.
 *
 * From a key and a transcript come the keys of the frames too, one a direction: see `sealed-transport.ts`.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, randomBytes } from '@noble/hashes/utils.js';
import { PROTOCOL_VERSION } from '../agreement/protocol-version.ts';
import type { Frame, VerificationFrame } from '../channel/frames.ts';
import type { FrameKeys } from '../channel/sealed-transport.ts';
import { otherRole, type Role } from './room-api.ts';
import {
  type Agreed,
  bindingOf,
  codeOf,
  frameKeyOf,
  keyOfSecret,
  proofOf,
  roleByte,
  transcriptOf,
} from './transcript.ts';
import { type Refusal, refusalByte, refusalOf, VerificationError } from './verification-error.ts';

const ID_BYTES = 16;
const NONCE_BYTES = 32;
const HELLO_BYTES = 2 + 2 * ID_BYTES + NONCE_BYTES;

/** What ties later connections to the first. `id` is public, `key` is not. */
export interface Binding {
  /** The page that was there first. */
  readonly peer: Uint8Array;
  readonly id: Uint8Array;
  readonly key: Uint8Array;
}

export interface Verified {
  readonly binding: Binding;
  /** Names the other page; another name with the same binding: it was reloaded. */
  readonly peer: Uint8Array;
  /** Short code of four words, the same on both sides. */
  readonly code: readonly string[];
  /** Of the frames on this connection from now on. */
  readonly frameKeys: FrameKeys;
}

export interface VerificationOptions {
  readonly secret: Uint8Array;
  readonly role: Role;
  /** Names this page, 16 random bytes for as long as it is loaded. */
  readonly page: Uint8Array;
  /** DTLS fingerprints, as `fingerprintOf` gives them. */
  readonly local: string;
  readonly remote: string;
  /** Of the connection verified before, if any. */
  readonly binding?: Binding | undefined;
  /** The other side is known to have the binding too. */
  readonly confirmed?: boolean;
}

interface Hello {
  readonly page: Uint8Array;
  readonly commitment: Uint8Array;
  /** The binding both sides hold, or none yet. */
  readonly binding: Binding | undefined;
}

/** Compares in a time that does not depend on where they differ. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** The refusal to send to the other side. */
export function refusalFrame(refusal: Refusal): VerificationFrame {
  return { type: 'refusal', bytes: Uint8Array.of(refusalByte(refusal)) };
}

/** One side of the verification of one connection. Pure: frames in, frames out. */
export class Verification {
  readonly #nonce = randomBytes(NONCE_BYTES);
  #hello: Hello | undefined;
  #agreed: Agreed | undefined;

  readonly #options: VerificationOptions;

  constructor(options: VerificationOptions) {
    this.#options = options;
  }

  /** The first frame to send. */
  start(): VerificationFrame {
    const { role, page, binding } = this.#options;
    const bytes = concatBytes(
      Uint8Array.of(PROTOCOL_VERSION, roleByte(role)),
      page,
      binding?.id ?? new Uint8Array(ID_BYTES),
      sha256(this.#nonce),
    );
    return { type: 'hello', bytes };
  }

  /**
   * Takes a frame of the other side: gives the answer to send, or the outcome.
   * @throws VerificationError when the other side is not to be trusted, or refuses.
   */
  take(frame: Frame): VerificationFrame | Verified {
    if (frame.type === 'refusal') throw new VerificationError(refusalOf(frame.bytes[0]), true);
    if (frame.type === 'hello' && !this.#hello) return this.#takeHello(frame.bytes);
    if (frame.type === 'nonce' && this.#hello && !this.#agreed) return this.#takeNonce(frame.bytes, this.#hello);
    if (frame.type === 'proof' && this.#hello && this.#agreed)
      return this.#takeProof(frame.bytes, this.#hello, this.#agreed);
    throw new VerificationError('failed', false);
  }

  #takeHello(bytes: Uint8Array): VerificationFrame {
    const { role, binding, confirmed } = this.#options;
    if (bytes[0] !== PROTOCOL_VERSION) throw new VerificationError('version', false);
    if (bytes.byteLength !== HELLO_BYTES) throw new VerificationError('failed', false);
    if (bytes[1] === roleByte(role)) throw new VerificationError('same-role', false);
    if (bytes[1] !== roleByte(otherRole(role))) throw new VerificationError('failed', false);
    const page = bytes.slice(2, 2 + ID_BYTES);
    const theirs = bytes.subarray(2 + ID_BYTES, 2 + 2 * ID_BYTES);
    const shared = binding !== undefined && equal(binding.id, theirs);
    // A reloaded page has another name; that it is the same, its proof shows, which needs the binding's key.
    if (binding && !shared && (confirmed || !equal(binding.peer, page))) throw new VerificationError('used', false);
    this.#hello = { page, commitment: bytes.slice(2 + 2 * ID_BYTES), binding: shared ? binding : undefined };
    return { type: 'nonce', bytes: this.#nonce };
  }

  #takeNonce(nonce: Uint8Array, hello: Hello): VerificationFrame {
    const { secret, role, page, local, remote } = this.#options;
    if (nonce.byteLength !== NONCE_BYTES || !equal(sha256(nonce), hello.commitment)) {
      throw new VerificationError('failed', false);
    }
    const mine = { page, nonce: this.#nonce, fingerprint: local };
    const theirs = { page: hello.page, nonce, fingerprint: remote };
    const sides = role === 'researcher' ? { researcher: mine, owner: theirs } : { researcher: theirs, owner: mine };
    this.#agreed = {
      key: hello.binding?.key ?? keyOfSecret(secret),
      transcript: transcriptOf(hello.binding?.id, sides),
    };
    return { type: 'proof', bytes: proofOf(role, this.#agreed) };
  }

  #takeProof(proof: Uint8Array, hello: Hello, agreed: Agreed): Verified {
    const { role } = this.#options;
    if (!equal(proof, proofOf(otherRole(role), agreed))) throw new VerificationError('failed', false);
    return {
      binding: hello.binding ?? { peer: hello.page, ...bindingOf(agreed) },
      peer: hello.page,
      code: codeOf(agreed),
      frameKeys: { send: frameKeyOf(role, agreed), receive: frameKeyOf(otherRole(role), agreed) },
    };
  }
}
