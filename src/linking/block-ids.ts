/**
 * Blocks under names that only providers could make. A p-sig block id follows from parts of names and dates without any
 * key, so that whoever sees it can try names; the linkage unit therefore sees an HMAC of it under a key that providers
 * derive from the linkage secret. Equal blocks stay equal, which is all that comparing needs.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { t } from '../words/translate.ts';
import { BLOCK_BYTES, type RowBlocks } from './clk-upload.ts';
import { LinkingError } from './linking-error.ts';
import { MAX_BLOCKS_PER_ROW } from './messages.ts';

/** The key of block names, 32 bytes, from the linkage secret. */
export function blockKey(secret: string): Uint8Array {
  return hkdf(sha256, utf8ToBytes(secret), undefined, utf8ToBytes('blindjoin/1 block names'), 32);
}

/**
 * Block ids of rows under their names in a room.
 * @param blocks block ids of each row
 * @throws LinkingError when a row is in too many blocks
 */
export function nameBlocks(blocks: readonly (readonly string[])[], key: Uint8Array): RowBlocks {
  const counts = new Uint16Array(blocks.length);
  const total = blocks.reduce((sum, ids) => sum + ids.length, 0);
  const ids = new Uint8Array(total * BLOCK_BYTES);
  const keyed = hmac.create(sha256, key);
  const names = new Map<string, Uint8Array>();
  let at = 0;
  blocks.forEach((ofRow, row) => {
    if (ofRow.length > MAX_BLOCKS_PER_ROW) {
      throw new LinkingError(
        t('Row {{row}} is in {{blocks}} blocks; at most {{most}} are possible. Choose another blocking schema.', {
          row: row + 1,
          blocks: ofRow.length,
          most: MAX_BLOCKS_PER_ROW,
        }),
      );
    }
    counts[row] = ofRow.length;
    for (const id of ofRow) {
      let name = names.get(id);
      if (name === undefined) {
        name = keyed.clone().update(utf8ToBytes(id)).digest().subarray(0, BLOCK_BYTES);
        names.set(id, name);
      }
      ids.set(name, at);
      at += BLOCK_BYTES;
    }
  });
  return { counts, ids };
}

/** Blocks as numbers from 0 that mean the same in all data sets: `ids[starts[row]]` up to `starts[row + 1]`. */
export interface NumberedBlocks {
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** Numbers the blocks of several data sets. */
export function numberBlocks(sets: readonly RowBlocks[]): NumberedBlocks[] {
  const numbers = new Map<bigint, number>();
  return sets.map(({ counts, ids }) => {
    const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
    const starts = new Uint32Array(counts.length + 1);
    counts.forEach((count, row) => {
      starts[row + 1] = (starts[row] ?? 0) + count;
    });
    const numbered = new Uint32Array(ids.byteLength / BLOCK_BYTES);
    for (let i = 0; i < numbered.length; i++) {
      const name = view.getBigUint64(i * BLOCK_BYTES);
      let number = numbers.get(name);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(name, number);
      }
      numbered[i] = number;
    }
    return { starts, ids: numbered };
  });
}
