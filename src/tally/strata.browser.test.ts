/** The researcher's own groups: the plaintext table, and noise for one who lies about who is in which. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeContext } from '../seal/context.ts';
import { type ParameterSet, PLAIN_MODULUS } from '../seal/parameters.ts';
import { randomPermutation } from '../seal/random.ts';
import { hiddenAlike, madeUpAgreement, madeUpRows, madeUpSlots, plaintextTable } from '../testing/made-up-tally.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { type Cheats, TallyParties } from '../testing/tally-parties.ts';
import { resultRows } from './figures.ts';
import { layTally, type TallyLayout } from './layout.ts';
import type { TallyRows } from './statistic-vectors.ts';

let contextOf: (parameters: ParameterSet) => HeContext;
let parties: TallyParties;
beforeAll(async () => {
  contextOf = await testContexts();
  parties = await TallyParties.create(contextOf);
}, 60_000);

type Shape = Parameters<typeof madeUpAgreement>[0];

const perStratum = (strata: readonly number[], count: number) =>
  Array.from({ length: count }, (_, stratum) => strata.filter((other) => other === stratum).length);

function expectExact(shape: Shape, matchedRows: number, draw: (i: number) => number, missing = 0) {
  const agreement = madeUpAgreement(shape);
  const rows = madeUpRows(agreement, shape.dataRows, { missing });
  const matched = Array.from(randomPermutation(shape.dataRows).slice(0, matchedRows));
  const strata = matched.map((_, i) => draw(i));
  const { layout, released, sealed, budgets } = parties.run(agreement, rows, matched, { strata });
  const table = resultRows(agreement, layout, released, perStratum(strata, layout.strata), () => 0.5);
  expect(table).toEqual(hiddenAlike(plaintextTable(agreement, rows, matched, strata), table));
  expect(budgets.gate).toBeGreaterThan(75);
  expect(budgets.release).toBeGreaterThan(60);
  return { layout, sealed };
}

describe('strata times groups give the plaintext table', () => {
  it.each([
    { strata: [2], groups: [], matched: 100 },
    { strata: [2], groups: [8], matched: 400 },
    { strata: [7], groups: [], matched: 300 },
    { strata: [7], groups: [8], matched: 700 },
    { strata: [2, 3], groups: [2, 2], matched: 500 },
  ])('$strata times $groups', ({ strata, groups, matched }) => {
    const count = strata.reduce((a, b) => a * b, 1);
    const shape = { strata, groups, payloads: 1, dataRows: 1500, minimum: 10 };
    const { layout } = expectExact(shape, matched, (i) => Math.floor(count * ((i * 0.618) % 1) ** 1.5), 0.1);
    expect(layout.strata).toBe(count);
  });

  it('more rows than one ciphertext has slots', () => {
    const shape = { strata: [2], groups: [3], payloads: 1, dataRows: 20_000, minimum: 10 };
    const { layout } = expectExact(shape, 300, (i) => i % 2);
    expect(layout.chunks).toBe(2);
  });

  it('one below, at and above the minimum, in every combination of two strata', () => {
    const sizes = [0, 1, 9, 10, 11].flatMap((first) => [0, 1, 9, 10, 11].map((second) => [first, second] as const));
    const shape = { strata: [2], groups: [25], payloads: 0, dataRows: 600, minimum: 10 };
    const agreement = madeUpAgreement(shape);
    const members = sizes.flatMap((of, group) =>
      of.flatMap((size, stratum) => Array.from({ length: size }, () => ({ group, stratum }))),
    );
    const rows: TallyRows = {
      groups: [Uint16Array.from(members, ({ group }) => group)],
      payloads: [],
      ...madeUpSlots(members.length, layTally(agreement).slots),
    };
    const strata = members.map(({ stratum }) => stratum);
    const { layout, released } = parties.run(agreement, rows, [...members.keys()], { strata });
    const counts = [0, 1].flatMap((stratum) => sizes.map((of) => of[stratum] as number));
    expect(released).toEqual(counts.map((count) => (count < 10 ? undefined : count)));
    expect(layout.cells.length).toBe(50);
  });
});

describe('a researcher who lies about their groups gets noise', () => {
  const shape = { strata: [3], groups: [4], payloads: 1, dataRows: 3000, minimum: 10 };
  const agreement = madeUpAgreement(shape);
  const rows = madeUpRows(agreement, 3000, { missing: 0 });
  const matched = Array.from({ length: 600 }, (_, i) => i);
  const strata = matched.map((row) => row % 3);
  let honest: readonly number[] = [];
  beforeAll(() => {
    const { sealed, released } = parties.run(agreement, rows, matched, { strata });
    expect(sealed.includes(true)).toBe(false);
    honest = released as number[];
  }, 60_000);

  const slotOf = (row: number) => rows.slotOf[row] as number;
  const labelOf = (row: number) => rows.slotLabels[slotOf(row)] as number;
  const eachBlock = ({ blocks, slots }: TallyLayout, change: (start: number) => void) => {
    for (let block = 0; block < blocks; block++) change(block * slots);
  };

  it.each<[string, NonNullable<Cheats['bits']>]>([
    [
      'one person in two strata at once',
      (layout, _bits, _labels, all) =>
        eachBlock(layout, (start) => all[1]?.[0]?.fill(1, start + slotOf(0), start + slotOf(0) + 1)),
    ],
    [
      'one person twice, with the label twice over',
      (layout, _bits, [labels], all) =>
        eachBlock(layout, (start) => {
          all[1]?.[0]?.fill(1, start + slotOf(0), start + slotOf(0) + 1);
          labels?.fill((2 * labelOf(0)) % PLAIN_MODULUS, start + slotOf(0), start + slotOf(0) + 1);
        }),
    ],
    [
      'weights in one stratum that cancel in another',
      (layout, _bits, _labels, all) =>
        eachBlock(layout, (start) => {
          all[1]?.[0]?.fill(2, start + slotOf(1), start + slotOf(1) + 1);
          all[2]?.[0]?.fill(PLAIN_MODULUS - 1, start + slotOf(1), start + slotOf(1) + 1);
        }),
    ],
    [
      'a weight in one stratum only',
      (layout, _bits, _labels, all) =>
        eachBlock(layout, (start) => all[2]?.[0]?.fill(5, start + slotOf(2), start + slotOf(2) + 1)),
    ],
    [
      'the same people in all strata',
      (_layout, [first], _labels, all) => {
        all[1]?.[0]?.set(first as Float64Array);
        all[2]?.[0]?.set(first as Float64Array);
      },
    ],
    [
      'somebody the researcher has not seen, in one stratum',
      (layout, _bits, _labels, all) =>
        eachBlock(layout, (start) => all[1]?.[0]?.fill(1, start + slotOf(2500), start + slotOf(2500) + 1)),
    ],
  ])('%s', (_what, bits) => {
    const { unsealed } = parties.run(agreement, rows, matched, { strata, bits });
    expect(unsealed.filter((value, i) => value === honest[i] || value < 3000)).toEqual([]);
  });

  it('a stratum of one stays sealed, and the others do not tell of it', () => {
    const alone = matched.map((row) => (row === 0 ? 0 : 1 + (row % 2)));
    const { layout, sealed } = parties.run(agreement, rows, matched, { strata: alone });
    for (const [i, index] of layout.released.entries()) {
      const { cell } = layout.statistics[index] as TallyLayout['statistics'][number];
      expect(sealed[i]).toBe(layout.cells[cell]?.stratum === 0);
    }
  });

  it('counts of another assignment than the one that was encrypted', () => {
    const { unsealed, layout } = parties.run(agreement, rows, matched, {
      strata,
      counts: (padded, lay) => {
        // The first stratum's counts and checks in place of the second's.
        for (const [i, { kind, cell }] of lay.statistics.entries()) {
          if (lay.cells[cell]?.stratum !== 1 || (kind !== 'count' && kind !== 'check')) continue;
          padded[i] = padded[i - lay.statistics.length / lay.strata] as number;
        }
      },
    });
    for (const [slot, index] of layout.released.entries()) {
      const { cell } = layout.statistics[index] as TallyLayout['statistics'][number];
      if (layout.cells[cell]?.stratum === 1) expect(unsealed[slot]).not.toBe(honest[slot]);
      else expect(unsealed[slot]).toBe(honest[slot]);
    }
  });
});
