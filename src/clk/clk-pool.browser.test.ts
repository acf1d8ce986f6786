import { describe, expect, it } from 'vitest';
import { csvRows } from '../python/csv-rows.ts';
import { clksToBase64 } from './clk-file.ts';
import { ClkPool } from './clk-pool.ts';
import generated from './fixtures/clks.json' with { type: 'json' };
import { checkSchema } from './schema-reading.ts';

describe('a pool of browser workers', () => {
  it('gives the CLKs of clkhash and errors with their row', async () => {
    const entry = generated.cases.find(({ name }) => name === 'formats');
    const { schema } = checkSchema(entry?.schema);
    if (!entry || !schema || typeof entry.secret !== 'string') throw new Error('the fixture has this case');
    const rows = [...csvRows(entry.csv)].slice(1);
    const pool = await ClkPool.open(schema, entry.secret, 2);
    try {
      const table = await pool.encode(rows, { rowsAtATime: 3 });
      expect(clksToBase64(table)).toEqual(entry.clks);
      expect(await pool.check(rows)).toMatchObject({ total: 0, rows: rows.length });
      await expect(pool.encode([...rows, []])).rejects.toMatchObject({ row: rows.length });
    } finally {
      pool.close();
    }
  });
});
