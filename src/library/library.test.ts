import { describe, expect, it } from 'vitest';
import { createEncoder } from '../clk/encoder.ts';
import { csvRows } from '../python/csv-rows.ts';
import { peopleCsv, peopleSchema } from '../sample/people-files.ts';
import { blockTable, encodeTable, findCandidates, SchemaError, solveGreedy } from './library.ts';

function rowsOf(kind: 'list' | 'data'): string[][] {
  const [, ...rows] = csvRows([...peopleCsv(kind, { seed: 3, listRows: 40, dataRows: 60, overlap: 30 })].join(''));
  return rows;
}
const ROWS = [rowsOf('list'), rowsOf('data')] as const;

describe('the library', () => {
  it('encodes as the encoder does, under a schema as it is parsed from JSON', () => {
    const schema = JSON.parse(JSON.stringify(peopleSchema()));
    const encoded = encodeTable(ROWS[0], schema, 'secret');
    expect(encoded).toEqual(createEncoder(peopleSchema(), 'secret').encodeTable(ROWS[0]));
    expect(encoded.rows).toBe(40);
  });

  it('finds candidates and groups them, each row once', () => {
    const tables = ROWS.map((rows) => encodeTable(rows, peopleSchema(), 'secret'));
    const groups = solveGreedy(findCandidates(tables, { threshold: 0.8 }));
    expect(groups.length).toBeGreaterThan(20);
    for (const group of groups) expect(group.map(({ dataset }) => dataset)).toEqual([0, 1]);
    const rows = groups.flat().map(({ dataset, record }) => `${dataset} ${record}`);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('compares only rows that share a block', () => {
    const tables = ROWS.map((rows) => encodeTable(rows, peopleSchema(), 'secret'));
    const all = findCandidates(tables, { threshold: 0.8 });
    const blocks = ROWS.map((rows) => rows.map((_, row) => (row % 2 === 0 ? ['even', 'all the even'] : [])));
    const some = findCandidates(tables, { threshold: 0.8, blocks });
    const even = [...all.firstRecord.keys()].filter(
      (i) => (all.firstRecord[i] ?? 1) % 2 === 0 && (all.secondRecord[i] ?? 1) % 2 === 0,
    );
    expect(some.similarities).toEqual(all.similarities.filter((_, i) => even.includes(i)));
  });

  it('blocks by CLKs, and says where they are missing', () => {
    const config = { 'blocking-features': [], Lambda: 3, 'bf-len': 1024, 'num-hash-funcs': 1, K: 10, random_state: 0 };
    const schema = { type: 'lambda-fold', version: 1, config: { ...config, 'input-clks': true } };
    const clks = encodeTable(ROWS[0], peopleSchema(), 'secret');
    const blocks = blockTable(ROWS[0], schema, { clks });
    expect(blocks).toHaveLength(40);
    expect(blocks.every((ids) => ids.length === 3)).toBe(true);
    expect(() => blockTable(ROWS[0], schema)).toThrow(SchemaError);
  });

  it('says all that is wrong with a schema', () => {
    expect(() => encodeTable([], { version: 3 }, 'secret')).toThrow(/clkConfig/);
    expect(() => blockTable([], { type: 'p-sig' })).toThrow(SchemaError);
  });
});
