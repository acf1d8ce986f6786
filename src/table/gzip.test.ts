import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `Zoë${from + i},${from + i}\n`).join('');
const HEADER = 'name,age\n';
const TEXT = `${HEADER}${rows(0, 1000)}`;
const PACKED = gzipSync(TEXT);
/** Behind one another, in pieces as a stream may cut them. */
const joined = (...members: readonly Uint8Array[]) => new Blob(members.map((bytes) => new Uint8Array(bytes)));

async function ages(file: Blob) {
  const { table } = await readTable(file, 'people.csv.gz');
  return { columns: table.columns, ages: Array.from(table.values(1), Number) };
}
const upTo = (end: number) => ({ columns: ['name', 'age'], ages: Array.from({ length: end }, (_, i) => i) });

describe('CSV that is packed', () => {
  it.each<[string, Blob, number]>([
    ['in one piece', joined(PACKED), 1000],
    ['in two members', joined(PACKED, gzipSync(rows(1000, 1500))), 1500],
    [
      'in many small members',
      joined(gzipSync(HEADER), ...Array.from({ length: 300 }, (_, i) => gzipSync(rows(7 * i, 7 * i + 7)))),
      2100,
    ],
    ['in large members', joined(gzipSync(`${HEADER}${rows(0, 60_000)}`), gzipSync(rows(60_000, 90_000))), 90_000],
    ['with an empty member', joined(PACKED, gzipSync(''), gzipSync(rows(1000, 1001))), 1001],
    ['with zeros behind it', joined(PACKED, new Uint8Array(5000)), 1000],
    ['with a byte order mark inside', joined(gzipSync(`\ufeff${TEXT}`)), 1000],
    [
      'with byte order marks in both members',
      joined(gzipSync(`\ufeff${TEXT}`), gzipSync(`\ufeff${rows(1000, 1010)}`)),
      1010,
    ],
    ['in UTF-16', joined(gzipSync(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))), 1000],
  ])('is read: %s', async (_, file, end) => expect(await ages(file)).toEqual(upTo(end)));

  const changed = (at: number) => {
    const bytes = new Uint8Array(PACKED);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    return bytes;
  };
  it.each<[string, Blob, RegExp]>([
    ['cut off', joined(PACKED.subarray(0, -4)), /cut off or damaged/],
    ['cut off in its head', joined(PACKED.subarray(0, 5)), /cut off or damaged/],
    ['cut off in its second member', joined(PACKED, PACKED.subarray(0, 3)), /cut off or damaged/],
    ['changed', joined(changed(500)), /cut off or damaged/],
    ['another than it was by its sum', joined(changed(PACKED.length - 6)), /cut off or damaged/],
    ['followed by something else', joined(PACKED, new TextEncoder().encode('name,age')), /cut off or damaged/],
    [
      'a workbook',
      joined(gzipSync(Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2))),
      /is a workbook or another zipped file that is packed once more/,
    ],
    ['packed twice', joined(gzipSync(PACKED)), /is a compressed file \(\.gz\)/],
    ['nothing', joined(gzipSync('')), /is empty/],
    ['millions of zeros', joined(gzipSync(new Uint8Array(1 << 20))), /does not hold text/],
  ])('is refused: %s', async (_, file, message) => {
    await expect(ages(file)).rejects.toThrow(message);
  });
});
