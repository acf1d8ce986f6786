/** Blobs as SEAL's ciphertexts have: of the same sizes, with their content in the clear. */
import type { Agreement } from '../../agreement/agreement.ts';
import { runSteps } from '../../protocol/steps.ts';
import type { TableShape } from '../../psi/geometry.ts';
import { LINKAGE } from '../../seal/parameters.ts';
import { layTally } from '../../tally/layout.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const empty = new Map<number, Bytes>();

/** A blob without content. One for all who need this size: most of a session's megabytes are such. */
export function emptyBlob(size: number): Bytes {
  const known = empty.get(size) ?? new Uint8Array(size);
  empty.set(size, known);
  return known;
}

/**
 * A blob of `size` bytes.
 * @throws where the content has no room
 */
export function blob(content: ArrayBufferView, size: number): Bytes {
  if (content.byteLength === 0) return emptyBlob(size);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, content.byteLength);
  bytes.set(new Uint8Array(content.buffer, content.byteOffset, content.byteLength), 4);
  return bytes;
}

/** Bytes of a blob that are not padding. */
export function usedBytes(blob: Uint8Array): number {
  return 4 + new DataView(blob.buffer, blob.byteOffset).getUint32(0);
}

/** What a blob holds, and as numbers. */
export const content = (blob: Uint8Array): ArrayBuffer => blob.slice(4, usedBytes(blob)).buffer as ArrayBuffer;
export const numbers = (blob: Uint8Array) => new Float64Array(content(blob));
export const nothing = new Uint8Array();

/** Sizes of the blobs of each step. */
export function sizesOf(agreement: Agreement) {
  const steps = runSteps(agreement, layTally(agreement));
  return {
    keys: {
      linkage: [steps.linkageKeys.blobSizes({})[0] ?? 0, 0],
      tally: steps.tallyKeys.blobSizes({}),
    },
    query: steps.bundleQuery.blobSizes()[0] ?? 0,
    answer: steps.bundleAnswer.blobSizes()[0] ?? 0,
    bits: steps.bits.blobSizes({}),
    sum: steps.sum.blobSizes()[0] ?? 0,
    inverses: steps.inverses.blobSizes({}),
    gate: steps.gate.blobSizes({}),
  };
}

/**
 * Several blobs, filled one after the other.
 * @throws where there is more than they hold
 */
export function blobs(what: ArrayBufferView, sizes: readonly number[]): Bytes[] {
  const all = new Uint8Array(what.buffer, what.byteOffset, what.byteLength);
  let at = 0;
  const filled = sizes.map((size) => {
    const part = all.subarray(at, at + size - 4);
    at += part.length;
    return blob(part, size);
  });
  if (at < all.length) throw new RangeError('there is more than these messages hold');
  return filled;
}

/** What `blobs` put into several. */
export function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + usedBytes(part) - 4, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(4, usedBytes(part)), at);
    at += usedBytes(part) - 4;
  }
  return whole.buffer;
}

export const joinedNumbers = (parts: readonly Uint8Array[]) => new Float64Array(joined(parts));

/** A blob of `size` bytes for every ciphertext of a table, so many in a group of bins. */
export const ofTable = ({ bins }: TableShape, each: number, size: number) =>
  new Array<number>((bins / LINKAGE.degree) * each).fill(size);
