import { md5, sha1 } from '@noble/hashes/legacy.js';
import { t } from '../words/translate.ts';
import { BlockingError } from './blocks.ts';

/** Of bytes as a whole number, the first of them highest. */
export function remainder(bytes: Uint8Array, modulus: number): number {
  let rest = 0;
  for (const byte of bytes) rest = (rest * 256 + byte) % modulus;
  return rest;
}

const utf8 = new TextEncoder();

/**
 * The positions that a text sets in a Bloom filter, by double hashing with SHA-1 and MD5 without a key, in the order in
 * which they are set, repeats included.
 * @param length bits of the filter
 * @param hashes number of hash functions
 */
export function blockPositions(text: string, length: number, hashes: number): number[] {
  const bytes = utf8.encode(text);
  const start = remainder(sha1(bytes), length);
  const step = remainder(md5(bytes), length);
  return Array.from({ length: hashes }, (_, i) => (start + i * step) % length);
}

/** Bits of a filter, so that two positions fit into one exact number. */
const MAX_LENGTH = 2 ** 26;
/** Hash functions, and tables of lambda-fold: memory holds as many for each record. */
const MAX_COUNT = 2 ** 16;

/** @throws BlockingError when a number of a schema is more than memory or time allow */
export function requireAtMost(option: string, value: number, most = MAX_COUNT): void {
  if (value > most)
    throw new BlockingError(
      t('{{option}} is {{value}}, and may be at most {{most}}. Make it smaller.', { option, value, most }),
    );
}

/**
 * Checks that a schema's filter sets bits at all, and can be held.
 * @throws BlockingError when it has no bits or no hash functions, so that all blocks would be one, or too many
 */
export function requireFilter(length: number, hashes: number): void {
  if (length < 1)
    throw new BlockingError(
      t('bf-len is {{length}}, so there are no bits to block by. Make it 1 or more.', { length }),
    );
  if (hashes < 1) {
    throw new BlockingError(
      t('The number of hash functions is {{hashes}}, so all records would be in one block. Make it 1 or more.', {
        hashes,
      }),
    );
  }
  requireAtMost('bf-len', length, MAX_LENGTH);
  requireAtMost(t('The number of hash functions'), hashes);
}
