import { describe, expect, it } from 'vitest';
import { checkInWorkers, encodeInWorkers } from './clk-pool.ts';
import { type ClkWorkerApi, createClkWorker } from './clk-worker.ts';
import { checkRows } from './data-check.ts';
import { createEncoder } from './encoder.ts';
import type { LinkageSchema } from './linkage-schema.ts';
import { popcountStatistics } from './popcounts.ts';

const schema: LinkageSchema = {
  version: 3,
  clkConfig: { l: 128, kdf: { type: 'HKDF' } },
  features: [
    {
      identifier: 'age',
      format: { type: 'integer' },
      hashing: { comparison: { type: 'ngram', n: 2, positional: true }, strategy: { bitsPerFeature: 20 } },
    },
  ],
};
const rows = Array.from({ length: 1003 }, (_, i) => [String(i * 7)]);

/** Workers that answer out of order. */
async function workers(count: number): Promise<ClkWorkerApi[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const worker = createClkWorker();
      await worker.prepare(schema, 'secret');
      return {
        ...worker,
        encode: async (part, first) => {
          await new Promise((resolve) => setTimeout(resolve, i === 0 ? 5 : 0));
          return worker.encode(part, first);
        },
      };
    }),
  );
}

describe('encodeInWorkers', () => {
  it('keeps the order of rows and reports statistics as it goes', async () => {
    const seen: number[] = [];
    const table = await encodeInWorkers(await workers(3), rows, {
      rowsAtATime: 100,
      onProgress: (done, { count }) => seen.push(done - count),
    });
    const expected = createEncoder(schema, 'secret').encodeTable(rows);
    expect(table).toEqual(expected);
    expect(seen).toEqual(new Array(11).fill(0));
    expect(popcountStatistics(table.popcounts)).toMatchObject({ count: 1003 });
  });

  it('fails with the first row that failed', async () => {
    const broken = rows.map((row, i) => (i === 150 || i === 260 ? ['x'] : row));
    const run = encodeInWorkers(await workers(3), broken, { rowsAtATime: 100 });
    await expect(run).rejects.toMatchObject({ row: 150, column: 'age', clkhash: "Invalid integer. Read 'x'." });
  });

  it('stops when told to', async () => {
    const run = encodeInWorkers(await workers(2), rows, { signal: AbortSignal.abort(new Error('stop')) });
    await expect(run).rejects.toThrow('stop');
  });

  it('encodes a table without rows', async () => {
    expect(await encodeInWorkers(await workers(1), [])).toMatchObject({ rows: 0, bytesPerClk: 0 });
  });
});

describe('checkInWorkers', () => {
  it('finds what one check of all rows finds', async () => {
    const broken = rows.map((row, i) => (i % 50 === 3 ? ['x', 'y'] : i % 70 === 1 ? [''] : row));
    const report = await checkInWorkers(await workers(3), broken, { rowsAtATime: 90, limit: 10 });
    expect(report).toEqual(checkRows(schema, broken, { limit: 10 }));
  });
});
