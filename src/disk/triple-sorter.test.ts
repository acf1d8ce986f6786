import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openFilesIn } from '../testing/open-files.ts';
import { withTemporaryFiles } from './temporary-files.ts';
import { compareTriples } from './triple-runs.ts';
import { TripleSorter } from './triple-sorter.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Triple = [number, number, number];

function listOf(parts: Iterable<Float64Array>): Triple[] {
  const list: Triple[] = [];
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 3) list.push([part[i] ?? 0, part[i + 1] ?? 0, part[i + 2] ?? 0]);
  }
  return list;
}

const inOrder = (triples: readonly Triple[]): Triple[] =>
  triples.toSorted((x, y) => compareTriples(Float64Array.from(x), 0, Float64Array.from(y), 0));

/** Sorted, each once. */
function oracle(triples: readonly Triple[]): Triple[] {
  return inOrder(triples).filter((triple, i, all) => String(triple) !== String(all[i - 1]));
}

it('gives triples in order and once, whatever does not fit into memory', async () => {
  const number = fc.integer({ min: -3, max: 3 }).map((value) => value / 4);
  const triples = fc.array(fc.tuple(number, number, number), { maxLength: 400 });
  const work = (loose: Triple[], runs: Triple[][], held: number) =>
    withTemporaryFiles((files) => {
      const sorter = new TripleSorter({ files, held });
      for (const [a, b, c] of loose) sorter.add(a, b, c);
      for (const run of runs) sorter.addSorted(Float64Array.from(inOrder(run).flat()));
      const sorted = sorter.finish();
      const expected = oracle([...loose, ...runs.flat()]);
      expect(sorted.count).toBe(expected.length);
      expect(listOf(sorted.parts())).toEqual(expected);
      expect(listOf(sorted.parts())).toEqual(expected);
    }, folder);
  await fc.assert(
    fc.asyncProperty(triples, fc.array(triples, { maxLength: 5 }), fc.integer({ min: 1, max: 600 }), work),
    { seed: 1, numRuns: 60 },
  );
});

it('merges more runs than it opens at once, and holds one file', async () => {
  await withTemporaryFiles((files) => {
    const sorter = new TripleSorter({ files, held: 1 });
    const numbers = Array.from({ length: 300 }, (_, i) => (i * 7) % 300);
    for (const number of numbers) sorter.addSorted(Float64Array.of(number, 0, 0));
    const sorted = sorter.finish();
    expect(listOf(sorted.parts()).map(([a]) => a)).toEqual(numbers.toSorted((x, y) => x - y));
    expect([openFilesIn(folder).length, readdirSync(folder)]).toEqual([1, []]);
  }, folder);
  expect(openFilesIn(folder)).toEqual([]);
});
