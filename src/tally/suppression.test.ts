import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectEvenCounts } from '../testing/uniformity.ts';
import { type Lot, secretLot, withheldGroups } from './suppression.ts';

type Counts = readonly number[];

const seen = (counts: Counts, minimum: number) => counts.map((count) => (count < minimum ? undefined : count));
const sum = (counts: Counts) => counts.reduce((a, b) => a + b, 0);

/** What is published: open counts, and which groups are hidden. */
const published = (counts: Counts, minimum: number, withheld: ReadonlySet<number>) =>
  counts.map((count, group) => (count < minimum || withheld.has(group) ? 'hidden' : count)).join();

/** All orders of some things. */
function orders(of: Counts): number[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => orders(of.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}

/** Lots with which open groups come in this order. */
const lotsInOrder =
  (order: Counts, counts: Counts): Lot =>
  (group) =>
    Math.exp(-(1 + order.indexOf(group)) / (counts[group] as number));

/** Every table that the rule can publish of these counts. */
function allTables(counts: Counts, minimum: number): Set<string> {
  const open = counts.flatMap((count, group) => (count < minimum ? [] : [group]));
  return new Set(
    orders(open).map((order) => {
      const lot = lotsInOrder(order, counts);
      return published(counts, minimum, withheldGroups(seen(counts, minimum), minimum, sum(counts), lot));
    }),
  );
}

/** All counts of so many groups with this total. */
function countsOf(groups: number, total: number): number[][] {
  if (groups === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) => first).flatMap((first) =>
    countsOf(groups - 1, total - first).map((rest) => [first, ...rest]),
  );
}

describe('the rule inverted', () => {
  it.each([
    [2, 2, 12],
    [3, 2, 12],
    [4, 2, 11],
    [5, 2, 9],
    [2, 3, 16],
    [3, 3, 15],
    [4, 3, 13],
    [3, 4, 16],
    [3, 5, 18],
  ])(
    '%i groups, minimum %i, every total up to %i: over all counts that could have given the table, each hidden one keeps two values below the minimum',
    (groups, minimum, most) => {
      for (let total = 0; total <= most; total++) {
        const worlds = new Map<string, number[][]>();
        for (const counts of countsOf(groups, total)) {
          for (const table of allTables(counts, minimum)) worlds.set(table, [...(worlds.get(table) ?? []), counts]);
        }
        for (const [table, possible] of worlds) {
          const cells = table.split(',');
          // Nobody is left to hide behind: what the total says, it says.
          if (!cells.includes('hidden') || cells.every((cell) => cell === 'hidden')) continue;
          for (const [group, cell] of cells.entries()) {
            if (cell !== 'hidden') continue;
            const values = new Set(possible.map((counts) => counts[group] as number));
            const below = [...values].filter((value) => value < minimum);
            expect(below.length, `group ${group} of ${table}, total ${total}`).toBeGreaterThan(1);
            expect(values.size).toBeGreaterThan(below.length);
          }
        }
      }
    },
  );

  it('at random beyond: the same table comes of counts in which a hidden group has nobody, and in which it has one', () => {
    const shape = fc.record({
      counts: fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 200 })), {
        minLength: 2,
        maxLength: 12,
      }),
      minimum: fc.integer({ min: 2, max: 32 }),
      lots: fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 12, maxLength: 12 }),
    });
    fc.assert(
      fc.property(shape, ({ counts, minimum, lots }) => {
        const withheld = withheldGroups(seen(counts, minimum), minimum, sum(counts), (group) => lots[group] as number);
        const table = published(counts, minimum, withheld);
        const hidden = table.split(',').flatMap((cell, group) => (cell === 'hidden' ? [group] : []));
        if (hidden.length === 0 || hidden.length === counts.length) return;
        const together = sum(hidden.map((group) => counts[group] as number));
        for (const group of hidden) {
          const other = hidden.find((each) => each !== group) as number;
          for (const value of [0, 1]) {
            const world = counts.map((count, i) => {
              if (!hidden.includes(i)) return count;
              return i === group ? value : i === other ? together - value : 0;
            });
            const open = world.flatMap((count, i) => (count < minimum || i === other ? [] : [i]));
            const lot = lotsInOrder([other, ...open], world);
            const again = withheldGroups(seen(world, minimum), minimum, sum(world), lot);
            expect(published(world, minimum, again)).toBe(table);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('3, 10, 10 and 30 of at least 10: the 3 is one of many', () => {
    const values = new Set<number>();
    for (let count = 0; count < 10; count++) {
      if (allTables([count, 13 - count, 10, 30], 10).has('hidden,hidden,10,30')) values.add(count);
      if (allTables([13 - count, count, 10, 30], 10).has('hidden,hidden,10,30')) values.add(13 - count);
    }
    expect([...values].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 10, 11, 12, 13]);
  });
});

describe('what is withheld', () => {
  const always: Lot = () => 0.5;

  it.each<[string, number[], number[]]>([
    ['nothing where nothing is sealed', [20, 30], []],
    ['the likelier the smaller: with equal lots the smallest', [4, 40, 12, 30], [2]],
    ['one where two sealed counts hide each other, too', [4, 5, 20, 30], [2]],
    ['one more where all that is hidden is the minimum', [0, 10, 30, 40], [1, 2]],
    ['nothing where there is nothing left', [4], []],
    ['all where it must be', [0, 10], [1]],
  ])('%s', (_name, counts, expected) => {
    expect([...withheldGroups(seen(counts, 10), 10, sum(counts), always)]).toEqual(expected);
  });

  it('every open group may be it, in proportion to one over its count', () => {
    const counts = [3, 10, 20, 40];
    const times = [0, 0, 0, 0];
    for (let run = 0; run < 7000; run++) {
      const lot = secretLot(Float64Array.of(run, 0.5));
      for (const group of withheldGroups(seen(counts, 10), 10, sum(counts), lot))
        times[group] = (times[group] as number) + 1;
    }
    expect(times[0]).toBe(0);
    // 4 : 2 : 1.
    expectEvenCounts(
      [1, 2, 3].map((group) => ((times[group] as number) * 7 * (counts[group] as number)) / 120),
      'weights',
    );
  });

  it('lots are the same again for the same secret, and others for others', () => {
    const secret = Float64Array.of(1, 2, 3);
    const lotsOf = (of: Float64Array) => [0, 1, 2].map((group) => secretLot(of)(group));
    const lots = lotsOf(secret);
    expect(lotsOf(secret.slice())).toEqual(lots);
    expect(new Set([...lots, ...lotsOf(Float64Array.of(1, 2, 4))]).size).toBe(6);
    for (const lot of lots) expect(lot > 0 && lot < 1).toBe(true);
  });
});
