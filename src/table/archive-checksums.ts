/** Checksums of a zipped file's parts, against what its directory states. */
import { strFromU8, zipSync } from 'fflate';

const [END, ENTRY] = [0x06054b50, 0x02014b50];
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** Bytes of a remark behind the end. */
const MAX_REMARK = 0xffff;
/** In the header of a part. */
const CHECKSUM_AT = 14;

/** What the directory at the end states of each part; nothing where there is no directory of the usual kind. */
function statedChecksums(archive: Uint8Array): Map<string, number> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const stated = new Map<string, number>();
  let end = archive.length - END_BYTES;
  const first = Math.max(0, end - MAX_REMARK);
  while (end >= first && view.getUint32(end, true) !== END) end--;
  if (end < first) return stated;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0 && at + ENTRY_BYTES <= end; left--) {
    if (view.getUint32(at, true) !== ENTRY) break;
    const [name, extra, remark] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const isUtf8 = (view.getUint16(at + 8, true) & 0x800) !== 0;
    stated.set(
      strFromU8(archive.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + name), !isUtf8),
      view.getUint32(at + 16, true),
    );
    at += ENTRY_BYTES + name + extra + remark;
  }
  return stated;
}

/** CRC-32, as the library writes it before a part that it packs. */
function checksum(part: Uint8Array): number {
  const packed = zipSync({ part }, { level: 0 });
  return new DataView(packed.buffer, packed.byteOffset).getUint32(CHECKSUM_AT, true);
}

/** The name of a part that is not what was packed. */
export function damagedPart(archive: Uint8Array, parts: Readonly<Record<string, Uint8Array>>): string | undefined {
  const stated = statedChecksums(archive);
  return Object.entries(parts).find(([name, part]) => {
    const expected = stated.get(name);
    return expected !== undefined && expected !== checksum(part);
  })?.[0];
}
