import { expect, it } from 'vitest';
import { testEngine } from '../testing/linkage-engine.ts';
import type { ClkUpload } from './clk-upload.ts';
import { LinkagePool } from './run-pool.ts';

const control = () => ({ signal: new AbortController().signal, onProgress: () => {} });

/** CLKs that repeat after a hundred rows, with a few bits changed. */
function upload(rows: number, party: number): ClkUpload {
  const bytesPerClk = 128;
  const bits = Uint8Array.from({ length: rows * bytesPerClk }, (_, i) => {
    const same = (Math.imul((i % (100 * bytesPerClk)) + 1, 2654435761) >>> 13) & 0xff;
    return i % 11 === party ? same ^ 1 : same;
  });
  return { clks: { rows, bits, bytesPerClk } };
}

it('links three data sets in browser workers', async () => {
  const uploads = [120, 110, 100].map(upload);
  const pool = new LinkagePool(2);
  const pairs = await pool.compare(uploads, 0.9, control());
  expect(pairs).toEqual(await testEngine.compare(uploads, 0.9, control()));
  const groups = await pool.solve(pairs, control());
  expect(new Set(groups.group).size).toBeGreaterThanOrEqual(100);
  const { orders, mask } = await pool.permute(groups, [120, 110, 100], control());
  expect([orders.length, mask.length]).toEqual([3, 100]);
  pool.close();
  await expect(pool.solve(pairs, control())).rejects.toThrow('closed');
});
