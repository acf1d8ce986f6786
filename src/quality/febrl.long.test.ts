import { expect, it } from 'vitest';
import { FULL_SETS, fullSet } from '../testing/full-sets.ts';
import { qualityRows } from './linkage-quality.ts';
import { linkPairs } from './pair-linkage.ts';
import { personNames } from './truth.ts';

it.skipIf(!FULL_SETS)('FEBRL 4 links as anonlink does, at every threshold', () => {
  const [first, second] = (['febrl4a.csv.gz', 'febrl4b.csv.gz'] as const).map((data) => {
    const { rows, clks } = fullSet(data);
    const ids = rows.map(([id = '']) => id);
    return { clks, people: personNames(ids, String.raw`\d+`) };
  });
  if (!first || !second) throw new Error('there are two files');
  const { candidates, linked } = linkPairs(first.clks, second.clks, 0.72);
  expect(candidates.similarity.length).toBe(6_612_851);
  const people = { first: first.people, second: second.people };
  const rows = qualityRows(linked, people, 5000, [0.72, 0.75, 0.8, 0.85, 0.9]);
  expect(rows.map(({ found, correct }) => [found, correct])).toEqual([
    [4998, 4998],
    [4993, 4993],
    [4962, 4962],
    [4652, 4652],
    [4051, 4051],
  ]);
});
