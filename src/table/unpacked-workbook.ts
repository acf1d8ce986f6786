/** A workbook's archive, unpacked within bounds before anything else looks into it. */
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { oversized } from './sheet-area.ts';

/** Bytes that the parts of a workbook may have together, unpacked: reading them takes ten times as much memory. */
export const MAX_UNPACKED = 256 << 20;

/** Why a workbook is larger than can be read, in words that follow its name. */
export class ArchiveError extends Error {}

/**
 * The same archive with its XML stored as it is, so that the reader of workbooks has nothing to unpack: for large parts that
 * would start workers of its own, which the page's policy forbids, and however large they grew.
 * Memory is bounded by the sizes that the archive states, for each part is unpacked into as many bytes and no more.
 * @throws ArchiveError for what unpacks to more than 256 MiB, and for a sheet that reaches too far; other errors for no archive
 */
export function storedWorkbook(archive: Uint8Array): Uint8Array<ArrayBuffer> {
  let unpacked = 0;
  const parts = unzipSync(archive, {
    filter: ({ name, originalSize }) => {
      if (!/\.(?:xml|rels)$/.test(name)) return false;
      unpacked += originalSize;
      if (unpacked > MAX_UNPACKED) throw new ArchiveError(`unpacks to more than ${MAX_UNPACKED >> 20} MB`);
      return true;
    },
  });
  for (const part of Object.values(parts)) {
    const reason = oversized(strFromU8(part));
    if (reason !== undefined) throw new ArchiveError(reason);
  }
  return zipSync(parts, { level: 0 });
}
