import { describe, expect, it } from 'vitest';
import type { Perturbation } from '../agreement/agreement.ts';
import { askedFor, STATISTIC_NAMES } from '../agreement/statistics.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { namedStrata, resultRows } from './figures.ts';
import { layTally, type TallyLayout } from './layout.ts';
import { roundCount } from './rounding.ts';
import type { Lot } from './suppression.ts';

/** A table of one payload from -5 with one decimal: each group's count, and sum and squares of its scaled values. */
function table(
  groups: readonly (readonly [number, number, number])[],
  perturbation?: Perturbation,
  {
    strata = 1,
    matches = groups.reduce((total, [count]) => total + count, 0),
    lot = ((_group: number) => 0.5) as Lot,
    statistics = STATISTIC_NAMES,
    /** Smaller counts stay sealed. */
    least = 10,
  } = {},
) {
  const shape = { groups: [groups.length], payloads: 1, dataRows: 500, minimum: 10, complete: true };
  const made = madeUpAgreement({
    ...shape,
    ...(perturbation && { perturbation }),
    ...(strata > 1 && { strata: [strata] }),
  });
  const agreement = { ...made, terms: { ...made.terms, statistics: askedFor(...statistics) } };
  const layout = layTally(agreement);
  const released = layout.released.map((index) => {
    const { cell, kind, limb } = layout.statistics[index] as TallyLayout['statistics'][number];
    const [count, sum, square] = groups[(layout.cells[cell] as TallyLayout['cells'][number]).group] as readonly [
      number,
      number,
      number,
    ];
    if (count < least) return undefined;
    const value = { count, sum, square, check: 0, equality: 0 }[kind];
    return limb === 0 ? value : 0;
  });
  return resultRows(agreement, layout, released, new Array<number>(strata).fill(matches), lot);
}

describe('the released table', () => {
  it('withholds an open group beside a sealed one, figures and all, and does not tell the two apart', () => {
    const rows = table([
      [4, 0, 0],
      [30, 3000, 400_000],
      [12, 1200, 150_000],
      [20, 2000, 250_000],
    ]);
    // Lots are equal here, so it is the smallest.
    expect(rows.map(({ count }) => count)).toEqual([undefined, 30, undefined, 20]);
    const [sealed, open, withheld] = rows.map(({ labels: _, ...row }) => row);
    expect(sealed).toEqual({ count: undefined, payloads: [{ payload: 'payload 1', suppressed: true }] });
    expect(JSON.stringify(withheld)).toBe(JSON.stringify(sealed));
    expect(open?.payloads[0]).toMatchObject({ count: 30, mean: -5 + 10 });
  });

  it('withholds one where two sealed counts hide each other, too, and none under noise', () => {
    const two = table([
      [4, 0, 0],
      [3, 0, 0],
      [12, 1200, 150_000],
      [20, 2000, 250_000],
    ]);
    expect(two.map(({ count }) => count)).toEqual([undefined, undefined, undefined, 20]);
    const noisy = table(
      [
        [4, 0, 0],
        [12, 1200, 150_000],
      ],
      { kind: 'noise', epsilonThousandths: 1000 },
    );
    expect(noisy.map(({ count }) => count)).toEqual([undefined, 12]);
  });

  it('draws another lot in every stratum: which groups are hidden in both tells of neither', () => {
    const groups = [[4, 0, 0], ...Array.from({ length: 4 }, () => [20, 2000, 250_000])] as [number, number, number][];
    // The smallest lot of each stratum's own five falls to another group.
    const rows = table(groups, undefined, { strata: 2, lot: (group) => (group === 2 || group === 9 ? 0.9 : 0.1) });
    const hidden = rows.flatMap(({ count }, i) => (count === undefined ? [i] : []));
    expect(hidden).toEqual([0, 2, 5, 9]);
  });

  it('refuses what cannot be: more people than matched, or a sum beyond what so many can have', () => {
    expect(table([[30, 3000, 400_000]], undefined, { matches: 30 })[0]?.count).toBe(30);
    expect(() => table([[30, 3000, 400_000]], undefined, { matches: 29 })).toThrow('a released count is impossible');
    expect(() => table([[30, 1e8, 400_000]])).toThrow('a released sum of payload 1 is impossible');
    expect(() => table([[30, 3000, 1e9]])).toThrow('a released sum of payload 1 is impossible');
  });

  it('says of a column what is asked for, and nothing else of it', () => {
    const whole = { count: 30, mean: 5, sum: 150, sd: expect.closeTo(5.872, 3) };
    for (const name of STATISTIC_NAMES) {
      const [row] = table([[30, 3000, 400_000]], undefined, { statistics: [name] });
      expect(row?.payloads).toEqual([{ payload: 'payload 1', suppressed: false, [name]: whole[name] }]);
    }
    expect(table([[30, 3000, 400_000]])[0]?.payloads).toEqual([{ payload: 'payload 1', suppressed: false, ...whole }]);
  });

  it('says no mean of nobody and no deviation of one, where noise leaves so few', () => {
    const noise = { kind: 'noise' as const, epsilonThousandths: 1000 };
    const of = (count: number) => table([[count, 8, 64]], noise, { least: -9, matches: 30 })[0]?.payloads[0];
    expect(of(2)).toMatchObject({ count: 2, mean: expect.any(Number), sd: expect.any(Number) });
    expect(of(1)).toMatchObject({ count: 1, mean: expect.any(Number) });
    for (const count of [1, 0]) expect(of(count)).not.toHaveProperty('sd');
    expect(of(0)).not.toHaveProperty('mean');
    for (const count of [0, 1, 2])
      for (const [name, value] of Object.entries(of(count) ?? {}))
        if (typeof value === 'number') expect(Number.isFinite(value), `${name} of ${count}`).toBe(true);
  });

  it('rounds counts to the base, the rest to the decimals of the values, and lets sum over mean be the rounded count', () => {
    const [row] = table([[13, 1234, 150_000]], { kind: 'rounding', base: 5 });
    // 1234 / 13 / 10 - 5 = 4.492...: the exact mean would tell that it was divided by 13.
    expect(row?.count).toBe(15);
    expect(row?.payloads[0]).toMatchObject({ count: 15, mean: 4.5, sum: 67.5 });
    expect(String(row?.payloads[0]?.sd)).toMatch(/^\d+(\.\d)?$/);
  });

  it('withholds by exact counts before it rounds', () => {
    const rows = table(
      [
        [4, 0, 0],
        [14, 1400, 150_000],
        [13, 1300, 150_000],
      ],
      { kind: 'rounding', base: 10 },
    );
    expect(rows.map(({ count }) => count)).toEqual([undefined, 10, undefined]);
  });
});

it('counts go to the nearest multiple, halves up', () => {
  expect([0, 1, 2, 3, 4, 5].map((count) => roundCount(count, 3))).toEqual([0, 0, 3, 3, 3, 6]);
  expect([12, 13, 17, 18].map((count) => roundCount(count, 5))).toEqual([10, 15, 15, 20]);
  expect([14, 15, 24, 25].map((count) => roundCount(count, 10))).toEqual([10, 20, 20, 30]);
});

it('rows bear the names of the researcher’s groups table by table, each of which has groups of its own', () => {
  const column = (name: string, labels: string[]) => ({ name, labels });
  const rows = (groups: string[], table?: number) =>
    [0, 1, 2, 3].flatMap((stratum) =>
      groups.map((group) => ({
        ...(table !== undefined && { table }),
        labels: [group],
        count: stratum,
        payloads: [],
      })),
    );
  const columns = [column('arm', ['a', 'b']), column('sex', ['f', 'm'])];
  const names = [
    ['a', 'f'],
    ['a', 'm'],
    ['b', 'f'],
    ['b', 'm'],
  ];
  for (const all of [rows(['North', 'South']), [...rows(['x', 'y', 'z'], 0), ...rows(['(all)'], 1)]]) {
    const named = namedStrata(all, columns);
    expect(named.map(({ strata: _, ...row }) => row)).toEqual(all);
    for (const { strata, count } of named) expect(strata).toEqual(names[count as number]);
  }
});
