import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../agreement/agreement.ts';
import { askedFor } from '../agreement/statistics.ts';
import { seededRandom } from '../keys/random.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { madeUpAgreement, madeUpRows, plaintextUnits } from '../testing/made-up-tally.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import { resultRows } from './figures.ts';
import { blockStart, layTally, type TallyLayout } from './layout.ts';
import { type NoisyFigure, noiseMargin, planNoise, roundToStep, signedSum } from './noise-plan.ts';
import { drawPads, releasedPad } from './pads.ts';
import { StatisticVectors, type TallyRows } from './statistic-vectors.ts';

const shapes = fc.record({
  groups: fc.oneof(fc.constant([]), fc.tuple(fc.integer({ min: 1, max: 8 }))),
  payloads: fc.integer({ min: 0, max: 3 }),
  dataRows: fc.integer({ min: 100, max: 3000 }),
  minimum: fc.constant(5),
  complete: fc.boolean(),
  missingValues: fc.constantFrom('complete-cases' as const, 'each-column' as const),
  perturbation: fc.record({
    kind: fc.constant('noise' as const),
    epsilonThousandths: fc.integer({ min: 10, max: 20_000 }),
  }),
});

function noisy(agreement: Agreement): { layout: TallyLayout; figureOf(index: number): NoisyFigure } {
  const layout = layTally(agreement);
  const { noise } = layout;
  if (!noise) throw new Error('this agreement should have noise');
  return {
    layout,
    figureOf: (index) => {
      const { kind, payload } = layout.statistics[index] as TallyLayout['statistics'][number];
      if (kind === 'count') return noise.count;
      return (kind === 'sum' ? noise.sums : noise.squares)[payload] as NoisyFigure;
    },
  };
}

/** What one row adds to each released statistic when it is matched, from the vectors that the owner multiplies with. */
function contributions(agreement: Agreement, layout: TallyLayout, rows: TallyRows, row: number): Map<number, bigint> {
  const vectors = new StatisticVectors(agreement, layout, rows);
  const pads = drawPads(layout);
  const answers = Array.from({ length: layout.answers }, (_, answer) => vectors.answerVectors(answer, pads));
  return new Map(
    layout.released.map((index) => {
      const { answer, block } = layout.statistics[index] as TallyLayout['statistics'][number];
      const slot = blockStart(layout, block) + (rows.slotOf[row] as number);
      return [index, BigInt(answers[answer]?.[Math.floor(slot / 16_384)]?.[slot % 16_384] as number)];
    }),
  );
}

describe('the split of epsilon', () => {
  it('no matched row costs more than epsilon, all its figures together, and the dearest costs nearly all', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const agreement = madeUpAgreement(shape);
        const { layout, figureOf } = noisy(agreement);
        const rows = madeUpRows(agreement, shape.dataRows, { missing: shape.complete ? 0 : 0.2 });
        for (const row of [0, 1, 2]) {
          let loss = 0;
          for (const [index, units] of contributions(agreement, layout, rows, row)) {
            const { largest, scale } = figureOf(index);
            expect(units <= largest).toBe(true);
            loss += (Number(units) * Number(scale.denominator)) / Number(scale.numerator);
          }
          expect(loss).toBeLessThanOrEqual((shape.perturbation.epsilonThousandths / 1000) * (1 + 1e-9));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('a count, two payload counts, two sums and two sums of squares each get a seventh', () => {
    const agreement = madeUpAgreement({
      groups: [4],
      payloads: 2,
      dataRows: 5000,
      minimum: 10,
      missingValues: 'each-column',
      perturbation: { kind: 'noise', epsilonThousandths: 700 },
    });
    const plan = planNoise(agreement);
    expect(plan?.count).toEqual({
      step: 1n,
      largest: 1n,
      scale: { numerator: 7000n, denominator: 700n },
      tail: 400n,
    });
    const counts = { ...agreement.terms, statistics: askedFor('count') };
    expect(planNoise({ ...agreement, terms: counts })?.count.scale).toEqual({ numerator: 3000n, denominator: 700n });
    expect(planNoise(madeUpAgreement({ groups: [4], payloads: 2, dataRows: 500, minimum: 10 }))).toBeUndefined();
  });

  it('every sum with noise of either sign is told from every other below p, and steps are far below the noise', () => {
    const ranges = fc.record({
      maximum: fc.integer({ min: 1, max: 10 ** 7 }),
      decimals: fc.integer({ min: 0, max: 6 }),
    });
    const rows = fc.integer({ min: 100, max: 1_000_000 });
    fc.assert(
      fc.property(shapes, ranges, rows, (shape, range, dataRows) => {
        const base = madeUpAgreement({ ...shape, payloads: 1, dataRows });
        const payloads = base.terms.payloads.map((payload) => ({ ...payload, minimum: 0, ...range }));
        const plan = planNoise({ ...base, terms: { ...base.terms, payloads } });
        for (const figure of [plan?.count, plan?.sums[0], plan?.squares[0]] as NoisyFigure[]) {
          const highest = BigInt(dataRows) * figure.largest + figure.tail;
          expect(highest + figure.tail < BigInt(PLAIN_MODULUS)).toBe(true);
          for (const value of [-figure.tail, -1n, 0n, highest]) {
            const residue = Number((value + BigInt(PLAIN_MODULUS)) % BigInt(PLAIN_MODULUS));
            expect(signedSum(residue, figure, dataRows)).toBe(value);
          }
          // A million rows and an epsilon of 0.01 leave 8,323 units a row; with a step of two no fewer than half of them.
          if (figure.step > 1n) expect(figure.largest).toBeGreaterThan(4000n);
        }
      }),
    );
  });

  it('95 of 100 draws stay within the margin that people are told', () => {
    const agreement = madeUpAgreement({
      groups: [],
      payloads: 1,
      dataRows: 500,
      minimum: 10,
      perturbation: { kind: 'noise', epsilonThousandths: 500 },
    });
    const sum = planNoise(agreement)?.sums[0] as NoisyFigure;
    const { word } = seededRandom([5]);
    const margin = noiseMargin(sum, 1);
    let within = 0;
    for (let i = 0; i < 4000; i++) {
      if (Math.abs(Number(discreteLaplace(sum.scale, word) * sum.step)) / 10 <= margin) within++;
    }
    expect(within / 4000).toBeGreaterThan(0.94);
    expect(within / 4000).toBeLessThan(0.96);
  });
});

describe('figures from noisy sums', () => {
  const agreement = madeUpAgreement({
    groups: [],
    payloads: 1,
    dataRows: 100,
    minimum: 2,
    complete: true,
    perturbation: { kind: 'noise', epsilonThousandths: 1000 },
  });
  const { layout } = noisy(agreement);
  const p = PLAIN_MODULUS;
  /** One payload from -5 to 120 with one decimal: 1250 steps. */
  const table = (count: number, sum: number, square: number, matches = 50) => {
    const values = { count, sum, square, check: 0, equality: 0 };
    const released = layout.released.map((i) => {
      const value = values[(layout.statistics[i] as TallyLayout['statistics'][number]).kind];
      return value < 0 ? value + p : value;
    });
    return resultRows(agreement, layout, released, [matches], () => 0.5)[0];
  };

  it('residues above the range are negative numbers', () => {
    expect(layout.noise?.sums[0]?.step).toBe(1n);
    expect(table(-3, -200, 10)).toMatchObject({ count: -3, payloads: [{ count: -3, sum: -5 * -3 - 20 }] });
    expect(table(-3, -200, 10)?.payloads[0]).not.toHaveProperty('mean');
  });

  it('means and deviations come from the noisy figures, and a negative variance gives none', () => {
    const step = Number(layout.noise?.squares[0]?.step);
    const figures = table(4, 1000, Math.round(300_000 / step))?.payloads[0];
    expect(figures?.mean).toBe(-5 + 1000 / 10 / 4);
    expect(figures?.sd).toBeCloseTo(Math.sqrt((4 * Math.round(300_000 / step) * step - 1000 ** 2) / 12) / 10, 9);
    expect(table(4, 1000, 1)?.payloads[0]).not.toHaveProperty('sd');
  });

  it('beyond what noise explains, a figure is refused', () => {
    const tail = Number(layout.noise?.count.tail);
    expect(table(50 + tail, 0, 0)?.count).toBe(50 + tail);
    expect(() => table(51 + tail, 0, 0)).toThrow('count is impossible');
    expect(() => table(1 - tail, 0, 0)).toThrow('count is impossible');
    expect(() => table(10, -Number(layout.noise?.sums[0]?.tail) - 1, 0)).toThrow('sum of payload 1 is impossible');
  });
});

it('counts, sums and sums of squares each get noise of their own size', () => {
  const perturbation = { kind: 'noise', epsilonThousandths: 100 } as const;
  const shape = { groups: [64], payloads: 2, dataRows: 300, minimum: 2, strata: [4], complete: true, perturbation };
  const { layout, figureOf } = noisy(madeUpAgreement(shape));
  const { noise } = drawPads(layout);
  for (const kind of ['count', 'sum', 'square'] as const) {
    for (const payload of kind === 'count' ? [-1] : [0, 1]) {
      const drawn = layout.released.filter((index) => {
        const statistic = layout.statistics[index];
        return statistic?.kind === kind && statistic.payload === payload;
      });
      const size = drawn.reduce((sum, index) => {
        const { numerator, denominator } = figureOf(index).scale;
        const value = noise[index] as number;
        const magnitude = value > PLAIN_MODULUS / 2 ? PLAIN_MODULUS - value : value;
        return sum + (magnitude * Number(denominator)) / Number(numerator) / drawn.length;
      }, 0);
      // The mean of 256 exponential variables of mean 1 is beyond once in 10^21.
      expect(drawn).toHaveLength(256);
      expect(size, `${kind} of payload ${payload}`).toBeGreaterThan(0.5);
      expect(size, `${kind} of payload ${payload}`).toBeLessThan(1.8);
    }
  }
});

it('a row adds no more to a figure than its noise was made for, where ranges are no whole number of steps', () => {
  let uneven = 0;
  for (let maximum = 100; maximum < 140; maximum++) {
    const perturbation = { kind: 'noise', epsilonThousandths: 10 } as const;
    const agreement = madeUpAgreement({
      groups: [],
      payloads: 1,
      dataRows: 3000,
      minimum: 5,
      complete: true,
      perturbation,
    });
    const payloads = [{ name: 'x', minimum: 0, maximum, decimals: 4, complete: true }];
    const plan = planNoise({ ...agreement, terms: { ...agreement.terms, payloads } });
    for (const [figure, power] of [
      [plan?.sums[0], 1n],
      [plan?.squares[0], 2n],
    ] as const) {
      if (!figure) throw new Error('this agreement should have noise');
      const largest = BigInt(maximum * 10_000) ** power;
      if (largest % figure.step !== 0n) uneven++;
      expect(figure.largest).toBe(roundToStep(largest, figure.step));
    }
  }
  expect(uneven).toBeGreaterThan(20);
});

it('the pad that is released leaves the noise that was drawn, and nothing on a check', () => {
  const perturbation = { kind: 'noise', epsilonThousandths: 100 } as const;
  const agreement = madeUpAgreement({ groups: [3], payloads: 1, dataRows: 300, minimum: 2, perturbation });
  const layout = layTally(agreement);
  const pads = drawPads(layout);
  const rows = madeUpRows(agreement, 300);
  const plain = plaintextUnits(agreement, layout, rows, [0, 1, 2, 3]);
  for (const [index, units] of plain) {
    const padded = (Number(units) + (pads.pads[index] as number)) % PLAIN_MODULUS;
    const left = (padded - releasedPad(pads, index) + PLAIN_MODULUS) % PLAIN_MODULUS;
    expect(left).toBe((Number(units) + (pads.noise[index] as number)) % PLAIN_MODULUS);
  }
  expect(drawPads(layout).noise).not.toEqual(pads.noise);
  const ofChecks = layout.statistics.flatMap(({ kind }, i) => (kind === 'check' ? [pads.noise[i]] : []));
  expect(new Set(ofChecks)).toEqual(new Set([0]));
  const exact = layTally(madeUpAgreement({ groups: [3], payloads: 1, dataRows: 300, minimum: 2 }));
  expect(new Set(drawPads(exact).noise)).toEqual(new Set([0]));
});
