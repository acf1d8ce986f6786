import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import { createCryptoRandom, placeRows } from './permutations.ts';
import type { RecordGroups } from './record-groups.ts';

function recordGroups(groups: readonly (readonly (readonly [dataset: number, record: number])[])[]): RecordGroups {
  const flat = groups.flatMap((members, group) => members.map(([dataset, record]) => ({ group, dataset, record })));
  return {
    group: Uint32Array.from(flat, ({ group }) => group),
    dataset: Uint16Array.from(flat, ({ dataset }) => dataset),
    record: Uint32Array.from(flat, ({ record }) => record),
  };
}

interface HandMade {
  readonly groups: readonly (readonly (readonly [dataset: number, record: number])[])[];
  readonly sizes: readonly number[];
  readonly permutations: readonly (readonly number[])[];
  readonly rows: number;
  readonly mask: readonly number[];
}

/** Sizes, and how many people each first few rows of which all parties have, rows counted from the end in odd parties. */
const cases = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 5 })
  .chain((sizes) => fc.record({ sizes: fc.constant(sizes), people: fc.nat(Math.min(...sizes)), seed: fc.nat() }))
  .map(({ sizes, people, seed }) => ({
    sizes,
    seed,
    groups: Array.from({ length: people }, (_, person) =>
      sizes.map((size, party) => [party, party % 2 === 0 ? person : size - 1 - person] as const),
    ),
  }));

const rising = (length: number) => Array.from({ length }, (_, i) => i);

describe('placeRows', () => {
  it('gives what the entity service promises', () => {
    fc.assert(
      fc.property(cases, ({ sizes, groups, seed }) => {
        const { orders, mask } = placeRows(recordGroups(groups), sizes, seededRandom([seed]).below);
        expect(mask).toHaveLength(Math.min(...sizes));
        expect(mask.filter((is) => is === 1)).toHaveLength(groups.length);
        expect(mask.filter((is) => is > 1)).toHaveLength(0);
        orders.forEach((order, party) => {
          expect([...order].sort((a, b) => a - b)).toEqual(rising(sizes[party] ?? 0));
        });
        for (const members of groups) {
          const places = new Set(members.map(([party, row]) => orders[party]?.[row] ?? -1));
          expect(places.size).toBe(1);
          for (const place of places) expect(mask[place]).toBe(1);
        }
      }),
    );
  });

  it('leaves out of the mask people whom not all parties have, or one has twice', () => {
    const groups = recordGroups([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 1],
        [1, 1],
        [2, 0],
      ],
      [
        [0, 2],
        [0, 3],
        [2, 1],
      ],
    ]);
    const { orders, mask } = placeRows(groups, [5, 4, 3]);
    expect(mask.reduce((sum, is) => sum + is, 0)).toBe(1);
    expect(mask[orders[2]?.[0] ?? -1]).toBe(1);
    expect(new Set([orders[0]?.[1], orders[1]?.[1], orders[2]?.[0]]).size).toBe(1);
  });

  it.skipIf(!hasVectors)('agrees with the hand-made answer of the entity service about what is matched', () => {
    const { groups, sizes, permutations, rows, mask } = readVectors<{ hand_made_check: HandMade }>(
      'entity_service_formats.json',
    ).hand_made_check;
    const placed = placeRows(recordGroups(groups), sizes);
    const check = (orders: readonly ArrayLike<number>[], marks: ArrayLike<number>) => {
      expect(marks).toHaveLength(rows);
      for (const members of groups) {
        const places = members.map(([party, row]) => orders[party]?.[row] ?? -1);
        expect(new Set(places).size).toBe(1);
        expect(marks[places[0] ?? -1]).toBe(1);
      }
      expect(Array.from(marks).filter((mark) => mark === 1)).toHaveLength(groups.length);
    };
    check(permutations, mask);
    check(placed.orders, placed.mask);
  });

  it('puts a row everywhere equally often', () => {
    const counts = new Array<number>(4).fill(0);
    const groups = recordGroups([
      [
        [0, 1],
        [1, 2],
      ],
    ]);
    for (let i = 0; i < 4000; i++) {
      const place = placeRows(groups, [4, 6]).orders[0]?.[1] ?? -1;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });

  it('refuses groups of other rows', () => {
    const refuse = (member: readonly [number, number]) => () => placeRows(recordGroups([[member, [1, 0]]]), [3, 3]);
    expect(refuse([0, 3])).toThrow('row 3 of party 0, which has 3 rows');
    expect(refuse([2, 0])).toThrow('party 2; there are 2');
  });
});

it('draws numbers below the bound', () => {
  const below = createCryptoRandom();
  for (const bound of [1, 2, 3, 7, 2 ** 31 + 1, 2 ** 32]) {
    for (let i = 0; i < 50; i++) expect(below(bound)).toBeLessThan(bound);
  }
});
