import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withheldGroups } from './suppression.ts';

/** All counts that the hidden groups could have, as somebody sees it who knows the total, the table and which are withheld. */
function possible(kinds: readonly ('sealed' | 'withheld')[], total: number, minimum: number): number[][] {
  const [first, ...rest] = kinds;
  if (first === undefined) return total === 0 ? [[]] : [];
  const [low, high] = first === 'sealed' ? [0, Math.min(minimum - 1, total)] : [minimum, total];
  const out: number[][] = [];
  for (let count = low; count <= high; count++) {
    for (const others of possible(rest, total - count, minimum)) out.push([count, ...others]);
  }
  return out;
}

const seen = (counts: readonly number[], minimum: number) => counts.map((c) => (c < minimum ? undefined : c));
const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

describe('withheld groups', () => {
  test('no sealed count follows from the table and the total, unless every group is hidden', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 2, max: 4 }),
        (counts, minimum) => {
          const withheld = withheldGroups(seen(counts, minimum), minimum, total(counts));
          const hidden = counts.flatMap((count, i) => (count < minimum || withheld.has(i) ? [i] : []));
          const kinds = hidden.map((i) => (withheld.has(i) ? 'withheld' : 'sealed'));
          const worlds = possible(kinds, total(hidden.map((i) => counts[i] as number)), minimum);
          expect(worlds).toContainEqual(hidden.map((i) => counts[i]));
          for (const [at, kind] of kinds.entries()) {
            if (kind === 'withheld' || hidden.length === counts.length) continue;
            expect(new Set(worlds.map((world) => world[at])).size).toBeGreaterThan(1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each<[string, number[], number[]]>([
    ['nothing where nothing is sealed', [20, 30], []],
    ['nothing where two sealed counts hide each other', [4, 5, 20, 30], []],
    ['the smallest where one is alone', [4, 40, 12, 30], [2]],
    ['one more where the smallest is at the minimum and the sealed one empty', [0, 10, 30, 40], [1, 2]],
    ['one where all sealed groups are empty', [0, 0, 30, 15], [3]],
    ['one where all sealed groups are one below the minimum', [9, 9, 30, 15], [3]],
    ['nothing where there is nothing left', [4], []],
  ])('%s', (_name, counts, expected) => {
    expect([...withheldGroups(seen(counts, 10), 10, total(counts))]).toEqual(expected);
  });
});
