/** Reading and writing all of some bytes, where the system may take fewer at a time. */
import { readSync, writeSync } from 'node:fs';

export function writeWhole(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

/**
 * Fills `bytes` from a file.
 * @param position where to read; null for where the last reading ended
 * @throws when the file ends before
 */
export function readWhole(handle: number, bytes: Uint8Array, position: number | null): void {
  for (let got = 0; got < bytes.length; ) {
    const length = readSync(handle, bytes, got, bytes.length - got, position === null ? null : position + got);
    if (length === 0) throw new Error('A temporary file was cut short while it was read. Is the disk full?');
    got += length;
  }
}
