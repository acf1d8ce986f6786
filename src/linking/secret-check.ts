/**
 * Do two providers have the same linkage secret? A password-authenticated key exchange between them, which the linkage
 * unit carries: CPace (draft-irtf-cfrg-cpace) over ristretto255 with confirmation of the key by HMAC-SHA256. What crosses
 * tells nothing about the secret to whoever only carries it; whoever puts in shares of their own tests one guess in one
 * exchange. {@link SecretChecks} limits exchanges.
 */

import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { concatBytes, equalBytes } from '@noble/curves/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { LinkingError } from './linking-error.ts';

/** Bytes of a share, and of a proof. */
export const CHECK_BYTES = 32;
const GENERATOR = 'blindjoin/1 secret check generator';
const KEY = 'blindjoin/1 secret check key';

export type CheckRole = 'initiator' | 'responder';

/** What both sides must have in common besides the secret: who they are, the project, and which exchange it is. */
export interface CheckContext {
  /** Digest of the project, and with it of its schemas. */
  readonly project: string;
  /** Numbers of the providers, from 1. */
  readonly initiator: number;
  readonly responder: number;
  readonly round: number;
}

/** Each part behind its length, so that no two lists of parts give the same bytes. */
function framed(...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...parts.flatMap((part) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, part.byteLength);
      return [length, part];
    }),
  );
}

function contextBytes({ project, initiator, responder, round }: CheckContext): Uint8Array {
  return framed(...[project, String(initiator), String(responder), String(round)].map(utf8ToBytes));
}

/** A uniform scalar: 64 bytes reduced by the order of the group. */
function randomScalar(): bigint {
  const { Fn } = ristretto255.Point;
  return Fn.create(randomBytes(64).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n));
}

function readShare(bytes: Uint8Array): InstanceType<typeof ristretto255.Point> {
  try {
    const share = ristretto255.Point.fromBytes(bytes);
    // The identity would make the same key from every secret.
    if (!share.is0()) return share;
  } catch {
    // Not the encoding of a point: refused below as well.
  }
  throw new LinkingError('A share of the comparison of secrets is none');
}

/** One side of one exchange; used once. */
export class SecretCheck {
  readonly #scalar = randomScalar();
  /** 32 bytes for the other side. */
  readonly share: Uint8Array;

  readonly #context: CheckContext;
  readonly #role: CheckRole;

  constructor(secret: string, context: CheckContext, role: CheckRole) {
    this.#context = context;
    this.#role = role;
    const input = framed(utf8ToBytes(secret), contextBytes(context));
    this.share = ristretto255_hasher.hashToCurve(input, { DST: GENERATOR }).multiply(this.#scalar).toBytes();
  }

  /**
   * The proofs of both sides, which are as expected only where both secrets are the same.
   * @param theirs the other side's share, 32 bytes
   * @returns 32 bytes to send, and 32 to expect
   * @throws LinkingError when the share is none
   */
  proofs(theirs: Uint8Array): { readonly own: Uint8Array; readonly expected: Uint8Array } {
    const common = readShare(theirs).multiply(this.#scalar).toBytes();
    const shares = this.#role === 'initiator' ? [this.share, theirs] : [theirs, this.share];
    const key = sha256(framed(utf8ToBytes(KEY), contextBytes(this.#context), common, ...shares));
    const proof = (role: CheckRole) => hmac(sha256, key, utf8ToBytes(role));
    const [initiator, responder] = [proof('initiator'), proof('responder')];
    return this.#role === 'initiator'
      ? { own: initiator, expected: responder }
      : { own: responder, expected: initiator };
  }
}

/** Compares proofs in constant time. */
export function sameProof(proof: Uint8Array, expected: Uint8Array): boolean {
  return proof.byteLength === CHECK_BYTES && equalBytes(proof, expected);
}
