import { describe, expect, it } from 'vitest';
import { checkRows } from '../../clk/data-check.ts';
import { createEncoder } from '../../clk/encoder.ts';
import { popcountHealth } from '../../clk/popcount-health.ts';
import { popcountStatistics } from '../../clk/popcounts.ts';
import { checkSchema } from '../../clk/schema-reading.ts';
import { guessTruth } from '../../quality/truth.ts';
import { peopleSchema } from '../../sample/people-files.ts';
import { chooseColumns, chosenRows } from '../ui/column-choice.ts';
import { readCsvTable, tableRows } from '../ui/csv-table.ts';
import { makePeople } from './people-files.ts';

describe('generated people', () => {
  it('fit their schema, have a healthy number of bits, and tell who is who', async () => {
    const done: number[] = [];
    const { first, second } = await makePeople(
      { listRows: 1500, dataRows: 1200, overlap: 700, seed: 3 },
      { onProgress: (share) => done.push(share) },
    );
    expect(done.at(-1)).toBe(1);
    const tables = [await readCsvTable('1.csv', first), await readCsvTable('2.csv', second)] as const;
    expect(tables.map(({ rows, raggedRows }) => [rows, raggedRows.count])).toEqual([
      [1500, 0],
      [1200, 0],
    ]);
    expect(tables[0].columns).toEqual(tables[1].columns);
    const schema = peopleSchema();
    expect(checkSchema(schema).problems).toEqual([]);
    for (const table of tables) {
      const rows = [...chosenRows(table, chooseColumns(schema, table))];
      expect(checkRows(schema, rows).problems).toEqual([]);
      const { popcounts } = createEncoder(schema, 'secret').encodeTable(rows);
      expect(popcountHealth(popcountStatistics(popcounts), 1024)[0]?.kind).toBe('info');
    }
    const columns = tables.map((table) => {
      const rows = [...tableRows(table)];
      return table.columns.map((_, i) => rows.map((row) => row[i] ?? ''));
    });
    expect(guessTruth(columns[0] ?? [], columns[1] ?? [])).toEqual({ first: 0, second: 0, pattern: String.raw`\d+` });
  });

  it('stop when they are no longer wanted', async () => {
    const signal = AbortSignal.abort(new Error('no longer wanted'));
    await expect(makePeople({ listRows: 10, dataRows: 10, overlap: 5, seed: 1 }, { signal })).rejects.toThrow(
      'no longer wanted',
    );
  });
});
