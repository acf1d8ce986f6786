import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEncoder } from '../clk/encoder.ts';
import { checkSchema } from '../clk/schema-reading.ts';
import { csvRows } from '../python/csv-rows.ts';
import { diceOf, qualityRows } from './linkage-quality.ts';
import { linkPairs } from './pair-linkage.ts';
import { personNames } from './truth.ts';

const clks = (...bytes: readonly number[]) => ({ rows: bytes.length, bytesPerClk: 1, bits: Uint8Array.from(bytes) });

describe('linkPairs', () => {
  it('lists candidates by similarity and links each row once', () => {
    const first = clks(0b1111, 0b0111, 0);
    const second = clks(0b0111, 0b1111, 0);
    const { candidates, linked } = linkPairs(first, second, 0.5);
    expect([...candidates.similarity]).toEqual([1, 1, 6 / 7, 6 / 7]);
    expect([...candidates.first]).toEqual([0, 1, 0, 1]);
    expect([...candidates.second]).toEqual([1, 0, 0, 1]);
    expect([...linked.first]).toEqual([0, 1]);
    candidates.similarity.forEach((similarity, i) => {
      expect(similarity).toBe(diceOf(first, second, candidates.first[i] ?? 0, candidates.second[i] ?? 0));
    });
  });

  it('refuses CLKs of different lengths', () => {
    expect(() => linkPairs(clks(1), { rows: 1, bytesPerClk: 2, bits: new Uint8Array(2) }, 0.5)).toThrow('one schema');
  });
});

const folder = new URL('../../../shared/vectors/', import.meta.url);

const linkageSets = z.object({
  sets: z.array(z.object({ data: z.string(), schema: z.unknown(), secret: z.string() })),
});

describe.skipIf(!existsSync(new URL('full_sets.json', folder)))('FEBRL 4', () => {
  it('links as anonlink does, at every threshold', { timeout: 60_000 }, () => {
    const { sets } = linkageSets.parse(JSON.parse(readFileSync(new URL('full_sets.json', folder), 'utf8')));
    const [first, second] = ['febrl4a.csv.gz', 'febrl4b.csv.gz'].map((data) => {
      const set = sets.find((candidate) => candidate.data === data);
      const { schema } = checkSchema(set?.schema);
      if (!set || !schema) throw new Error(`the vectors have ${data}`);
      const text = gunzipSync(readFileSync(new URL(`data/${data}`, folder))).toString('utf8');
      const rows = [...csvRows(text)].slice(1);
      const people = personNames(
        rows.map(([id]) => id ?? ''),
        String.raw`\d+`,
      );
      return { clks: createEncoder(schema, set.secret).encodeTable(rows), people };
    });
    if (!first || !second) throw new Error('there are two files');
    const { candidates, linked } = linkPairs(first.clks, second.clks, 0.72);
    expect(candidates.similarity.length).toBe(6_612_851);
    const rows = qualityRows(
      linked,
      { first: first.people, second: second.people },
      5000,
      [0.72, 0.75, 0.8, 0.85, 0.9],
    );
    expect(rows.map(({ found, correct }) => [found, correct])).toEqual([
      [4998, 4998],
      [4993, 4993],
      [4962, 4962],
      [4652, 4652],
      [4051, 4051],
    ]);
  });
});
