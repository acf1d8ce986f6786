import { beforeAll, describe, expect, it } from 'vitest';
import { type Agreement, agreementSchema } from '../agreement/agreement.ts';
import type { HeContext } from '../seal/context.ts';
import { type ParameterSet, PLAIN_MODULUS, TALLY } from '../seal/parameters.ts';
import { PublicSide } from '../seal/public-side.ts';
import { randomPermutation } from '../seal/random.ts';
import { SecretSide } from '../seal/secret-side.ts';
import {
  hiddenAlike,
  madeUpAgreement,
  madeUpRows,
  madeUpSlots,
  plaintextTable,
  plaintextUnits,
} from '../testing/made-up-tally.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { TallyParties } from '../testing/tally-parties.ts';
import { resultRows } from './figures.ts';
import { GateSender } from './gate-sender.ts';
import { layTally } from './layout.ts';
import { drawPads } from './pads.ts';
import { answerGate, readPaddedSums } from './receiver.ts';
import { StatisticVectors, type TallyRows } from './statistic-vectors.ts';
import { SumsSender } from './sums-sender.ts';

let contextOf: (parameters: ParameterSet) => HeContext;
let parties: TallyParties;
beforeAll(async () => {
  contextOf = await testContexts();
  parties = await TallyParties.create(contextOf);
}, 60_000);

const slotsOf = (agreement: Agreement, rows: number) => madeUpSlots(rows, layTally(agreement).slots);

const lot = () => 0.5;

const somePeople = (rows: number, count: number) => Array.from(randomPermutation(rows).slice(0, count));

/** Leaves out matched rows of a label beyond so many, so that its group stays sealed whatever was drawn. */
function withFewOf(label: number, count: number, rows: TallyRows, matched: readonly number[]): number[] {
  let kept = 0;
  return matched.filter((row) => rows.groups[0]?.[row] !== label || kept++ < count);
}

function expectExact(agreement: Agreement, rows: TallyRows, matched: number[]) {
  const { layout, released, budgets, sealed } = parties.run(agreement, rows, matched);
  const table = resultRows(agreement, layout, released, [matched.length], lot);
  expect(table).toEqual(hiddenAlike(plaintextTable(agreement, rows, matched), table));
  return { layout, budgets, sealed };
}

describe('the sealed tally gives the plaintext table', () => {
  it('8 groups, two payloads with missing values, count, mean, sum, sd, minimum 10', () => {
    const agreement = madeUpAgreement({ groups: [8], payloads: 2, dataRows: 2000, minimum: 10 });
    const rows = madeUpRows(agreement, 2000);
    const { layout, budgets, sealed } = expectExact(agreement, rows, withFewOf(7, 5, rows, somePeople(2000, 150)));
    expect(layout.blocks).toBe(8);
    expect(sealed.includes(true) && sealed.includes(false)).toBe(true);
    expect(budgets.gate).toBeGreaterThan(75);
    expect(budgets.release).toBeGreaterThan(60);
  });

  it('a two-way table, complete payloads, a single block', () => {
    const agreement = madeUpAgreement({ groups: [3, 4], payloads: 1, dataRows: 10_000, minimum: 5, complete: true });
    const rows = madeUpRows(agreement, 9_900, { missing: 0 });
    const { layout } = expectExact(agreement, rows, somePeople(9_900, 400));
    expect(layout.blocks).toBe(1);
    expect(layout.cells.length).toBe(12);
  });

  it('more rows than one ciphertext has slots', () => {
    const agreement = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 40_000, minimum: 10 });
    const rows = madeUpRows(agreement, 39_000);
    const { layout } = expectExact(agreement, rows, somePeople(39_000, 600));
    expect(layout.chunks).toBe(3);
  });

  it('no group column, no payload: one count', () => {
    const agreement = madeUpAgreement({ groups: [], payloads: 0, dataRows: 100, minimum: 3 });
    expectExact(agreement, madeUpRows(agreement, 100), somePeople(100, 30));
  });

  it('nobody matched: everything stays sealed', () => {
    const agreement = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 500, minimum: 2 });
    const { sealed } = expectExact(agreement, madeUpRows(agreement, 500), []);
    expect(sealed.every(Boolean)).toBe(true);
  });
});

describe('each column by itself', () => {
  const shape = { groups: [3], dataRows: 900, minimum: 10, missingValues: 'each-column' as const };

  it.each([1, 2, 3])('%i columns with missing values give the plaintext table', (payloads) => {
    const agreement = madeUpAgreement({ ...shape, payloads });
    const rows = madeUpRows(agreement, 900, { missing: 0.3 });
    expectExact(agreement, rows, somePeople(900, 600));
  });

  it('a gap of nobody opens the column, one of one to nine seals it and leaves the group open, one of ten opens it', () => {
    const agreement = madeUpAgreement({ ...shape, groups: [4], payloads: 1 });
    const gaps = [0, 1, 9, 10];
    const group = Uint16Array.from(gaps.flatMap((_, label) => new Array<number>(30).fill(label)));
    const lacking = Float64Array.from(group, (label, row) => (row % 30 < (gaps[label] as number) ? Number.NaN : row));
    const rows: TallyRows = { groups: [group], payloads: [lacking], ...slotsOf(agreement, group.length) };
    const { layout, released } = parties.run(agreement, rows, [...group.keys()]);
    const table = resultRows(agreement, layout, released, [group.length], lot);
    expect(table).toEqual(hiddenAlike(plaintextTable(agreement, rows, [...group.keys()]), table));
    expect(table.map(({ count }) => count)).toEqual([30, 30, 30, 30]);
    expect(table.map(({ payloads: [payload] }) => payload?.count)).toEqual([30, undefined, undefined, 20]);
  });
});

describe('under noise, what is released is the plaintext plus what the owner drew', () => {
  const agreement = madeUpAgreement({
    groups: [12],
    payloads: 2,
    dataRows: 2000,
    minimum: 10,
    perturbation: { kind: 'noise', epsilonThousandths: 1000 },
  });
  const rows = madeUpRows(agreement, 2000);
  const matched = withFewOf(5, 5, rows, somePeople(2000, 150));

  it('statistic by statistic, while the minimum looks at exact counts', () => {
    const { layout, pads, released, sealed } = parties.run(agreement, rows, matched);
    const plain = plaintextUnits(agreement, layout, rows, matched);
    const p = BigInt(PLAIN_MODULUS);
    for (const [slot, index] of layout.released.entries()) {
      const noise = BigInt(pads.noise[index] as number);
      const value = released[slot];
      if (value !== undefined) expect(BigInt(value)).toBe(((plain.get(index) as bigint) + noise) % p);
    }
    const signed = (residue: number) => (residue > PLAIN_MODULUS / 2 ? residue - PLAIN_MODULUS : residue);
    const table = resultRows(agreement, layout, released, [matched.length], lot);
    for (const [group, row] of table.entries()) {
      const cell = layout.cells.findIndex((c) => c.group === group && c.payload === undefined);
      const index = layout.statistics.findIndex((s) => s.cell === cell && s.kind === 'count');
      const exact = Number(plain.get(index));
      expect(row.count).toBe(exact < 10 ? undefined : exact + signed(pads.noise[index] as number));
    }
    expect(sealed.includes(true) && sealed.includes(false)).toBe(true);
  });
});

describe.each([2, 3, 4, 5, 7, 10, 13, 16, 20, 32])('minimum %i', (minimum) => {
  it('groups one below, at and above the minimum are told apart exactly', () => {
    const agreement = madeUpAgreement({ groups: [5], payloads: 0, dataRows: 400, minimum });
    const sizes = [0, 1, minimum - 1, minimum, minimum + 1];
    const group = Uint16Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)));
    const rows: TallyRows = { groups: [group], payloads: [], ...slotsOf(agreement, group.length) };
    const { budgets, sealed } = expectExact(agreement, rows, [...group.keys()]);
    expect(sealed).toEqual([true, true, true, false, false]);
    expect(budgets.gate).toBeGreaterThan(75);
    expect(budgets.release).toBeGreaterThan(60);
  });
});

it('a table whose gate takes more slots than one ciphertext has', () => {
  const agreement = madeUpAgreement({ groups: [8, 8], payloads: 4, dataRows: 3000, minimum: 32 });
  const rows = madeUpRows(agreement, 3000);
  const { layout, sealed } = expectExact(agreement, rows, somePeople(3000, 2000));
  expect(layout.gateChunks).toBeGreaterThan(1);
  expect(sealed.includes(true) && sealed.includes(false)).toBe(true);
});

describe('what the gate shows of a count', () => {
  const agreement = madeUpAgreement({ groups: [2], payloads: 0, dataRows: 400, minimum: 2 });

  it('one zero in a slot by lot where it is below the minimum, whatever it is, and none where it is not', () => {
    const group = new Uint16Array(4).fill(1);
    const rows: TallyRows = { groups: [group], payloads: [], ...slotsOf(agreement, group.length) };
    const seenAt = [0, 1].map((count) =>
      Array.from({ length: 18 }, () => {
        const { gateSeen, layout } = parties.run(agreement, rows, [...group.keys()].slice(0, count));
        const start = layout.released.findIndex((index) => layout.statistics[index]?.cell === 1) * layout.minimum;
        const slots = [...gateSeen.subarray(start, start + layout.minimum)];
        expect(slots.filter((value) => value === 0).length).toBe(1);
        return slots.indexOf(0);
      }),
    );
    // 18 zeros all stand in one of two slots once in 130,000 times.
    for (const slots of seenAt) expect(new Set(slots).size).toBe(2);
    expect(parties.run(agreement, rows, [...group.keys()]).gateSeen.subarray(2, 4)).not.toContain(0);
  }, 240_000);
});

it('the owner refuses another number of ciphertexts', () => {
  const agreement = madeUpAgreement({ groups: [4], payloads: 0, dataRows: 100, minimum: 2 });
  const layout = layTally(agreement);
  const rows = madeUpRows(agreement, 100);
  const secret = new SecretSide(contextOf(TALLY));
  const open = new PublicSide(contextOf(TALLY), secret.createPublicKeys());
  const vectors = new StatisticVectors(agreement, layout, rows);
  expect(() => new SumsSender(open, layout, vectors, drawPads(layout), [], { index: 0, workers: 1 })).toThrow(
    'takes 1 ciphertexts',
  );
  expect(() => readPaddedSums(secret, layout, [])).toThrow('answers, got 0');
  expect(() => new GateSender(open, layout, drawPads(layout), [], [])).toThrow('takes 1 ciphertexts');
  expect(() => answerGate(secret, layout, [])).toThrow('answers, got 0');
  expect(agreementSchema.safeParse(agreement).success).toBe(true);
});
