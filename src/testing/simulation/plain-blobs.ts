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

/** A blob of `size` bytes. Throws where the content has no room. */
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

/** Several blobs of which the first holds everything. */
export const blobs = (what: ArrayBufferView, sizes: readonly number[]) =>
  sizes.map((size, i) => blob(i === 0 ? what : nothing, size));

/** A blob of `size` bytes for every ciphertext of a table, so many in a group of bins. */
export const ofTable = ({ bins }: TableShape, each: number, size: number) =>
  new Array<number>((bins / LINKAGE.degree) * each).fill(size);
