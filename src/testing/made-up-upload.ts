import { blockKey, nameBlocks } from '../linking/block-ids.ts';
import type { ClkUpload } from '../linking/clk-upload.ts';

/** Rows that differ in some bits from those of the same place elsewhere. */
export function madeUpUpload(rows: number, party: number, blocked = false): ClkUpload {
  const bytesPerClk = 16;
  const bits = Uint8Array.from({ length: rows * bytesPerClk }, (_, i) => {
    const same = (Math.imul(i + 1, 2654435761) >>> 13) & 0xff;
    return i % 7 === party ? same ^ 1 : same;
  });
  const blocks = Array.from({ length: rows }, (_, row) => [String(row % 5), `x${row % 3}`]);
  return {
    clks: { rows, bits, bytesPerClk },
    blocks: blocked ? nameBlocks(blocks, blockKey('secret')) : undefined,
  };
}
