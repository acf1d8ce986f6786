import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import type { Cell } from './cells.ts';
import { blockLength, blockStart, gateConditions, gateLength, layTally, stratumOfAnswer } from './layout.ts';
import { joinLimbs, planLimbs, squareLimb, valueLimb } from './limbs.ts';
import { StatisticVectors } from './statistic-vectors.ts';

const shapes = fc.record({
  strata: fc.oneof(fc.constant([1]), fc.tuple(fc.integer({ min: 1, max: 4 })), fc.constant([2, 2])),
  groups: fc.oneof(
    fc.constant([]),
    fc.tuple(fc.integer({ min: 1, max: 64 })),
    fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })),
  ),
  payloads: fc.integer({ min: 0, max: 3 }),
  dataRows: fc.integer({ min: 100, max: 60_000 }),
  // With more the largest of these shapes need too much of the gate.
  minimum: fc.integer({ min: 3, max: 20 }),
  complete: fc.boolean(),
  missingValues: fc.constantFrom('complete-cases' as const, 'each-column' as const),
});

describe('the layout of the tally', () => {
  it('a group lives in one block with all its cells, and no answer carries two statistics of a block', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const layout = layTally(madeUpAgreement(shape));
        const blockOfGroup = new Map<number, number>();
        const strata = (shape.strata as readonly number[]).reduce((a, b) => a * b, 1);
        expect(layout.strata).toBe(strata);
        const places = new Set<string>();
        for (const { cell, block, answer } of layout.statistics) {
          const { group, stratum } = layout.cells[cell] as Cell;
          expect(stratumOfAnswer(layout, answer)).toBe(stratum);
          expect(blockOfGroup.get(group) ?? block).toBe(block);
          blockOfGroup.set(group, block);
          expect(block).toBeLessThan(layout.blocks);
          expect(answer).toBeLessThan(layout.answers);
          places.add(`${block}/${answer}`);
        }
        expect(places.size).toBe(layout.statistics.length);
      }),
      { numRuns: 30 },
    );
  });

  it('blocks hold every row and do not overlap', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const layout = layTally(madeUpAgreement(shape));
        expect(layout.slots).toBeGreaterThanOrEqual(shape.dataRows);
        expect(blockStart(layout, layout.blocks - 1) + blockLength(layout)).toBeLessThanOrEqual(16_384);
        expect(layout.chunks === 1 || layout.blocks === 1).toBe(true);
        for (let block = 1; block < layout.blocks; block++) {
          expect(blockStart(layout, block)).toBe(blockStart(layout, block - 1) + blockLength(layout));
        }
      }),
    );
  });

  it('every cell has one count and one check, and all but checks and gaps is released', () => {
    const shape = { groups: [5], payloads: 2, dataRows: 5000, minimum: 10, missingValues: 'each-column' as const };
    const layout = layTally(madeUpAgreement(shape));
    for (const cell of layout.cells.keys()) {
      const kinds = layout.statistics.filter((s) => s.cell === cell).map((s) => s.kind);
      expect(kinds.filter((kind) => kind === 'count')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'check')).toHaveLength(1);
    }
    const gaps = layout.cells.filter(({ gap }) => gap).length;
    expect(gaps).toBe(5 * 4);
    expect(layout.released).toHaveLength(layout.statistics.length - layout.cells.length - gaps);
  });

  it('a figure is compared with every number below the minimum, nobody among them in its own cell', () => {
    const gate = (shape: Parameters<typeof madeUpAgreement>[0]) => {
      const layout = layTally(madeUpAgreement(shape));
      const compared = new Map<number, string[]>();
      let next = 0;
      for (const { released, cell, from, slot } of gateConditions(layout)) {
        expect(slot).toBe(next);
        next = slot + layout.minimum - from;
        expect(next).toBeLessThanOrEqual(layout.gateStarts[released + 1] as number);
        compared.set(released, [...(compared.get(released) ?? []), `${cell} from ${from}`]);
      }
      expect(next).toBe(gateLength(layout));
      return layout.released.map((index, released) => ({
        own: `${layout.statistics[index]?.cell} from 0`,
        compared: compared.get(released),
      }));
    };
    const shape = { groups: [4], payloads: 2, dataRows: 500, minimum: 10, strata: [2] };
    for (const { own, compared } of gate(shape)) expect(compared).toEqual([own]);
    for (const { own, compared } of gate({ ...shape, missingValues: 'each-column' })) {
      expect(compared?.[0]).toBe(own);
      expect([1, 5]).toContain(compared?.length);
      expect(compared?.slice(1).every((other) => other.endsWith('from 1'))).toBe(true);
    }
  });

  it('a row with a label that is not agreed is refused', () => {
    const agreement = madeUpAgreement({ groups: [3], payloads: 0, dataRows: 100, minimum: 2 });
    const layout = layTally(agreement);
    const rows = { payloads: [], slotOf: Uint32Array.of(0, 1), slotLabels: new Float64Array(layout.slots) };
    const withCodes = (...codes: number[]) =>
      new StatisticVectors(agreement, layout, { ...rows, groups: [Uint16Array.from(codes)] });
    expect(() => withCodes(0, 2)).not.toThrow();
    expect(() => withCodes(0, 3)).toThrow('row 2 has a label');
    expect(() => withCodes(0)).toThrow('another number of rows');
  });

  it('more than 64 combinations are refused', () => {
    const agreement = madeUpAgreement({ groups: [10, 7], payloads: 0, dataRows: 500, minimum: 2 });
    expect(() => layTally(agreement)).toThrow('70 groups; at most 64');
  });

  it('the largest of these shapes has room in the gate, and a larger one is refused with what to do', () => {
    const largest = { strata: [4], groups: [64], payloads: 3, dataRows: 60_000, missingValues: 'each-column' as const };
    expect(layTally(madeUpAgreement({ ...largest, minimum: 20 })).gateChunks).toBeLessThanOrEqual(64);
    expect(() => layTally(madeUpAgreement({ ...largest, minimum: 32 }))).toThrow(
      /takes \d+ ciphertexts of the gate, at most 64 are possible: choose columns with fewer groups/,
    );
  });

  it('more figures than one ciphertext has slots are refused', () => {
    const shape = { groups: [64], strata: [4], dataRows: 5000, minimum: 2 };
    expect(() => layTally(madeUpAgreement({ ...shape, payloads: 16 }))).toThrow(
      /needs? \d+ figures; at most 16384 are possible: choose fewer columns/,
    );
    expect(() => layTally(madeUpAgreement({ ...shape, payloads: 8 }))).not.toThrow();
  });

  it('more than 256 cells are refused, and more of the researcher’s groups than the owner’s workers can hold', () => {
    const shape = { groups: [8], payloads: 0, dataRows: 500, minimum: 2 };
    expect(layTally(madeUpAgreement({ ...shape, strata: [4, 8] })).cells.length).toBe(256);
    expect(() => layTally(madeUpAgreement({ ...shape, strata: [33] }))).toThrow('make 264 cells; at most 256');
    const long = { ...shape, groups: [], dataRows: 1_000_000 };
    expect(() => layTally(madeUpAgreement({ ...long, strata: [5] }))).toThrow('at most 4 groups, not 5');
  });
});

describe('limbs', () => {
  it('limbs of a value and of its square join to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 10, max: 30 }), (value, width) => {
        const limbs = (limb: typeof valueLimb) => Array.from({ length: 10 }, (_, i) => limb(value, i, width));
        expect(joinLimbs(limbs(valueLimb), width)).toBe(BigInt(value));
        expect(joinLimbs(limbs(squareLimb), width)).toBe(BigInt(value) ** 2n);
      }),
    );
  });

  it('sums over all rows stay below p, and a range too fine is refused by name', () => {
    const payload = { name: 'income', minimum: 0, maximum: 200_000, decimals: 2, complete: true };
    const { width, valueLimbs, squareLimbs } = planLimbs(payload, 5000);
    expect(5000 * 2 ** width).toBeLessThan(8589475841);
    expect([width, valueLimbs, squareLimbs]).toEqual([20, 2, 3]);
    expect(() => planLimbs({ ...payload, maximum: 1e12, decimals: 6 }, 5000)).toThrow('income');
  });
});
