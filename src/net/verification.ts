/**
 * Two pages prove to each other, on every new connection, that they hold the link's secret, and that the connection
 * between them is the one each sees: nobody sits in the middle with keys of his own.
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
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Frame, VerificationFrame } from '../channel/frames.ts';
import { otherRole } from './link.ts';
import type { Role } from './room-api.ts';

const VERSION = 2;
const LABEL = utf8ToBytes('blindjoin/1 verification');
const ID_BYTES = 16;
const NONCE_BYTES = 32;
const HELLO_BYTES = 2 + 2 * ID_BYTES + NONCE_BYTES;
const CODE_WORDS = 4;

const refusals = ['failed', 'same-role', 'version', 'used'] as const;
export type Refusal = (typeof refusals)[number];

const sentences: Record<Refusal, string> = {
  failed:
    'The other page could not prove that it holds the same link, so nothing was sent. ' +
    'Somebody may be listening in between, or the link is not the right one: make a new room and send its link over a channel you trust.',
  'same-role':
    'Both pages have the same role. One of you has the list, the other holds the data: open the link as it was sent.',
  version: 'The two pages run different versions of Blindjoin. Reload both pages, then make a new room.',
  used: 'This link has been used already, by another page or before this page was reloaded. Ask for a new link.',
};

/** Why a connection was refused; `byPeer` when the other side refused it. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  constructor(
    readonly refusal: Refusal,
    readonly byPeer: boolean,
  ) {
    super(sentences[refusal]);
  }
}

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

/** What both sides derive a proof from. */
interface Agreed {
  readonly key: Uint8Array;
  readonly transcript: Uint8Array;
}

/** Compares in a time that does not depend on where they differ. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

function derive(key: Uint8Array, salt: Uint8Array, use: string, length: number): Uint8Array {
  return hkdf(sha256, key, salt, utf8ToBytes(`blindjoin/1 ${use}`), length);
}

function words(bits: Uint8Array): string[] {
  let value = bits.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return Array.from({ length: CODE_WORDS }, () => {
    const word = wordlist[Number(value & 2047n)] ?? '';
    value >>= 11n;
    return word;
  });
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

const roleByte = (role: Role): number => (role === 'researcher' ? 1 : 2);

function proofOf(role: Role, { key, transcript }: Agreed): Uint8Array {
  return hmac(sha256, key, concatBytes(Uint8Array.of(roleByte(role)), transcript));
}

/**
 * The one SHA-256 (or stronger) certificate fingerprint of a session description.
 * @throws VerificationError when there is none, or more than one.
 */
export function fingerprintOf(sdp: string | undefined): string {
  const found = [...(sdp ?? '').matchAll(/^a=fingerprint:(sha-(?:256|384|512)) ([0-9A-F:]+)\s*$/gim)];
  const distinct = new Set(found.map(([, hash = '', value = '']) => `${hash} ${value}`.toLowerCase()));
  const [only] = distinct;
  if (only === undefined || distinct.size > 1) throw new VerificationError('failed', false);
  return only;
}

/** The refusal to send to the other side. */
export function refusalFrame(refusal: Refusal): VerificationFrame {
  return { type: 'refusal', bytes: Uint8Array.of(refusals.indexOf(refusal)) };
}

/** One side of the verification of one connection. Pure: frames in, frames out. */
export class Verification {
  private readonly nonce = randomBytes(NONCE_BYTES);
  private hello: Hello | undefined;
  private agreed: Agreed | undefined;

  constructor(private readonly options: VerificationOptions) {}

  /** The first frame to send. */
  start(): VerificationFrame {
    const { role, page, binding } = this.options;
    const bytes = concatBytes(
      Uint8Array.of(VERSION, roleByte(role)),
      page,
      binding?.id ?? new Uint8Array(ID_BYTES),
      sha256(this.nonce),
    );
    return { type: 'hello', bytes };
  }

  /**
   * Takes a frame of the other side: gives the answer to send, or the outcome.
   * @throws VerificationError when the other side is not to be trusted, or refuses.
   */
  take(frame: Frame): VerificationFrame | Verified {
    if (frame.type === 'refusal') throw new VerificationError(refusals[frame.bytes[0] ?? 0] ?? 'failed', true);
    if (frame.type === 'hello' && !this.hello) return this.takeHello(frame.bytes);
    if (frame.type === 'nonce' && this.hello && !this.agreed) return this.takeNonce(frame.bytes, this.hello);
    if (frame.type === 'proof' && this.hello && this.agreed)
      return this.takeProof(frame.bytes, this.hello, this.agreed);
    throw new VerificationError('failed', false);
  }

  private takeHello(bytes: Uint8Array): VerificationFrame {
    const { role, binding, confirmed } = this.options;
    if (bytes[0] !== VERSION) throw new VerificationError('version', false);
    if (bytes.byteLength !== HELLO_BYTES) throw new VerificationError('failed', false);
    if (bytes[1] === roleByte(role)) throw new VerificationError('same-role', false);
    if (bytes[1] !== roleByte(otherRole(role))) throw new VerificationError('failed', false);
    const page = bytes.slice(2, 2 + ID_BYTES);
    const theirs = bytes.subarray(2 + ID_BYTES, 2 + 2 * ID_BYTES);
    const shared = binding !== undefined && equal(binding.id, theirs);
    // A reloaded page has another name; that it is the same, its proof shows, which needs the binding's key.
    if (binding && !shared && (confirmed || !equal(binding.peer, page))) throw new VerificationError('used', false);
    this.hello = { page, commitment: bytes.slice(2 + 2 * ID_BYTES), binding: shared ? binding : undefined };
    return { type: 'nonce', bytes: this.nonce };
  }

  private takeNonce(nonce: Uint8Array, hello: Hello): VerificationFrame {
    const { secret, role, page, local, remote } = this.options;
    if (nonce.byteLength !== NONCE_BYTES || !equal(sha256(nonce), hello.commitment)) {
      throw new VerificationError('failed', false);
    }
    const mine = [page, this.nonce, utf8ToBytes(local)];
    const theirs = [hello.page, nonce, utf8ToBytes(remote)];
    const ordered = role === 'researcher' ? [...mine, ...theirs] : [...theirs, ...mine];
    const transcript = hashParts([LABEL, Uint8Array.of(VERSION), hello.binding?.id ?? new Uint8Array(), ...ordered]);
    const key = hello.binding?.key ?? derive(secret, LABEL, 'first connection', 32);
    this.agreed = { key, transcript };
    return { type: 'proof', bytes: proofOf(role, this.agreed) };
  }

  private takeProof(proof: Uint8Array, hello: Hello, agreed: Agreed): Verified {
    if (!equal(proof, proofOf(otherRole(this.options.role), agreed))) throw new VerificationError('failed', false);
    const { key, transcript } = agreed;
    const binding = hello.binding ?? {
      peer: hello.page,
      id: derive(key, transcript, 'binding', ID_BYTES),
      key: derive(key, transcript, 'later connection', 32),
    };
    return { binding, peer: hello.page, code: words(derive(key, transcript, 'short code', 6)) };
  }
}
