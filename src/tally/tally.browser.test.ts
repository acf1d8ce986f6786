import { beforeAll, describe, expect, test } from 'vitest';
import { type Agreement, agreementSchema } from '../agreement/agreement.ts';
import type { HeContext } from '../seal/context.ts';
import { loadSeal, type Seal, saveBytes } from '../seal/library.ts';
import { GATE, type ParameterSet, PLAIN_MODULUS, SUMS } from '../seal/parameters.ts';
import { add } from '../seal/plain-field.ts';
import { PublicSide } from '../seal/public-side.ts';
import { randomPermutation } from '../seal/random.ts';
import { withScope } from '../seal/scope.ts';
import { SecretSide } from '../seal/secret-side.ts';
import { testContexts } from '../seal/test-contexts.ts';
import { resultRows } from './figures.ts';
import { GateSender } from './gate-sender.ts';
import { layTally, type TallyLayout } from './layout.ts';
import { drawPads } from './pads.ts';
import { answerGate, encryptCounts, encryptMatched, readPaddedSums, readReleased } from './receiver.ts';
import { StatisticVectors, type TallyRows } from './statistic-vectors.ts';
import { SumsSender } from './sums-sender.ts';
import { madeUpAgreement, madeUpRows, plaintextTable, plaintextUnits } from './test-tally.ts';

let seal: Seal;
let contextOf: (parameters: ParameterSet) => HeContext;
let sumsSecret: SecretSide;
let gateSecret: SecretSide;
let sumsOpen: PublicSide;
let gateOpen: PublicSide;
beforeAll(async () => {
  contextOf = await testContexts();
  seal = await loadSeal();
  sumsSecret = new SecretSide(contextOf(SUMS));
  gateSecret = new SecretSide(contextOf(GATE));
  sumsOpen = new PublicSide(contextOf(SUMS), sumsSecret.createPublicKeys());
  gateOpen = new PublicSide(contextOf(GATE), gateSecret.createPublicKeys());
}, 60_000);

/** Where a cheating researcher departs from the protocol. */
interface Cheats {
  bits?(layout: TallyLayout, bits: Float64Array[]): void;
  counts?(padded: Float64Array, layout: TallyLayout): void;
  inverses?(f: Float64Array): Float64Array;
}

/** Both sides in this thread. `budgets`: before sealing, of the gate and of the release. */
function tally(agreement: Agreement, rows: TallyRows, matched: number[], cheats: Cheats = {}) {
  const layout = layTally(agreement);
  const pads = drawPads(layout);
  return withScope((keep) => {
    let bits = encryptMatched(
      sumsSecret,
      layout,
      matched.map((row) => rows.slotOf[row] as number),
    );
    if (cheats.bits) {
      const plain = plainBits(
        layout,
        matched.map((row) => rows.slotOf[row] as number),
      );
      cheats.bits(layout, plain);
      bits = plain.map((values) => sumsSecret.encrypt(values));
    }
    const sums = keep(new SumsSender(sumsOpen, layout, new StatisticVectors(agreement, layout, rows), pads, bits));
    const answers = Array.from({ length: layout.answers }, (_, i) => sums.answer(i));
    const padded = readPaddedSums(sumsSecret, layout, answers);
    const claimed = padded.slice();
    cheats.counts?.(claimed, layout);
    const { counts, checks } = encryptCounts(gateSecret, layout, claimed);
    const gate = keep(new GateSender(gateOpen, layout, pads, agreement.terms.minimumGroupSize, counts, checks));
    const gateAnswer = gate.gateAnswer();
    let { inverses, sealed } = answerGate(gateSecret, layout, gateAnswer);
    if (cheats.inverses) inverses = gateSecret.encrypt(cheats.inverses(gateSecret.decrypt(gateAnswer)));
    const release = gate.release(inverses);
    const released = readReleased(gateSecret, layout, claimed, sealed, release);
    const unsealed = readReleased(
      gateSecret,
      layout,
      claimed,
      sealed.map(() => false),
      release,
    ) as number[];
    const budgets = {
      gate: gateSecret.budgetOf(saveBytes(seal, gate.gateCipher)),
      release: gateSecret.budgetOf(saveBytes(seal, keep(gate.releaseCipher(inverses)))),
      sealed: [
        ...answers.map((a) => sumsSecret.answerBudget(a)),
        gateSecret.answerBudget(gateAnswer),
        gateSecret.answerBudget(release),
      ],
    };
    return { layout, pads, sealed, released, unsealed, budgets };
  });
}

function plainBits(layout: TallyLayout, slots: number[]): Float64Array[] {
  const out = Array.from({ length: layout.chunks }, () => new Float64Array(16384));
  for (const slot of slots) {
    for (let block = 0; block < layout.blocks; block++) {
      const at = (layout.blocks === 1 ? 0 : block * layout.slots) + slot;
      (out[Math.floor(at / 16384)] as Float64Array)[at % 16384] = 1;
    }
  }
  return out;
}

const somePeople = (rows: number, count: number) => Array.from(randomPermutation(rows).slice(0, count));

function expectExact(agreement: Agreement, rows: TallyRows, matched: number[]) {
  const { layout, released, budgets, sealed } = tally(agreement, rows, matched);
  expect(resultRows(agreement, layout, released, matched.length)).toEqual(plaintextTable(agreement, rows, matched));
  expect(Math.min(...budgets.sealed)).toBeGreaterThanOrEqual(3);
  expect(Math.max(...budgets.sealed)).toBeLessThanOrEqual(5);
  return { layout, budgets, sealed };
}

describe('the sealed tally gives the plaintext table', () => {
  test('8 groups, two payloads with missing values, count, mean, sum, sd, minimum 10', () => {
    const agreement = madeUpAgreement({ groups: [8], payloads: 2, dataRows: 2000, minimum: 10 });
    const rows = madeUpRows(agreement, 2000);
    const { layout, budgets, sealed } = expectExact(agreement, rows, somePeople(2000, 150));
    expect(layout.blocks).toBe(8);
    expect(sealed.includes(true) && sealed.includes(false)).toBe(true);
    expect(budgets.gate).toBeGreaterThan(100);
    expect(budgets.release).toBeGreaterThan(60);
  });

  test('a two-way table, complete payloads, a single block', () => {
    const agreement = madeUpAgreement({ groups: [3, 4], payloads: 1, dataRows: 10_000, minimum: 5, complete: true });
    const rows = madeUpRows(agreement, 9_900, { missing: 0 });
    const { layout } = expectExact(agreement, rows, somePeople(9_900, 400));
    expect(layout.blocks).toBe(1);
    expect(layout.cells.length).toBe(12);
  });

  test('more rows than one ciphertext has slots', () => {
    const agreement = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 40_000, minimum: 10 });
    const rows = madeUpRows(agreement, 39_000);
    const { layout } = expectExact(agreement, rows, somePeople(39_000, 600));
    expect(layout.chunks).toBe(3);
  });

  test('no group column, no payload: one count', () => {
    const agreement = madeUpAgreement({ groups: [], payloads: 0, dataRows: 100, minimum: 3 });
    expectExact(agreement, madeUpRows(agreement, 100), somePeople(100, 30));
  });

  test('nobody matched: everything stays sealed', () => {
    const agreement = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 500, minimum: 2 });
    const { sealed } = expectExact(agreement, madeUpRows(agreement, 500), []);
    expect(sealed.every(Boolean)).toBe(true);
  });
});

describe('under noise, what is released is the plaintext plus what the owner drew', () => {
  const agreement = madeUpAgreement({
    groups: [6],
    payloads: 2,
    dataRows: 2000,
    minimum: 10,
    perturbation: { kind: 'noise', epsilonThousandths: 1000 },
  });
  const rows = madeUpRows(agreement, 2000);
  const matched = somePeople(2000, 150);

  test('statistic by statistic, while the minimum looks at exact counts', () => {
    const { layout, pads, released, sealed } = tally(agreement, rows, matched);
    const plain = plaintextUnits(agreement, layout, rows, matched);
    const p = BigInt(PLAIN_MODULUS);
    for (const [slot, index] of layout.released.entries()) {
      const noise = BigInt(pads.noise[index] as number);
      const value = released[slot];
      if (value !== undefined) expect(BigInt(value)).toBe(((plain.get(index) as bigint) + noise) % p);
    }
    const exact = plaintextTable(agreement, rows, matched);
    const table = resultRows(agreement, layout, released, matched.length);
    expect(table.map((row) => row.count === undefined)).toEqual(exact.map((row) => row.count === undefined));
    expect(table.map((row) => row.payloads.map((figures) => figures.suppressed))).toEqual(
      exact.map((row) => row.payloads.map((figures) => figures.suppressed)),
    );
    expect(sealed.includes(true) && sealed.includes(false)).toBe(true);
    for (const row of table) {
      if (row.count === undefined) continue;
      const group = table.indexOf(row);
      const cell = layout.cells.findIndex((c) => c.group === group && c.payload === undefined);
      const index = layout.statistics.findIndex((s) => s.cell === cell && s.kind === 'count');
      const drawn = pads.noise[index] as number;
      const signed = drawn > PLAIN_MODULUS / 2 ? drawn - PLAIN_MODULUS : drawn;
      expect(row.count).toBe((exact[group]?.count as number) + signed);
    }
  });
});

describe.each([2, 3, 4, 5, 7, 10, 13, 16, 20, 32])('minimum %i', (minimum) => {
  test('groups one below, at and above the minimum are told apart exactly', () => {
    const agreement = madeUpAgreement({ groups: [5], payloads: 0, dataRows: 400, minimum });
    const sizes = [0, 1, minimum - 1, minimum, minimum + 1];
    const group = Uint16Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)));
    const rows: TallyRows = { groups: [group], payloads: [], slotOf: randomPermutation(400).slice(0, group.length) };
    const { budgets, sealed } = expectExact(agreement, rows, [...group.keys()]);
    expect(sealed).toEqual([true, true, true, false, false]);
    expect(budgets.gate).toBeGreaterThan(minimum <= 16 ? 75 : 25);
    expect(budgets.release).toBeGreaterThan(minimum <= 16 ? 70 : 25);
  });
});

describe('a researcher who lies gets noise', () => {
  const agreement = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 3000, minimum: 10 });
  const rows = madeUpRows(agreement, 3000, { missing: 0 });
  const matched = Array.from({ length: 200 }, (_, i) => i);
  const truth = () => {
    const honest = tally(agreement, rows, matched);
    expect(honest.sealed.includes(true)).toBe(false);
    return honest.released as number[];
  };

  test('one slot that is no bit spoils every cell of its block', () => {
    const honest = truth();
    const { unsealed, layout } = tally(agreement, rows, matched, {
      bits: (lay, bits) => {
        for (let block = 0; block < lay.blocks; block++) {
          const values = bits[0] as Float64Array;
          values[block * lay.slots + (rows.slotOf[0] as number)] = 50;
        }
      },
    });
    expect(unsealed.length).toBe(layout.released.length);
    expect(unsealed.filter((value, i) => value === honest[i])).toEqual([]);
    expect(() => resultRows(agreement, layout, unsealed, matched.length)).toThrow('impossible');
  });

  test('a count raised after decryption spoils that cell and only that cell', () => {
    const honest = truth();
    const { unsealed, layout } = tally(agreement, rows, matched, {
      counts: (padded, lay) => {
        const index = lay.statistics.findIndex((s) => s.cell === 0 && s.kind === 'count');
        padded[index] = add(padded[index] as number, 1000);
      },
    });
    for (const [slot, index] of layout.released.entries()) {
      if (layout.statistics[index]?.cell === 0) expect(unsealed[slot]).not.toBe(honest[slot]);
      else expect(unsealed[slot]).toBe(honest[slot]);
    }
  });

  test('a check altered without its key spoils the cell', () => {
    const honest = truth();
    const { unsealed, layout } = tally(agreement, rows, matched, {
      counts: (padded, lay) => {
        const index = lay.statistics.findIndex((s) => s.cell === 1 && s.kind === 'check');
        padded[index] = add(padded[index] as number, 1);
      },
    });
    const changed = layout.released.flatMap((index, slot) =>
      unsealed[slot] === honest[slot] ? [] : [layout.statistics[index]?.cell],
    );
    expect(new Set(changed)).toEqual(new Set([1]));
  });

  test('wrong inverses spoil every cell', () => {
    const honest = truth();
    const { unsealed } = tally(agreement, rows, matched, { inverses: (f) => f.map((value) => add(value, 1)) });
    expect(unsealed.filter((value, i) => value === honest[i])).toEqual([]);
  });

  test('below the minimum, the release is noise whatever she claims', () => {
    const few = matched.slice(0, 12);
    const layout = layTally(agreement);
    const counts = plaintextTable(agreement, rows, few);
    expect(counts.some((row) => row.count === undefined)).toBe(true);
    const { unsealed, sealed } = tally(agreement, rows, few, { inverses: (f) => f.map(() => 1) });
    for (const [slot, index] of layout.released.entries()) {
      if (!sealed[slot]) continue;
      const statistic = layout.statistics[index];
      if (statistic?.kind === 'count') expect(unsealed[slot]).toBeGreaterThan(few.length);
    }
  });
});

test('the owner refuses another number of ciphertexts', () => {
  const agreement = madeUpAgreement({ groups: [4], payloads: 0, dataRows: 100, minimum: 2 });
  const layout = layTally(agreement);
  const rows = madeUpRows(agreement, 100);
  const vectors = new StatisticVectors(agreement, layout, rows);
  expect(() => new SumsSender(sumsOpen, layout, vectors, drawPads(layout), [])).toThrow('takes 1 ciphertexts');
  expect(() => readPaddedSums(sumsSecret, layout, [])).toThrow('answers, got 0');
  expect(agreementSchema.safeParse(agreement).success).toBe(true);
});
