/** How usual the characters of a text in an East Asian encoding are. */
import type { CsvEncoding } from './encodings.ts';

type Range = readonly [from: number, to: number];

/** First bytes of characters in daily use: each of these standards has the usual ideographs first, then the rare ones. */
const USUAL: Readonly<Partial<Record<CsvEncoding, readonly Range[]>>> = {
  gb18030: [[0xb0, 0xd7]],
  big5: [[0xa4, 0xc6]],
  shift_jis: [
    [0x82, 0x83],
    [0x88, 0x98],
  ],
  'euc-jp': [
    [0xa4, 0xa5],
    [0xb0, 0xcf],
  ],
  'euc-kr': [[0xb0, 0xc8]],
};

/** Share (0 to 1) of characters of two bytes that are rare; undefined for encodings that have none. */
export function rareShare(bytes: Uint8Array, encoding: CsvEncoding): number | undefined {
  const usual = USUAL[encoding];
  if (usual === undefined) return undefined;
  let characters = 0;
  let rare = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x81) continue;
    characters++;
    if (!usual.some(([from, to]) => lead >= from && lead <= to)) rare++;
    i++;
  }
  return characters === 0 ? 1 : rare / characters;
}
