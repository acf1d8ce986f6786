/** No sum or difference of what several tables release is over fewer than the minimum who are not nobody. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MissingValues } from '../agreement/agreement.ts';
import type { TablePlan } from '../agreement/tables.ts';
import { seededRandom } from '../keys/random.ts';
import { madeUpAgreement, madeUpSlots } from '../testing/made-up-tally.ts';
import { blockStart, layTally, type TallyLayout, type TallyStatistic } from './layout.ts';
import { drawPads } from './pads.ts';
import { StatisticVectors, type TallyRows } from './statistic-vectors.ts';

const SIZES = [3, 2];
/** By one column, by the other, by both, and everybody together. */
const GROUPINGS = [[0], [1], [0, 1], []];

interface Case {
  readonly groupings: readonly number[];
  readonly payloads: number;
  readonly minimum: number;
  readonly rows: number;
  readonly missing: number;
  readonly missingValues: MissingValues;
  /** How often the second column follows from the first. */
  readonly follows: number;
  readonly seed: number;
}

function madeUp({ groupings, payloads, minimum, rows: count, missing, missingValues, follows, seed }: Case) {
  const draw = seededRandom([seed]).unit;
  const all = Array.from({ length: payloads }, (_, i) => i);
  const tables = groupings.map(
    (i, place): TablePlan => ({
      groups: GROUPINGS[i] ?? [],
      payloads: place === 0 ? all : all.filter(() => draw() < 0.7),
    }),
  );
  const shape = { groups: SIZES, payloads, dataRows: 400, minimum, missingValues, strata: [2], tables };
  const agreement = madeUpAgreement(shape);
  const layout = layTally(agreement);
  const first = Uint16Array.from({ length: count }, () => Math.floor(3 * draw() ** 1.5));
  const second = first.map((label) => (draw() < follows ? Math.min(label, 1) : draw() < 0.7 ? 0 : 1));
  const rows: TallyRows = {
    groups: [first, second],
    payloads: all.map(() => Float64Array.from({ length: count }, () => (draw() < missing ? Number.NaN : 7))),
    ...madeUpSlots(count, layout.slots),
  };
  const strata = Array.from({ length: count }, () => (draw() < 0.6 ? 0 : 1));
  return { agreement, layout, rows, strata };
}

/** For each cell of a stratum, whether each of the stratum's rows is in it, as the owner's vectors have it. */
function membersOf(
  { agreement, layout, rows, strata }: ReturnType<typeof madeUp>,
  stratum: number,
): (readonly number[])[] {
  const pads = drawPads(layout);
  const vectors = new StatisticVectors(agreement, layout, rows);
  return layout.cells.map((of, cell) => {
    if (of.stratum !== stratum) return [];
    const count = layout.statistics.find((s) => s.cell === cell && s.kind === 'count') as TallyStatistic;
    const [vector] = vectors.answerVectors(count.answer, pads) as [Float64Array];
    const from = blockStart(layout, count.block);
    return strata.flatMap((own, row) =>
      own === stratum ? [vector[from + (rows.slotOf[row] as number)] as number] : [],
    );
  });
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

/** The different sets of rows that opened figures of a stratum are over. */
function openedSets(
  layout: TallyLayout,
  members: readonly (readonly number[])[],
  stratum: number,
): (readonly number[])[] {
  const open = layout.released.flatMap((index) => {
    const { cell } = layout.statistics[index] as TallyStatistic;
    const passes = layout.conditions[cell]?.every(({ cell: compared, from }) => {
      const people = total(members[compared] as readonly number[]);
      return people >= layout.minimum || people < from;
    });
    return passes && layout.cells[cell]?.stratum === stratum ? [members[cell] as readonly number[]] : [];
  });
  const sets = [...new Map(open.map((set) => [set.join(), set])).values()];
  return sets.filter((set) => set.includes(1));
}

/** Rows that are in the same sets count as one: its members, and how many there are. */
function kindsOf(
  sets: readonly (readonly number[])[],
): { readonly inSets: readonly number[]; readonly rows: number }[] {
  const kinds = new Map<string, { inSets: readonly number[]; rows: number }>();
  for (const row of sets[0]?.keys() ?? []) {
    const inSets = sets.map((set) => set[row] as number);
    const known = kinds.get(inSets.join());
    kinds.set(inSets.join(), { inSets, rows: (known?.rows ?? 0) + 1 });
  }
  return [...kinds.values()];
}

/** The fewest people, nobody aside, whom a combination with coefficients -1, 0, 1 selects: up to four sets, and 3,000 of more. */
function fewestSelected(sets: readonly (readonly number[])[], draw: () => number): number {
  const kinds = kindsOf(sets);
  let fewest = Number.POSITIVE_INFINITY;
  const look = (coefficients: readonly (readonly [set: number, factor: number])[]) => {
    let selected = 0;
    for (const { inSets, rows } of kinds) {
      let weight = 0;
      for (const [set, factor] of coefficients) weight += factor * (inSets[set] as number);
      if (weight !== 0) selected += rows;
    }
    if (selected > 0) fewest = Math.min(fewest, selected);
  };
  const grow = (chosen: readonly (readonly [number, number])[], from: number) => {
    for (let set = from; set < sets.length; set++) {
      // The first factor may be one: the opposite selects the same people.
      for (const factor of chosen.length === 0 ? [1] : [1, -1]) {
        const next = [...chosen, [set, factor] as const];
        look(next);
        if (next.length < (sets.length > 16 ? 3 : 4)) grow(next, set + 1);
      }
    }
  };
  grow([], 0);
  for (let i = 0; i < 3000 && sets.length > 4; i++)
    look(sets.map((_, set) => [set, Math.floor(3 * draw()) - 1] as const));
  return fewest;
}

/** Fewest rows, nobody aside, in a combination of both columns and of missing values. */
function smallestJointCell({ rows, strata, layout }: ReturnType<typeof madeUp>, stratum: number): number {
  const counts = new Map<string, number>();
  for (const [row, own] of strata.entries()) {
    const lacks = rows.payloads.map((values) => Number.isNaN(values[row]));
    if (own !== stratum || (layout.completeCases && lacks.includes(true))) continue;
    const key = `${rows.groups.map((labels) => labels[row])} ${lacks}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.min(...counts.values());
}

const cases = (groupings: fc.Arbitrary<readonly number[]>): fc.Arbitrary<Case> =>
  fc.record({
    groupings,
    payloads: fc.integer({ min: 0, max: 2 }),
    minimum: fc.integer({ min: 3, max: 6 }),
    rows: fc.integer({ min: 20, max: 200 }),
    missing: fc.constantFrom(0, 0.02, 0.15, 0.4),
    missingValues: fc.constantFrom('complete-cases', 'each-column'),
    follows: fc.constantFrom(0, 0.8, 0.97),
    seed: fc.nat(),
  });

/** Plays a case: what is opened in each stratum, and the fewest people that a combination selects. */
function search(one: Case) {
  const made = madeUp(one);
  return [0, 1].map((stratum) => {
    const members = membersOf(made, stratum);
    const sets = openedSets(made.layout, members, stratum);
    const fewest = fewestSelected(sets, seededRandom([one.seed, 1]).unit);
    return { fewest, opened: sets.length, joint: smallestJointCell(made, stratum), minimum: one.minimum };
  });
}

it('tables of which each has the columns of the one before select nobody or at least the minimum', () => {
  const seen = { opened: 0, several: 0 };
  // Everybody, one column, both: in any order, two or all three of them.
  const chains = fc.constantFrom([3, 0], [0, 2], [3, 2], [3, 0, 2], [1, 2], [2, 1, 3], [2, 3]);
  fc.assert(
    fc.property(cases(chains), (one) => {
      for (const { fewest, opened, minimum } of search(one)) {
        expect(fewest).toBeGreaterThanOrEqual(minimum);
        seen.opened += opened > 0 ? 1 : 0;
        seen.several += opened > 3 ? 1 : 0;
      }
    }),
    { numRuns: 200, seed: 20_261_201 },
  );
  expect(seen.opened).toBeGreaterThan(150);
  expect(seen.several).toBeGreaterThan(60);
});

it('any tables do, but where some combination of columns of different tables has fewer people itself, as the owner’s page warns', () => {
  const seen = { small: 0, enough: 0 };
  const any = fc.constantFrom([0, 1], [0, 1, 3], [0, 1, 2], [0, 1, 2, 3]);
  fc.assert(
    fc.property(cases(any), (one) => {
      for (const { fewest, opened, joint, minimum } of search(one)) {
        if (fewest < minimum) {
          expect(joint).toBeLessThan(minimum);
          seen.small += 1;
        } else if (opened > 3) seen.enough += 1;
      }
    }),
    { numRuns: 200, seed: 20_261_202 },
  );
  expect(seen.enough).toBeGreaterThan(60);
  // The search finds what there is to find.
  expect(seen.small).toBeGreaterThan(5);
});
